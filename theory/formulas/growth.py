"""How one step of gradient descent moves the size of the weights, and where it surely cannot grow.

The size is `rho = ||Pi_W u||^2 + v^2` for two layers, all modes and any labels. `h = eta / N`, `z = v X u - y`.
Beyond the paper.
"""

from __future__ import annotations

from theory.formulas.model import residual
from theory.language.arrays import Array, row_count
from theory.language.numbers import Number, square, total


def squared_size(coefficients: Array, second_layer: Number) -> Number:
    """`rho = sum_i c_i^2 + v^2`.

    Args:
        coefficients: `c_i = w_i^T u`, shape `(r,)`.
        second_layer: `v`.

    Examples:
        >>> import numpy as np
        >>> float(squared_size(np.array([3.0, 4.0]), 2.0))
        29.0
    """
    return total(square(coefficients)) + square(second_layer)


def squared_size_increment(X: Array, y: Array, first_layer: Array, second_layer: Number, step_size: Number) -> Number:
    """`rho` after a step less `rho` before it: `-4 h z.(z + y) + h^2 (v^2 ||X^T z||^2 + (u^T X^T z)^2)`, `h = eta/N`.

    The first term is gradient flow's. With the difference of the two squares in place of their sum the second term is
    the increment of the layer imbalance (Theorem 5.9).

    Args:
        X: data, shape `(N, d)`.
        y: labels, shape `(N,)`.
        first_layer: `u`, shape `(d,)`.
        second_layer: `v`.
        step_size: `eta`.

    Examples:
        >>> import numpy as np
        >>> float(squared_size_increment(np.array([[1.0]]), np.array([0.0]), np.array([2.0]), 1.0, 1.0))
        4.0
    """
    h = step_size / row_count(X)
    z = residual(X, y, first_layer, second_layer)
    slope = X.T @ z
    squares = square(second_layer) * total(square(slope)) + square(first_layer @ slope)
    return -4 * h * (z @ (z + y)) + h**2 * squares


def squared_size_increment_bound(
    X: Array, y: Array, first_layer: Array, second_layer: Number, step_size: Number, top_rate: Number, size: Number
) -> Number:
    """What the increment of `rho` is at most: `h ||z||^2 (lambda_1 rho - 4) - 4 h z.y` with `lambda_1 = eta s_1^2/N`.

    Args:
        X: data, shape `(N, d)`.
        y: labels, shape `(N,)`.
        first_layer: `u`, shape `(d,)`.
        second_layer: `v`.
        step_size: `eta`.
        top_rate: `lambda_1 = eta s_1^2 / N`.
        size: `rho`.

    Examples:
        >>> import numpy as np
        >>> float(squared_size_increment_bound(np.array([[1.0]]), np.array([0.0]), np.array([2.0]), 1.0, 1.0, 1.0, 5.0))
        4.0
    """
    z = residual(X, y, first_layer, second_layer)
    return step_size / row_count(X) * (total(square(z)) * (top_rate * size - 4) - 4 * (z @ y))


def margin_loss(
    margin: Number, label_norm_squared: Number, step_size: Number, size: Number, top_rate: Number
) -> Number:
    """At most so much of `kappa = 4 - lambda_1 rho > 0` is lost in a step: `4 lambda_1 eta ||y||^2 / (N kappa)`.

    The square of `kappa` then falls by at most `8 lambda_1 eta ||y||^2 / N` in a step, so that `lambda_1 rho` stays
    below 4 for all of the first `N kappa_0^2 / (8 lambda_1 eta ||y||^2)` steps.

    Args:
        margin: `kappa`.
        label_norm_squared: `||y||^2`.
        step_size: `eta`.
        size: `N`.
        top_rate: `lambda_1 = eta s_1^2 / N`.

    Examples:
        >>> margin_loss(2.0, 1.0, 1.0, 1, 0.5)
        1.0
    """
    return 4 * top_rate * step_size * label_norm_squared / (size * margin)
