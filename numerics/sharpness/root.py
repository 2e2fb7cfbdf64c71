"""The top root of the sharpness equation, by rational interpolation that bisection keeps safe."""

from __future__ import annotations

from numerics.arithmetic.base import Arithmetic, Number
from numerics.model.sharpness_equation import SharpnessEquation

_MOST_STEPS = 400


def top_root(equation: SharpnessEquation, start: Number | None = None) -> Number:
    """Find the top root, which is N times the sharpness. Call it inside `arithmetic.active()`.

    Every step replaces `g` by `lambda - c - s / (lambda - pole)`, with c and s matching the value and the slope of
    `g`, and goes to that function's root. A step that leaves the bracket is replaced by the geometric mean of
    the distances from the largest pole.

    Args:
        equation: the equation at one state.
        start: a guess, such as the root found in float64.
    """
    a = equation.arithmetic
    half = a.number(1) / a.number(2)
    floor, high = equation.floor(), equation.ceiling()
    pole = a.largest(equation.poles)
    unit = a.from_mantissa_exponent(1, 2 - a.bits)
    # A step is squared by the next one, measured by the distance from the poles: so small a step is the last.
    near = a.from_mantissa_exponent(1, -(a.bits * 5 // 8)) if a.bits > 64 else None
    if not high > floor:
        return floor
    low, at = floor, high
    if start is not None and low < start < high:
        at = start
    for _ in range(_MOST_STEPS):
        value, slope, pull = equation.evaluate(at)
        if equation.is_below(at, value, pull):
            low = at
        else:
            high = at
        if not high - low > unit * high:
            return high
        following = _interpolated(a, at, value, slope, pole)
        last = unit * at if near is None else near * (at - floor)
        if not abs(following - at) > last:
            return following if following > floor else floor
        if not low < following < high:
            nearest = low - floor
            if not nearest > unit * high:
                nearest = unit * high * half
            following = floor + a.sqrt(nearest * (high - floor))
            if not low < following < high:
                following = (low + high) * half
        at = following
    return (low + high) * half


def _interpolated(a: Arithmetic, at: Number, value: Number, slope: Number, pole: Number) -> Number:
    distance = at - pole
    strength = (slope - a.number(1)) * distance * distance
    if not strength > 0:
        return at - value / slope if slope > 0 else pole
    # With x = lambda - pole, the model's root solves x^2 + linear x - strength = 0.
    constant = at - strength / distance - value
    linear = (pole - constant) * a.number(1) / a.number(2)
    root = a.sqrt(linear * linear + strength)
    return pole + (strength / (linear + root) if linear > 0 else root - linear)
