"""The map of self-stabilization near the edge of stability (Damian et al. 2023; Appendix D.3), and its two constants.

`x_t` is the displacement along the unstable direction `e`, a unit vector, and `y_t = S_t - 2/eta` the sharpness above
its threshold. `alpha = -grad L . grad S` and `beta = ||grad S||^2` are taken at the reference point.
"""

from __future__ import annotations

from typing import Any

from theory.language.arrays import Array, row_count
from theory.language.numbers import Number, total


def self_stabilization_step(
    x: Number, y: Number, step_size: Number, alpha: Number, beta: Number
) -> tuple[Number, Number]:
    """One step of the map: `x+ = -(1 + eta y) x`, `y+ = y + eta (alpha - (beta/2) x^2)`.

    Where `y = 0` and `beta x^2 = 2 alpha` it only turns the sign of `x`: the cycle of period 2 on the edge.

    Args:
        x: displacement along the unstable direction.
        y: sharpness less `2/eta`.
        step_size: `eta`.
        alpha: rate of progressive sharpening, `-grad L . grad S`.
        beta: `||grad S||^2`.

    Examples:
        >>> self_stabilization_step(2.0, 0.0, 0.5, alpha=2.0, beta=1.0)
        (-2.0, 0.0)
    """
    return -(1 + step_size * y) * x, y + step_size * (alpha - beta / 2 * x**2)


def local_gradient(gradient: Array, unstable: Array, sharpness_gradient: Array, x: Number, curvature: Number) -> Any:
    """The gradient near the reference point to second order in `x`: `grad L + S x e + (x^2 / 2) grad S`.

    Args:
        gradient: `grad L` at the reference point, shape `(p,)`.
        unstable: `e`, the unit eigenvector of the sharpness, shape `(p,)`.
        sharpness_gradient: `grad S` at the reference point, shape `(p,)`.
        x: displacement along `e`.
        curvature: the sharpness `S` at the step at hand.

    Examples:
        >>> import numpy as np
        >>> e = np.array([1.0, 0.0])
        >>> local_gradient(np.array([0.0, 3.0]), e, np.array([0.0, 2.0]), 2.0, 5.0).tolist()
        [10.0, 7.0]
    """
    return gradient + unstable * (curvature * x) + sharpness_gradient * (x**2 / 2)


def two_layer_quadratic_form(
    X: Array, y: Array, first_layer: Array, second_layer: Number, direction: tuple[Array, Number]
) -> Number:
    """`h^T (Hess L) h` of the two-layer loss along `h = (a, b)`.

    `(v^2 ||X a||^2 + 2 b (2 v X u - y)^T X a + b^2 ||X u||^2) / N`; along the unit top eigenvector it is the sharpness.

    Args:
        X: data, shape `(N, d)`.
        y: labels, shape `(N,)`.
        first_layer: `u`, shape `(d,)`.
        second_layer: `v`.
        direction: `(a, b)`, shapes `(d,)` and `()`.

    Examples:
        >>> import numpy as np
        >>> X, y, u = np.array([[2.0]]), np.array([6.0]), np.array([1.0])
        >>> float(two_layer_quadratic_form(X, y, u, 3.0, (np.array([1.0]), 0.0)))
        36.0
    """
    a, b = direction
    size = row_count(X)
    image, output = X @ a, X @ first_layer
    border = output * (2 * second_layer) - y
    return (second_layer**2 * total(image**2) + 2 * b * (border @ image) + b**2 * total(output**2)) / size


def two_layer_sharpness_gradient(
    X: Array, y: Array, first_layer: Array, second_layer: Number, eigenvector: tuple[Array, Number]
) -> Any:
    """Gradient of `h^T (Hess L) h` in the weights for a fixed direction `h = (a, b)`.

    `((4 v b X^T X a + 2 b^2 X^T X u) / N, (2 v ||X a||^2 + 4 b (X a)^T X u) / N)`. Where the sharpness is a simple
    eigenvalue and `h` its unit eigenvector this is `grad S`, since `h` varies only at first order and `h^T H h` is
    stationary in `h` (Hellmann and Feynman).

    Args:
        X: data, shape `(N, d)`.
        y: labels, shape `(N,)`; the third derivatives do not depend on them.
        first_layer: `u`, shape `(d,)`.
        second_layer: `v`.
        eigenvector: `(a, b)`, shapes `(d,)` and `()`.

    Examples:
        >>> import numpy as np
        >>> first, second = two_layer_sharpness_gradient(
        ...     np.array([[1.0]]), np.array([0.0]), np.array([0.0]), 2.0, (np.array([1.0]), 0.0)
        ... )
        >>> first.tolist(), float(second)
        ([0.0], 4.0)
    """
    a, b = eigenvector
    size = row_count(X)
    image, output = X @ a, X @ first_layer
    first = X.T @ (image * (4 * second_layer * b) + output * (2 * b**2)) / size
    second = (2 * second_layer * total(image**2) + 4 * b * (image @ output)) / size
    return first, second
