"""The scalar equation whose top root is the sharpness, at any depth.

In `(c, v)` coordinates `N` times the Hessian is

    [ diag(alpha)    beta p^T            ]      alpha_i = (P s_i)^2,   beta_i = s_i (z_i + P f_i),
    [ p beta^T       F p p^T + G M       ]      F = sum f_i^2,         G = sum f_i z_i,

with `p_j` the product of all layers but `j`, and `M_jk`, j != k, the product of all layers but `j` and `k`. For
`lambda > max alpha` put `phi(lambda) = F + sum beta_i^2 / (lambda - alpha_i)`: then `lambda` is an eigenvalue exactly
if it is one of `phi p p^T + G M`. Where no layer is zero that is a diagonal matrix plus rank one. Call 1 the layer of
least magnitude, `t_k = v_1 / v_k` in [-1, 1], and `q_k` the product of all layers but 1 and `k`. Multiplying the
secular equation by its pole at layer 1 gives

    g(lambda) = lambda - p_1^2 phi - (P phi + G) K(lambda) = 0,
    K(lambda) = sum_{k>1} q_k t_k + G sum_{k>1} q_k^2 (1 - t_k)(1 + t_k) / (lambda + t_k q_k G),

in which nothing is divided by a layer that can be small, and layers of equal magnitude drop out by themselves.

In what follows a quantity is a number, or in float64 an array of numbers over many states; vectors have a last axis
more then. `numerics.compiled.float64_sharpness` compiles these functions as they stand; what cannot be compiled is in
the few functions after the class, of which it has its own.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from numerics.arithmetic.base import Arithmetic, Number, Vector
from numerics.model.products import product

_LEAST = 2.0**-480


class SharpnessEquation(NamedTuple):
    """The numbers in `g`, without the factor 1/N. Shapes: `poles`, `weights` `(r,)`, the others of layers `(D-2,)`.

    Attributes:
        poles: `alpha_i`.
        weights: `beta_i^2`.
        constant: `F`.
        coupling: `G`.
        total_product: `P`.
        least_layer: `v_1`, of least magnitude.
        least_product: `p_1`.
        shift: `sum_{k>1} q_k t_k`.
        numerators: `G q_k^2 (1 - t_k)(1 + t_k)`.
        offsets: `t_k q_k G`.
        ties: `-2 G t_k q_k / (1 + t_k^2)`, Rayleigh quotients that the top eigenvalue is at least.
        border_squared: `sum_j p_j^2`.
        block_bound: `F sum_j p_j^2 + |G| sum_{k>1} |q_k|`, at least the norm of the block of the layers.
    """

    poles: Vector
    weights: Vector
    constant: Number
    coupling: Number
    total_product: Number
    least_layer: Number
    least_product: Number
    shift: Number
    numerators: Vector
    offsets: Vector
    ties: Vector
    border_squared: Number
    block_bound: Number


def number(arithmetic: Arithmetic, value: int) -> Number:
    """Give a whole number."""
    return arithmetic.number(value)


def square_root(arithmetic: Arithmetic, value: Number) -> Number:
    """Give a square root, rounded."""
    return arithmetic.sqrt(value)


def total(arithmetic: Arithmetic, terms: Vector) -> Number:
    """Give a sum over modes."""
    return arithmetic.plain_total(terms)


def largest(arithmetic: Arithmetic, values: Vector) -> Number:
    """Give a largest entry."""
    return arithmetic.largest(values)


def larger(arithmetic: Arithmetic, one: Number, other: Number) -> Number:
    """Give the larger of two; of balls that overlap, the first."""
    return np.where(other > one, other, one) if isinstance(other, np.ndarray) else other if other > one else one


def layer_ratio(arithmetic: Arithmetic, least: Number, layer: Number) -> Number:
    """Give `v_1 / v_k`, 0 where `v_1` is 0."""
    if isinstance(least, np.ndarray):
        return np.where(least == 0, 0.0, least / layer)
    return number(arithmetic, 0) if least == 0 else least / layer


def modes(arithmetic: Arithmetic, P: Number, s: Vector, d: Vector, f: Vector) -> tuple[Vector, Vector, Vector, Vector]:
    """Give `alpha_i`, `beta_i^2`, `f_i^2` and `f_i z_i`."""
    return of_a_mode(P, s, d, f)


def resolvent_sums(arithmetic: Arithmetic, equation: SharpnessEquation, position: Number) -> tuple[Number, Number]:
    """Give the sums of `beta_i^2 / (lambda - alpha_i)` and of `beta_i^2 / (lambda - alpha_i)^2`."""
    first, second = resolvent_terms(number(arithmetic, 1), position, equation.poles, equation.weights)
    return total(arithmetic, first), total(arithmetic, second)


def of_a_mode(P: Number, s: Number, d: Number, f: Number) -> tuple[Number, Number, Number, Number]:
    """Give `alpha`, `beta^2`, `f^2` and `f z` of a mode, or of all of them."""
    scaled = P * f
    z = scaled - d
    root, beta = P * s, s * (z + scaled)
    return root * root, beta * beta, f * f, f * z


def resolvent_terms(one: Number, position: Number, pole: Number, weight: Number) -> tuple[Number, Number]:
    """Give a mode's terms of `resolvent_sums`, or those of all modes."""
    inverse = one / (position - pole)
    ratio = weight * inverse
    return ratio, ratio * inverse


def equation_at(
    arithmetic: Arithmetic, singular_values: Vector, label_coefficients: Vector, outputs: Vector, layers: Vector
) -> SharpnessEquation:
    """Set the equation up at one state. Call it inside `arithmetic.active()`."""
    P = product(layers)
    poles, weights, squares, products = modes(arithmetic, P, singular_values, label_coefficients, outputs)
    F, G = total(arithmetic, squares), total(arithmetic, products)
    return bordered_equation(arithmetic, poles, weights, F, G, least_first(layers))


