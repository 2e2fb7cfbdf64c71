"""The two-layer linear network of any width, `f(x) = a^T W x`: gradient and conserved matrix.

Its loss and its tangent kernel are those of `theory.formulas.layered_model`. At width 1 it is the minimalist model: `W`
is `u^T` and `a` is `v`. The functions use only `+ - * /`, `@` and sums, so they run on float64 and exact arrays, and
build the general expression on `IndexedArray`.
"""

from __future__ import annotations

from typing import Any

from theory.errors import ParameterError, ShapeError
from theory.language.arrays import Array, outer
from theory.language.numbers import Number, is_indexed, square, total
from theory.spectrum import Spectrum


def wide_gradient(slope: Array, first_layer: Array, second_layer: Array) -> tuple[Any, Any]:
    """Gradient of the loss: `a g^T` in `W`, shape `(H, d)`, and `W g` in `a`, shape `(H,)`.

    Args:
        slope: `g = X^T z / N` of the whole loss, or `X^T P_t z / B` of a mini-batch's, shape `(d,)`.
        first_layer: `W`, shape `(H, d)`.
        second_layer: `a`, shape `(H,)`.

    Examples:
        >>> import numpy as np
        >>> first, second = wide_gradient(np.array([4.0]), np.array([[3.0]]), np.array([0.5]))
        >>> first.tolist(), second.tolist()
        ([[2.0]], [12.0])
    """
    return outer(second_layer, slope), first_layer @ slope


def wide_imbalance(spectrum: Spectrum, first_layer: Array, second_layer: Array) -> Any:
    """The matrix `M = W Pi W^T - a a^T` that gradient flow conserves, shape `(H, H)`; at width 1 it is `C`.

    Args:
        spectrum: made by `Spectrum.from_data`, since the projection `Pi` needs its right singular basis.
        first_layer: `W`, shape `(H, d)`.
        second_layer: `a`, shape `(H,)`.

    Raises:
        ParameterError: the spectrum has no right singular basis.
        ShapeError: the rows of `W` do not have one entry for each feature.

    Examples:
        >>> import numpy as np
        >>> from theory import Spectrum
        >>> data = Spectrum.from_data([[2.0, 0.0]], [1.0])
        >>> wide_imbalance(data, np.array([[3.0, 5.0], [1.0, 7.0]]), np.array([1.0, 2.0])).tolist()
        [[8.0, 1.0], [1.0, -3.0]]
    """
    basis: Any = spectrum.right_singular_vectors
    if basis is None:
        raise ParameterError("this spectrum has no right singular basis: make it with Spectrum.from_data")
    if not is_indexed(basis) and first_layer.T.shape[:1] != basis.shape[1:]:
        raise ShapeError(f"W has {first_layer.T.shape[0]} columns, but the data have {basis.shape[1]} features")
    projected = first_layer @ basis.T
    return projected @ projected.T - outer(second_layer, second_layer)


def wide_imbalance_increment(slope: Array, first_layer: Array, second_layer: Array, step_size: Number) -> Any:
    """What one step adds to `M`: `eta^2 (||g||^2 a a^T - (W g)(W g)^T)`, shape `(H, H)`.

    The terms of order one cancel, so no step's first order moves it; at width 1 it is Theorem 5.9's increment.

    Args:
        slope: `g = X^T z / N` of gradient descent, or `X^T P_t z / B` of a mini-batch, shape `(d,)`.
        first_layer: `W`, shape `(H, d)`.
        second_layer: `a`, shape `(H,)`.
        step_size: `eta`.

    Examples:
        >>> import numpy as np
        >>> wide_imbalance_increment(np.array([2.0]), np.array([[1.0], [0.0]]), np.array([0.0, 1.0]), 0.5).tolist()
        [[-1.0, 0.0], [0.0, 1.0]]
    """
    moved = first_layer @ slope
    grown = outer(second_layer, second_layer) * total(square(slope))
    return (grown - outer(moved, moved)) * step_size**2
