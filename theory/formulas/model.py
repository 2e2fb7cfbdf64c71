"""The minimalist model: a linear network with one neuron a layer (equation (1)), its loss and its residual.

The functions use only `+ - * /`, `@` and sums, so they run on float64 and exact arrays, and build the general
expression on `IndexedArray`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from theory.language.arrays import Array, outer, row_count
from theory.language.numbers import Number, square, total


def residual(X: Array, y: Array, first_layer: Array, product: Number) -> Any:
    """`z = (X u) P - y`, shape `(N,)`, with `P` the product of the later layers."""
    return (X @ first_layer) * product - y


def loss(X: Array, y: Array, first_layer: Array, product: Number) -> Number:
    """`L = ||(X u) P - y||^2 / (2N)`: the normalisation is 1/(2N).

    Args:
        X: data, shape `(N, d)`.
        y: labels, shape `(N,)`.
        first_layer: `u`, shape `(d,)`.
        product: `P`, the product of the later layers; `v` for depth 2.

    Examples:
        >>> import numpy as np
        >>> float(loss(np.array([[2.0]]), np.array([1.0]), np.array([3.0]), 0.5))
        2.0
    """
    size = row_count(X)
    return total(square(residual(X, y, first_layer, product))) / (2 * size)


def two_layer_kernel(X: Array, first_layer: Array, second_layer: Number) -> Any:
    """Neural tangent kernel of the two-layer model: `v^2 X X^T + (X u)(X u)^T`, shape `(N, N)`, no factor 1/N.

    Examples:
        >>> two_layer_kernel(np.array([[2.0]]), np.array([1.0]), 3.0).tolist()
        [[40.0]]
    """
    output = X @ first_layer
    return (X @ X.T) * second_layer**2 + outer(output, output)


def two_layer_hessian(X: Array, y: Array, first_layer: Array, second_layer: Number) -> np.ndarray[Any, Any]:
    """Hessian of the two-layer loss at weights `(u, v)`, shape `(d + 1, d + 1)`, in the order `u`, `v`.

    With `z = v X u - y`: `N H_uu = v^2 X^T X`, `N H_uv = v X^T X u + X^T z`, `N H_vv = ||X u||^2`.

    Args:
        X: data, shape `(N, d)`.
        y: labels, shape `(N,)`.
        first_layer: `u`, shape `(d,)`.
        second_layer: `v`.

    Examples:
        >>> two_layer_hessian(np.array([[2.0]]), np.array([6.0]), np.array([1.0]), 3.0).tolist()
        [[36.0, 12.0], [12.0, 4.0]]
    """
    first, border, corner = two_layer_hessian_blocks(X, y, first_layer, second_layer)
    return np.block([[first, border[:, None]], [border, corner]])


def two_layer_hessian_blocks(X: Array, y: Array, first_layer: Array, second_layer: Number) -> tuple[Any, Any, Number]:
    """Blocks of `two_layer_hessian`: `H_uu`, shape `(d, d)`, `H_uv`, shape `(d,)`, and `H_vv`."""
    size = row_count(X)
    output = X @ first_layer
    border = X.T @ (output * second_layer + residual(X, y, first_layer, second_layer))
    return (X.T @ X) * square(second_layer) / size, border / size, output @ output / size
