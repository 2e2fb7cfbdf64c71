"""The sharpness's gradient at any depth, in the coordinates `(c, v)` that move, for a fixed unit direction.

Where the sharpness is a simple eigenvalue and `h = (a, b)` its unit eigenvector, the gradient of `h^T (Hess L) h` at
fixed `h` is `grad S`: `h` varies at first order only, and `h^T (Hess L) h` is stationary in `h` (Hellmann and
Feynman). In the weights themselves the gradient is the same with `w_i` in the place of the `i`-th coordinate; what of
`u` lies outside the row space takes no part. The functions use `+ - * /` alone, for any kind of number.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from theory.language.arrays import Array
from theory.language.numbers import Number


class Direction(NamedTuple):
    """A vector in the coordinates `(c, v)`, or in the weights `(u, v)`."""

    first_layer: Any
    """One entry for each mode, shape `(r,)`, or for each feature, shape `(d,)`."""
    later_layers: Any
    """One entry for each later layer, shape `(D-1,)`, or the number itself where the second layer is one."""

    def dot(self, other: Direction) -> Number:
        """Scalar product with another vector."""
        pairs = zip((*self.first_layer, *self.later_layers), (*other.first_layer, *other.later_layers), strict=True)
        return sum((x * y for x, y in pairs), start=0)


def sharpness_gradient(
    singular_values: Array,
    label_coefficients: Array,
    n_samples: Number,
    coefficients: Array,
    later_layers: np.ndarray[Any, Any],
    eigenvector: Direction,
) -> Direction:
    """Gradient of `h^T (Hess L) h` in `(c, v)` for fixed `h = (a, b)`.

    With `E_j(t) = prod_(l != j) (v_l + t b_l)`, its coefficients `p_j, p'_j, p''_j/2` of order 0 to 2, and
    `P, P', P''/2` those of the product of all layers, `f_i' = s_i (a_i P + c_i P')` and
    `f_i'' = s_i (2 a_i P' + c_i P'')` are the output's derivatives along `h`. N times the gradient is
    `s_i (2 f_i' P' + f_i'' P + z_i P'')` in `c_i`, and in `v_j`
    `sum_i s_i (2 f_i' (a_i p_j + c_i p'_j) + f_i'' c_i p_j + z_i (2 a_i p'_j + c_i p''_j))`.

    Args:
        singular_values: `s_i`, shape `(r,)`.
        label_coefficients: `d_i`, shape `(r,)`.
        n_samples: `N`.
        coefficients: `c_i`, shape `(r,)`.
        later_layers: `v_j`, shape `(D-1,)`.
        eigenvector: `h`, of length 1 where the result is to be `grad S`.

    Examples:
        >>> one, zero = np.array([1.0]), np.array([0.0])
        >>> found = sharpness_gradient(one, zero, 1, zero, np.array([2.0]), Direction(one, zero))
        >>> found.first_layer.tolist(), found.later_layers.tolist()
        ([0.0], [4.0])
    """
    s, c, (a, b) = singular_values, coefficients, eigenvector
    count = len(later_layers)
    P, first, half = _to_second_order(later_layers, b, range(count))
    second = half + half
    z = s * c * P - label_coefficients
    slope, bend = s * (a * P + c * first), s * (2 * a * first + c * second)
    in_modes = s * (2 * slope * first + bend * P + z * second) / n_samples
    in_layers = np.empty_like(np.asarray(later_layers))
    for j in range(count):
        p, p1, p2 = _to_second_order(later_layers, b, [k for k in range(count) if k != j])
        terms = s * (2 * slope * (a * p + c * p1) + bend * c * p + z * (2 * a * p1 + 2 * c * p2))
        in_layers[j] = sum(terms[1:], start=terms[0]) / n_samples
    return Direction(in_modes, in_layers)


def progressive_sharpening(gradient: Direction, sharpness_gradient: Direction) -> Number:
    """`alpha = -grad L . grad S`: how fast gradient flow raises the sharpness.

    Examples:
        >>> progressive_sharpening(Direction([1], [2]), Direction([3], [-4]))
        5
    """
    return -gradient.dot(sharpness_gradient)


def across(vector: Direction, unit: Direction) -> Direction:
    """What is left of a vector after its projection on a unit vector: `x - (x.e) e`.

    Examples:
        >>> across(Direction(np.array([3]), np.array([4])), Direction(np.array([1]), np.array([0])))
        Direction(first_layer=array([0]), later_layers=array([4]))
    """
    along = vector.dot(unit)
    return Direction(
        vector.first_layer - unit.first_layer * along,
        vector.later_layers - unit.later_layers * along,
    )


def _to_second_order(layers: Any, direction: Any, which: Any) -> tuple[Number, Number, Number]:
    """Coefficients of order 0, 1 and 2 in `t` of the product of `v_l + t b_l` over the given layers."""
    constant, first, second = 1, 0, 0
    for k in which:
        constant, first, second = (
            constant * layers[k],
            first * layers[k] + constant * direction[k],
            second * layers[k] + first * direction[k],
        )
    return constant, first, second
