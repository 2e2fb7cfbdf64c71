"""One step of gradient descent or SGD, and the velocity of gradient flow, in weights and in modes (Appendix B.1).

Gradient flow moves with `theta' = -grad L`; gradient descent goes the step `theta+ = theta - eta grad L`, SGD the same
with the loss of a mini-batch. The functions use only `+ - * /`, `@` and sums: they run on float64 and exact arrays,
and build the general expression on `IndexedArray`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from theory.formulas.deep_model import product_of_others
from theory.formulas.model import residual
from theory.formulas.sharpness_gradient import Direction
from theory.language.arrays import Array
from theory.language.numbers import Number, total
from theory.spectrum import Spectrum


class LaterLayers(NamedTuple):
    """The scalar layers `v_1, ..., v_{D-1}` after the first, with their products."""

    weights: Any
    """`v_j`, shape `(D-1,)`; the number `v` itself for depth 2."""
    product: Number
    """`P`, the product of all of them."""
    others: Any
    """`P / v_j`, the product of all but `v_j`, defined where `v_j = 0` too; same shape as the weights."""


def later_layers(weights: Any) -> LaterLayers:
    """The layers `v_j`, shape `(D-1,)`, with their products: nothing is divided, so that layers may be zero.

    Examples:
        >>> layers = later_layers(np.array([2.0, 0.0, 5.0]))
        >>> float(layers.product), layers.others.tolist()
        (0.0, [0.0, 10.0, 0.0])
    """
    weights = np.asarray(weights)
    others = product_of_others(weights)
    return LaterLayers(weights, others[0] * weights[0], others)


def two_layers(second_layer: Number) -> LaterLayers:
    """The later layers of the two-layer model: `v` alone, with the empty product 1 of the others."""
    return LaterLayers(second_layer, second_layer, 1)


def batch_loss(X: Array, y: Array, first_layer: Array, product: Number, mask: Array, batch_size: Number) -> Number:
    """Mini-batch loss `L_B = ||P_t (f - y)||^2 / (2B)`: the normalisation is 1/(2B).

    Args:
        X: data, shape `(N, d)`.
        y: labels, shape `(N,)`.
        first_layer: `u`, shape `(d,)`.
        product: `P`, the product of the later layers.
        mask: diagonal of `P_t`, shape `(N,)`: 1 for a sample of the batch, else 0.
        batch_size: `B`, the number of ones.

    Examples:
        >>> X, y = np.array([[1.0], [1.0]]), np.array([0.0, 5.0])
        >>> batch_loss(X, y, np.array([1.0]), 1.0, np.array([0.0, 1.0]), 1)
        8.0
    """
    return total((residual(X, y, first_layer, product) * mask) ** 2) / (2 * batch_size)


def gradient(slope: Array, first_layer: Array, layers: LaterLayers) -> Direction:
    """Gradient of the loss, or of a mini-batch's: `(P g, (P/v_j) u^T g)`.

    Args:
        slope: `g = X^T z / N` of the whole loss, or `X^T P_t z / B` of a mini-batch's, shape `(d,)`.
        first_layer: `u`, shape `(d,)`.
        layers: the later layers.

    Examples:
        >>> found = gradient(np.array([4.0]), np.array([3.0]), later_layers([0.5]))
        >>> found.first_layer.tolist(), found.later_layers.tolist()
        ([2.0], [12.0])
    """
    return Direction(slope * layers.product, layers.others * (first_layer @ slope))


def mode_residual(spectrum: Spectrum, coefficients: Array, product: Number) -> Any:
    """Residual in the left singular basis, `z_i = s_i c_i P - d_i`, shape `(r,)`.

    Examples:
        >>> mode_residual(Spectrum([2.0], [6.0], n_samples=1), np.array([1.0]), 4.0).tolist()
        [2.0]
    """
    return spectrum.singular_values * coefficients * product - spectrum.label_coefficients


def mode_gradient(spectrum: Spectrum, coefficients: Array, layers: LaterLayers) -> Direction:
    """Gradient of the loss in `(c, v)`: `(s_i P z_i / N, (P/v_j) sum_i s_i c_i z_i / N)`.

    Its negative is the velocity of gradient flow; `eta` times it is the step of gradient descent, equations (10), (11).

    Args:
        spectrum: the data.
        coefficients: `c_i = w_i^T u`, shape `(r,)`.
        layers: the later layers.

    Examples:
        >>> data = Spectrum([2.0], [1.0], n_samples=1)
        >>> found = mode_gradient(data, np.array([3.0]), later_layers([0.5]))
        >>> found.first_layer.tolist(), found.later_layers.tolist()
        ([2.0], [12.0])
    """
    slope = spectrum.singular_values * mode_residual(spectrum, coefficients, layers.product) / spectrum.n_samples
    return Direction(slope * layers.product, layers.others * total(slope * coefficients))


def step(first_layer: Array, layers: LaterLayers, slope: Direction, step_size: Number) -> tuple[Any, Any]:
    """First layer and later layers after one step against a gradient: `(u - eta grad_u, v - eta grad_v)`.

    Examples:
        >>> layers = later_layers([0.5])
        >>> first, later = step(np.array([3.0]), layers, Direction(np.array([2.0]), np.array([12.0])), 0.25)
        >>> first.tolist(), later.tolist()
        ([2.5], [-2.5])
    """
    return first_layer - slope.first_layer * step_size, layers.weights - slope.later_layers * step_size
