"""A linear network of any depth and widths, `f(x) = a^T W_{D-1} ... W_1 x`: loss and tangent kernel.

What two layers conserve is in `theory.formulas.wide_model`, and one neuron in each layer is the minimalist model. The
functions use only `+ - * /`, `@` and sums, so they run on float64 and exact arrays, and build the general expression
on `IndexedArray`.
"""

from __future__ import annotations

from typing import Any

from theory.language.arrays import Array, row_count
from theory.language.numbers import Number, square, total


def layered_residual(X: Array, y: Array, *layers: Array) -> Any:
    """`z = X W_1^T ... W_{D-1}^T a - y`, shape `(N,)`."""
    hidden: Any = X
    for layer in layers[:-1]:
        hidden = hidden @ layer.T
    return hidden @ layers[-1] - y


def layered_loss(X: Array, y: Array, *layers: Array) -> Number:
    """`L = ||X W_1^T ... W_{D-1}^T a - y||^2 / (2N)`: the normalisation is 1/(2N).

    Args:
        X: data, shape `(N, d)`.
        y: labels, shape `(N,)`.
        layers: `W_1`, shape `(H_1, d)`, `W_2`, shape `(H_2, H_1)`, and so on; the last is `a`, shape `(H_{D-1},)`.

    Examples:
        >>> import numpy as np
        >>> identity = np.array([[1.0, 0.0], [0.0, 1.0]])
        >>> float(layered_loss(np.array([[2.0, 1.0]]), np.array([1.0]), identity, identity, np.array([1.0, 1.0])))
        2.0
    """
    return total(square(layered_residual(X, y, *layers))) / (2 * row_count(X))


def layered_kernel(X: Array, *layers: Array) -> Any:
    """Neural tangent kernel `sum_j ||W_{j+1}^T ... W_{D-1}^T a||^2 X_j X_j^T`, shape `(N, N)`, no factor 1/N.

    `X_j = X W_1^T ... W_{j-1}^T` is what layer `j` is given, and the last layer's squared norm is 1. At zero residual
    the top eigenvalue is `N` times the sharpness.

    Examples:
        >>> import numpy as np
        >>> layered_kernel(np.array([[2.0]]), np.array([[1.0], [1.0]]), np.array([3.0, 0.0])).tolist()
        [[44.0]]
    """
    given: list[Any] = [X]
    for layer in layers[:-1]:
        given.append(given[-1] @ layer.T)
    kernel: Any = given[-1] @ given[-1].T
    later: Any = layers[-1]
    for place in range(len(layers) - 2, -1, -1):
        kernel = kernel + (given[place] @ given[place].T) * total(square(later))
        later = later @ layers[place]
    return kernel
