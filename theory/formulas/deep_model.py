"""The model of any depth in its weights `u` and `v_1 .. v_(D-1)`: gradient, kernel and Hessian.

With `P` the product of the later layers, `P/v_j` stands for the product of all of them but the j-th, which has a
value where `v_j = 0` too. The functions run on NumPy arrays of any kind of number, and build the expression for every
size on `IndexedArray`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from theory.formulas.model import residual
from theory.language.arrays import Array, outer, row_count
from theory.language.numbers import Number, is_indexed, total

if TYPE_CHECKING:
    from theory.language.indexed import IndexedArray


class HessianBlocks(NamedTuple):
    """A symmetric matrix in the coordinates `(c, v)`: first-layer coefficients, then later layers."""

    diagonal: Any
    """Diagonal of the block of the `c_i`, which is diagonal, shape `(r,)`."""
    border: Any
    """Entries of a `c_i` and a `v_j`, shape `(r, D-1)`."""
    corner: Any
    """Entries of two later layers, shape `(D-1, D-1)`."""


class RankOneBorder(NamedTuple):
    """The same Hessian as `[[diag(a), b w^T], [w b^T, (A + B) w w^T - B diag(w^2)]]` with `w_j = 1/v_j`."""

    diagonal: Any
    """`a_i = P^2 s_i^2 / N`, shape `(r,)`."""
    border: Any
    """`b_i = s_i P (2 P s_i c_i - d_i) / N`, shape `(r,)`."""
    output: Number
    """`A = P^2 sum_i (s_i c_i)^2 / N`."""
    residual: Number
    """`B = P sum_i z_i s_i c_i / N`."""


def layer_product(later_layers: Any) -> Number:
    """`P = v_1 ... v_(D-1)`.

    Examples:
        >>> int(layer_product(np.array([2, 3, 5])))
        30
    """
    if is_indexed(later_layers):
        return later_layers.product()
    product: Number = 1
    for weight in later_layers:
        product = product * weight
    return product


def product_of_others(later_layers: Any) -> Any:
    """`P/v_j`, the product of all later layers but the j-th, shape `(D-1,)`.

    Examples:
        >>> product_of_others(np.array([2, 0, 5])).tolist()
        [0, 10, 0]
    """
    if is_indexed(later_layers):
        return _products_but(later_layers, 1)
    layers = list(later_layers)
    products = [layer_product(layers[:j] + layers[j + 1 :]) for j in range(len(layers))]
    return np.array(products, dtype=later_layers.dtype)  # an empty product is 1 in the same kind of number


def product_of_other_pairs(later_layers: Any) -> Any:
    """`P/(v_j v_k)`, the product of all later layers but two, shape `(D-1, D-1)`; zero where `j = k`.

    Examples:
        >>> product_of_other_pairs(np.array([2, 0, 5])).tolist()
        [[0, 5, 0], [5, 0, 2], [0, 2, 0]]
    """
    if is_indexed(later_layers):
        return _products_but(later_layers, 2)
    layers, size = list(later_layers), len(later_layers)
    rows = [
        [layer_product([v for m, v in enumerate(layers) if m not in (j, k)]) if j != k else 0 for k in range(size)]
        for j in range(size)
    ]
    return np.array(rows, dtype=later_layers.dtype)


def gradient(X: Array, y: Array, first_layer: Array, product: Number, others: Any) -> tuple[Any, Any]:
    """Gradient of `||(X u) P - y||^2 / (2N)`: `P X^T z / N` in `u`, `(P/v_j) (X u)^T z / N` in `v_j`.

    Args:
        X: data, shape `(N, d)`.
        y: labels, shape `(N,)`.
        first_layer: `u`, shape `(d,)`.
        product: `P`; `v` for depth 2.
        others: `P/v_j`, shape `(D-1,)`, from `product_of_others`; 1 for depth 2.

    Examples:
        >>> later = np.array([3.0, 1.0])
        >>> slopes = gradient(np.array([[2.0]]), np.array([5.0]), np.array([1.0]), 3.0, product_of_others(later))
        >>> [slope.tolist() for slope in slopes]
        [[6.0], [2.0, 6.0]]
    """
    errors = residual(X, y, first_layer, product)
    correlation = (X @ first_layer) @ errors / row_count(X)
    return (X.T @ errors) * (product / row_count(X)), others * correlation


def jacobian(X: Array, first_layer: Array, later_layers: Array) -> tuple[Any, Any]:
    """Derivatives of the outputs: `P X`, shape `(N, d)`, and `(P/v_j) (X u)_n`, shape `(N, D-1)`.

    Examples:
        >>> first, later = jacobian(np.array([[2.0]]), np.array([1.0]), np.array([3.0, 1.0]))
        >>> first.tolist(), later.tolist()
        ([[6.0]], [[2.0, 6.0]])
    """
    return X * layer_product(later_layers), outer(X @ first_layer, product_of_others(later_layers))


def tangent_kernel(X: Array, first_layer: Array, later_layers: Array) -> Any:
    """`K = P^2 X X^T + sum_j (P/v_j)^2 (X u)(X u)^T`, shape `(N, N)`: the neural tangent kernel, no factor 1/N.

    Examples:
        >>> tangent_kernel(np.array([[2.0]]), np.array([1.0]), np.array([3.0, 1.0])).tolist()
        [[76.0]]
    """
    output = X @ first_layer
    squares = total(product_of_others(later_layers) ** 2)
    return (X @ X.T) * layer_product(later_layers) ** 2 + outer(output, output) * squares


def reduced_hessian(spectrum: Any, coefficients: Array, later_layers: Array) -> HessianBlocks:
    """Hessian of the loss in the coordinates `c_i = w_i^T u` and `v_j`; all other directions have eigenvalue 0.

    `N H_(c_i c_k) = P^2 s_i^2 [i = k]`, `N H_(c_i v_j) = (P/v_j) s_i (2 s_i c_i P - d_i)`,
    `N H_(v_j v_k) = (P/v_j)(P/v_k) sum_i (s_i c_i)^2 + [j != k] (P/(v_j v_k)) sum_i s_i c_i z_i`; the blocks have the
    factor 1/N inside.

    Args:
        spectrum: the data.
        coefficients: `c`, shape `(r,)`.
        later_layers: `v_1 .. v_(D-1)`, shape `(D-1,)`.

    Examples:
        >>> from theory import Spectrum
        >>> blocks = reduced_hessian(Spectrum([2.0], [6.0], n_samples=1), np.array([1.0]), np.array([3.0]))
        >>> blocks.diagonal.tolist(), blocks.border.tolist(), blocks.corner.tolist()
        ([36.0], [[12.0]], [[4.0]])
    """
    s, d, n = spectrum.singular_values, spectrum.label_coefficients, spectrum.n_samples
    product, others = layer_product(later_layers), product_of_others(later_layers)
    output = s * coefficients
    errors = output * product - d
    return HessianBlocks(
        s**2 * product**2 / n,
        outer(s * (output * (2 * product) - d), others) / n,
        (outer(others, others) * total(output**2) + product_of_other_pairs(later_layers) * total(output * errors)) / n,
    )


def rank_one_border(spectrum: Any, coefficients: Array, product: Number) -> RankOneBorder:
    """The parts of the Hessian in `(c, v)` where no later layer is zero: its border has rank one at every depth.

    With `w_j = 1/v_j`: `H_(c_i v_j) = b_i w_j` and `H_(v_j v_k) = (A + B) w_j w_k - [j = k] B w_j^2`.

    Args:
        spectrum: the data.
        coefficients: `c`, shape `(r,)`.
        product: `P`.

    Examples:
        >>> from theory import Spectrum
        >>> parts = rank_one_border(Spectrum([2.0], [6.0], n_samples=1), np.array([1.0]), 3.0)
        >>> parts.border.tolist(), parts.output, parts.residual
        ([36.0], 36.0, 0.0)
    """
    s, d, n = spectrum.singular_values, spectrum.label_coefficients, spectrum.n_samples
    output = s * coefficients
    errors = output * product - d
    return RankOneBorder(
        s**2 * product**2 / n,
        s * (output * (2 * product) - d) * (product / n),
        product**2 * total(output**2) / n,
        product * total(errors * output) / n,
    )


def _products_but(later_layers: IndexedArray, count: int) -> IndexedArray:
    """The products of all later layers but one, or but two, wherever these are; zero where two are the same."""
    from sympy import KroneckerDelta, Product

    from theory.language.indexed import indices_of

    (axis,) = later_layers.axes
    first, inner, *second = indices_of(*[axis] * (count + 1))
    factor = later_layers.at(inner)
    for place in (*second, first):
        same = KroneckerDelta(inner, place)
        factor = same + (1 - same) * factor
    product = Product(factor, (inner, 1, axis.size))
    for place in second:
        product = (1 - KroneckerDelta(first, place)) * product
    return type(later_layers)(product, (axis,) * count, (first, *second))