def least_first(layers: Vector) -> Vector:
    """Move the layer of least magnitude before the others."""
    least = least_layer(layers)
    return np.concatenate((layers[least : least + 1], layers[:least], layers[least + 1 :]))


def least_layer(layers: Vector | tuple[Number, ...]) -> int:
    """Give which layer is of least magnitude, the first one of several."""
    least = 0
    for j in range(1, len(layers)):
        if abs(layers[j]) < abs(layers[least]):
            least = j
    return least


def bordered_equation(
    arithmetic: Arithmetic, poles: Vector, weights: Vector, constant: Number, coupling: Number, layers: Vector
) -> SharpnessEquation:
    """Set the equation up from `alpha`, `beta^2`, `F`, `G` and the layers, the least one first."""
    one, zero = number(arithmetic, 1), number(arithmetic, 0)
    v1, p1, shift, squares, sizes = layers[0], one, zero, zero, zero
    numerators, offsets, ties = np.empty_like(layers[1:]), np.empty_like(layers[1:]), np.empty_like(layers[1:])
    for k in range(1, len(layers)):
        p1, q = p1 * layers[k], one
        for other in range(1, len(layers)):
            if other != k:
                q = q * layers[other]
        t = layer_ratio(arithmetic, v1, layers[k])
        shift = shift + q * t
        numerators[k - 1] = coupling * (q * q) * ((one - t) * (one + t))
        offsets[k - 1] = t * q * coupling
        ties[k - 1] = -(coupling + coupling) * (t * q) / (one + t * t)
        squares, sizes = squares + (v1 * q) * (v1 * q), sizes + abs(q)
    squares = squares + p1 * p1
    bound = constant * squares + abs(coupling) * sizes
    return SharpnessEquation(
        poles, weights, constant, coupling, v1 * p1, v1, p1, shift, numerators, offsets, ties, squares, bound
    )


def evaluate(arithmetic: Arithmetic, equation: SharpnessEquation, position: Number) -> tuple[Number, Number, Number]:
    """Give `g`, its derivative, and `P phi + G` at a position above every pole."""
    first, second = resolvent_sums(arithmetic, equation, position)
    return from_sums(arithmetic, equation, position, first, second)


def from_sums(
    arithmetic: Arithmetic, equation: SharpnessEquation, position: Number, first: Number, second: Number
) -> tuple[Number, Number, Number]:
    """Do the same with the `resolvent_sums`."""
    one = number(arithmetic, 1)
    phi, phi_slope = equation.constant + first, -second
    if len(equation.offsets) == 0:
        return position - phi, one - phi_slope, phi
    K, K_slope = equation.shift, number(arithmetic, 0)
    for k in range(len(equation.offsets)):
        distance = position + equation.offsets[k]
        ratio = equation.numerators[k] / distance
        K = K + ratio
        K_slope = K_slope - ratio / distance
    squared = equation.least_product * equation.least_product
    pull = equation.total_product * phi + equation.coupling
    value = position - squared * phi - pull * K
    slope = one - squared * phi_slope - equation.total_product * phi_slope * K - pull * K_slope
    return value, slope, pull


def is_below(equation: SharpnessEquation, position: Number, value: Number, pull: Number) -> bool:
    """Tell, from `g` and `P phi + G` at a position above every pole, whether the sharpness lies above it.

    The sign of `g` counts the eigenvalues of `phi p p^T + G M` above the position, modulo 2. There can be two
    only where `P (P phi + G) > 0` and the position is below the pole `-G p_1 / v_1` that was multiplied out.
    """
    if value < 0:
        return True
    if len(equation.offsets) == 0 or not equation.total_product * pull > 0:
        return False
    bound = -equation.coupling * equation.least_product
    return bool(position * abs(equation.least_layer) < (-bound if equation.least_layer < 0 else bound))


def bounds(arithmetic: Arithmetic, equation: SharpnessEquation) -> tuple[Number, Number, Number]:
    """Give the largest of the `alpha_i`, and a lower and an upper bound on the top root.

    Below stand 0 and every pole, above the top eigenvalue of the two by two matrix of the blocks' norms.
    """
    half = number(arithmetic, 1) / number(arithmetic, 2)
    pole = largest(arithmetic, equation.poles)
    low = larger(arithmetic, number(arithmetic, 0), pole)
    for k in range(len(equation.offsets)):
        low = larger(arithmetic, low, -equation.offsets[k])
    middle, apart = (pole + equation.block_bound) * half, (pole - equation.block_bound) * half
    weight = total(arithmetic, equation.weights)
    return pole, low, middle + square_root(arithmetic, apart * apart + weight * equation.border_squared)


def float64_holds(high: Number | Vector, zero_layers: int | Vector) -> Any:
    """Tell of an upper bound on the top root whether float64 holds it, and the squares that roots are told apart by.

    Args:
        high: the bound. With fewer than two layers that are 0 it is not: then it was too small.
        zero_layers: how many layers are 0.
    """
    return np.isfinite(high) & ((high > _LEAST) | ((high == 0) & (zero_layers > 1)))


def rounded(arithmetic: Arithmetic, equation: SharpnessEquation) -> SharpnessEquation:
    """Round every number of an equation to float64."""
    to_float = arithmetic.to_float

    def of(part: Number | Vector) -> Number | Vector:
        return (
            np.fromiter(map(to_float, part), np.float64) if isinstance(part, np.ndarray) else np.float64(to_float(part))
        )

    return SharpnessEquation(*map(of, equation))
