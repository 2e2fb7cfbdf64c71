"""The two-layer linear network of any width, `f(x) = a^T W x`: loss, gradient, tangent kernel, conserved matrix.

At width 1 it is the minimalist model: `W` is `u^T` and `a` is `v`. The functions use only `+ - * /`, `@` and sums, so
they run on float64 and exact arrays, and build the general expression on `IndexedArray`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from theory.errors import ParameterError, ShapeError
from theory.formulas.layered_model import layered_kernel, layered_loss, layered_residual
from theory.language.arrays import Array, row_count
from theory.language.numbers import Number, is_indexed, square, total
from theory.spectrum import Spectrum


def wide_residual(X: Array, y: Array, first_layer: Array, second_layer: Array) -> Any:
    """`z = X W^T a - y`, shape `(N,)`."""
    return layered_residual(X, y, first_layer, second_layer)


def wide_loss(X: Array, y: Array, first_layer: Array, second_layer: Array) -> Number:
    """`L = ||X W^T a - y||^2 / (2N)`: the normalisation is 1/(2N).

    Args:
        X: data, shape `(N, d)`.
        y: labels, shape `(N,)`.
        first_layer: `W`, shape `(H, d)`.
        second_layer: `a`, shape `(H,)`.

    Examples:
        >>> float(wide_loss(np.array([[2.0]]), np.array([1.0]), np.array([[3.0], [1.0]]), np.array([0.5, -1.0])))
        0.0
    """
    return layered_loss(X, y, first_layer, second_layer)


def wide_gradient(X: Array, y: Array, first_layer: Array, second_layer: Array) -> tuple[Any, Any]:
    """Gradient of the loss: `a g^T` in `W`, shape `(H, d)`, and `W g` in `a`, shape `(H,)`, with `g = X^T z / N`.

    Examples:
        >>> first, second = wide_gradient(np.array([[2.0]]), np.array([1.0]), np.array([[3.0]]), np.array([0.5]))
        >>> first.tolist(), second.tolist()
        ([[2.0]], [12.0])
    """
    slope = X.T @ wide_residual(X, y, first_layer, second_layer) / row_count(X)
    return _outer(second_layer, slope), first_layer @ slope


def wide_batch_gradient(
    X: Array, y: Array, first_layer: Array, second_layer: Array, mask: Array, batch_size: Number
) -> tuple[Any, Any]:
    """Gradient of the mini-batch loss: `a g^T` and `W g` with `g = X^T P_t z / B`.

    Args:
        X: data, shape `(N, d)`.
        y: labels, shape `(N,)`.
        first_layer: `W`, shape `(H, d)`.
        second_layer: `a`, shape `(H,)`.
        mask: diagonal of `P_t`, shape `(N,)`: 1 for a sample of the batch, else 0.
        batch_size: `B`, the number of ones.

    Examples:
        >>> X, y, mask = np.array([[2.0], [7.0]]), np.array([1.0, 0.0]), np.array([1.0, 0.0])
        >>> wide_batch_gradient(X, y, np.array([[3.0]]), np.array([0.5]), mask, 1)[1].tolist()
        [12.0]
    """
    slope = X.T @ (wide_residual(X, y, first_layer, second_layer) * mask) / batch_size
    return _outer(second_layer, slope), first_layer @ slope


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
    return projected @ projected.T - _outer(second_layer, second_layer)


def wide_kernel(X: Array, first_layer: Array, second_layer: Array) -> Any:
    """Neural tangent kernel `||a||^2 X X^T + X W^T W X^T`, shape `(N, N)`, no factor 1/N.

    At zero residual its top eigenvalue is `N` times the sharpness.

    Examples:
        >>> wide_kernel(np.array([[2.0]]), np.array([[1.0], [1.0]]), np.array([3.0, 0.0])).tolist()
        [[44.0]]
    """
    return layered_kernel(X, first_layer, second_layer)


def wide_imbalance_increment(slope: Array, first_layer: Array, second_layer: Array, step_size: Number) -> Any:
    """What one step adds to `M`: `eta^2 (||g||^2 a a^T - (W g)(W g)^T)`, shape `(H, H)`.

    The terms of order one cancel, so no step's first order moves it; at width 1 it is Theorem 5.9's increment.

    Args:
        slope: `g = X^T z / N` of gradient descent, or `X^T P_t z / B` of a mini-batch, shape `(d,)`.
        first_layer: `W`, shape `(H, d)`.
        second_layer: `a`, shape `(H,)`.
        step_size: `eta`.

    Examples:
        >>> wide_imbalance_increment(np.array([2.0]), np.array([[1.0], [0.0]]), np.array([0.0, 1.0]), 0.5).tolist()
        [[-1.0, 0.0], [0.0, 1.0]]
    """
    moved = first_layer @ slope
    grown = _outer(second_layer, second_layer) * total(square(slope))
    return (grown - _outer(moved, moved)) * step_size**2


def _outer(first: Any, second: Any) -> Any:
    return first.outer(second) if is_indexed(first) else np.outer(first, second)
