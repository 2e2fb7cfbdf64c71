"""Gradient descent in the top mode: a map of two variables, and the radius that decides whether it blows up.

With `x = c_1 s_1 sqrt(eta/N)`, `y = v s_1 sqrt(eta/N)` and `delta = eta s_1 d_1 / N`, where no other mode holds labels
or weights, a step of gradient descent on the two-layer model is `x+ = x - y z`, `y+ = y - x z` with `z = x y - delta`.
Beyond the paper.
"""

from __future__ import annotations

from theory.language.numbers import Number, square


def top_mode_step(x: Number, y: Number, label: Number = 0) -> tuple[Number, Number]:
    """One step: `(x - y z, y - x z)` with `z = x y - delta`; for `delta = 0` it is `(x (1 - y^2), y (1 - x^2))`.

    Args:
        x: scaled first layer `c_1 s_1 sqrt(eta/N)`.
        y: scaled second layer `v s_1 sqrt(eta/N)`.
        label: scaled label `delta = eta s_1 d_1 / N`.

    Examples:
        >>> top_mode_step(2, 1)
        (0, -3)
    """
    residual = x * y - label
    return x - y * residual, y - x * residual


def squared_radius(x: Number, y: Number) -> Number:
    """`R = x^2 + y^2`, which is `eta S` where `x = 0` and there is no label.

    Examples:
        >>> squared_radius(2, 1)
        5
    """
    return square(x) + square(y)


def squared_radius_increment(x: Number, y: Number, label: Number = 0) -> Number:
    """`R` after a step less `R` before it: `z (z R - 4 x y)`; without a label `x^2 y^2 (R - 4)`.

    Without a label, `R = 4` is kept, below it `R` never grows, and above it never shrinks.

    Args:
        x: scaled first layer.
        y: scaled second layer.
        label: scaled label `delta`.

    Examples:
        >>> squared_radius_increment(2, 1), squared_radius(*top_mode_step(2, 1)) - squared_radius(2, 1)
        (4, 4)
    """
    residual = x * y - label
    return residual * (residual * squared_radius(x, y) - 4 * x * y)


def drifting_radius_increment(x: Number, y: Number, label: Number, drift: Number) -> Number:
    """`R` after a step of the top mode among others, less `R` before it: `z (z R - 4 x y) + 2 mu (y - x z) + mu^2`.

    All that the other modes do to the top mode is to move `y` by `mu = -h s_1 sqrt(h) sum_(i>1) s_i c_i z_i`, with
    `h = eta/N`.

    Args:
        x: scaled first layer in the top mode.
        y: scaled second layer.
        label: scaled label `delta` of the top mode.
        drift: `mu`.

    Examples:
        >>> drifting_radius_increment(2, 1, 0, 0), drifting_radius_increment(0, 1, 0, 1)
        (4, 3)
    """
    residual = x * y - label
    return squared_radius_increment(x, y, label) + 2 * drift * (y - x * residual) + square(drift)


def next_difference(x: Number, y: Number, label: Number = 0) -> Number:
    """`x^2 - y^2` after a step: `(x^2 - y^2)(1 - z^2)` with `z = x y - delta`, the mode's layer imbalance, scaled.

    Examples:
        >>> next_difference(2, 1)
        -9
        >>> next_difference(2, 1, 1)
        0
    """
    return (square(x) - square(y)) * (1 - square(x * y - label))


def next_product(x: Number, y: Number) -> Number:
    """`x y` after a step without a label: `x y (1 - R + x^2 y^2)`.

    Examples:
        >>> next_product(2, 1)
        0
    """
    return x * y * (1 - squared_radius(x, y) + square(x * y))
