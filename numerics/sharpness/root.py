"""The top root of the sharpness equation, by rational interpolation that bisection keeps safe.

As in `numerics.model.sharpness_equation`, numba can compile what stands below `top_root`.
"""

from __future__ import annotations

from numerics.arithmetic.base import Arithmetic, Number
from numerics.arithmetic.float64 import Float64
from numerics.model.sharpness_equation import (
    SharpnessEquation,
    bounds,
    evaluate,
    float64_holds,
    is_below,
    number,
    rounded,
    square_root,
)

MOST_STEPS = 400
PATIENCE = 20
"""After so many steps every fourth long one goes to the mean: near a pole of the layers it but doubles the distance."""


def top_root(arithmetic: Arithmetic, equation: SharpnessEquation) -> Number:
    """Find the top root, which is N times the sharpness. Call it inside `arithmetic.active()`.

    With many bits the search begins at the root that float64 finds, where it can hold the numbers.
    """
    a = arithmetic
    unit = a.from_mantissa_exponent(1, 2 - a.bits)
    # A step is squared by the next one, measured by the distance from the poles: so small a step is the last.
    near = a.from_mantissa_exponent(1, -(a.bits * 5 // 8)) if a.bits > 64 else None
    pole, low, high = bounds(a, equation)
    if not high > low:
        return low
    start = None if a.bits <= Float64().bits else _float64_root(a, equation)
    at = start if start is not None and low < start < high else high
    return search(a, equation, pole, low, high, at, unit, near)


def _float64_root(arithmetic: Arithmetic, equation: SharpnessEquation) -> Number | None:
    double = Float64()
    with double.active():
        few = rounded(arithmetic, equation)
        high = bounds(double, few)[-1]
        root = top_root(double, few) if float64_holds(high, 0) else None
    return None if root is None else arithmetic.number(root)


def search(
    arithmetic: Arithmetic,
    equation: SharpnessEquation,
    pole: Number,
    low: Number,
    high: Number,
    at: Number,
    unit: Number,
    near: Number | None,
) -> Number:
    """Find the top root between its bounds, starting at one of the positions in between.

    Every step replaces `g` by `lambda - c - s / (lambda - pole)`, with c and s matching the value and the slope of
    `g`, and goes to that function's root. A step that leaves the bracket is replaced by the geometric mean of
    the distances from the largest pole; so is now and then one of a search that takes long.

    Args:
        arithmetic: that of the equation.
        equation: the equation at one state.
        pole: the largest of its `alpha_i`.
        low: its lower bound.
        high: its upper bound.
        at: where to start.
        unit: a few units in the last place, relative: the root is known once the bracket or a step is as small.
        near: the last step may be this large already, relative to the distance from the lower bound; or None.
    """
    floor, half = low, number(arithmetic, 1) / number(arithmetic, 2)
    for step in range(MOST_STEPS):
        value, slope, pull = evaluate(arithmetic, equation, at)
        if is_below(equation, at, value, pull):
            low = at
        else:
            high = at
        if not high - low > unit * high:
            return high
        following = interpolated(arithmetic, at, value, slope, pole)
        last = unit * at if near is None else near * (at - floor)
        if not abs(following - at) > last:
            return following if following > floor else floor
        slow = step >= PATIENCE and step % 4 == 0 and abs(following - at) > (at - floor) * half * half
        if slow or not low < following < high:
            at_an_end = abs(following - high) < unit * high or abs(following - low) < unit * high
            if near is not None and not slow and at_an_end:
                return following  # only rounding puts it outside
            nearest = low - floor
            if not nearest > unit * high:
                nearest = unit * high * half
            following = floor + square_root(arithmetic, nearest * (high - floor))
            if not low < following < high:
                following = (low + high) * half
        at = following
    return (low + high) * half


def interpolated(arithmetic: Arithmetic, at: Number, value: Number, slope: Number, pole: Number) -> Number:
    """Give the root of the function that has the value and the slope of `g` at a position, and its largest pole."""
    one = number(arithmetic, 1)
    distance = at - pole
    strength = (slope - one) * distance * distance
    if not strength > 0:
        return at - value / slope if slope > 0 else pole
    # With x = lambda - pole, the model's root solves x^2 + linear x - strength = 0.
    linear = (pole - (at - strength / distance - value)) / number(arithmetic, 2)
    root = square_root(arithmetic, linear * linear + strength)
    return pole + (strength / (linear + root) if linear > 0 else root - linear)
