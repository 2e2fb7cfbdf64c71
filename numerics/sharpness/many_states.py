"""The sharpness of many states at once in float64, in NumPy, with the bits of the reference.

The equation is the reference's own, its numbers arrays over states; the search for its root is written for all states
together. It needs nothing to be loaded or compiled, which takes longer than the sharpness of some ten thousand states.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import starmap

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.float64 import Float64
from numerics.model.products import product
from numerics.model.sharpness_equation import (
    SharpnessEquation,
    bordered_equation,
    bounds,
    evaluate,
    float64_holds,
    of_a_mode,
)
from numerics.sharpness.root import MOST_STEPS, PATIENCE
from numerics.sharpness.units import exponent_of

_UNIT = 2.0**-51
_NUMBERS_AT_ONCE = 1 << 16
"""More in one array leave the processor's near memory, and the system is asked for room each time."""

_DOUBLE = Float64()

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def sharpness_of_states(s: Floats, d: Floats, outputs: Floats, layers: Floats, n_samples: int) -> Floats:
    """Give the sharpness of many states; infinity or NaN where float64 cannot hold it.

    Args:
        s: singular values, shape `(r,)`, or those of every state, shape `(K, r)`.
        d: label coefficients, of the same shape.
        outputs: the `f_i`, shape `(K, r)`.
        layers: shape `(K, D - 1)`.
        n_samples: `N`.

    >>> sharpness_of_states(np.array([2.0]), np.array([6.0]), np.array([[2.0]]), np.array([[3.0]]), 4)
    array([10.])
    """
    if not len(outputs):
        return np.empty(0)
    equations, exponent = _in_units(s, d, outputs, layers)
    with _DOUBLE.active():
        return np.asarray(np.ldexp(np.concatenate([*starmap(_roots, equations)]) / n_samples, 2 * exponent))


def sharpness_exceeds(s: Floats, d: Floats, outputs: Floats, layers: Floats, n_samples: int, level: float) -> Flags:
    """Tell of many states whether the sharpness is above a level, or beyond what float64 holds.

    It is told at the level itself, in less time than finding the sharpness takes.

    Args:
        s: singular values, shape `(r,)`.
        d: label coefficients, shape `(r,)`.
        outputs: the `f_i`, shape `(K, r)`.
        layers: shape `(K, D - 1)`.
        n_samples: `N`.
        level: what the sharpness is compared with.

    >>> one = (np.array([2.0]), np.array([6.0]), np.array([[2.0]]), np.array([[3.0]]), 4)
    >>> [bool(sharpness_exceeds(*one, level)[0]) for level in (9.9, 10.1)]
    [True, False]
    """
    if not len(outputs):
        return np.empty(0, dtype=bool)
    equations, exponent = _in_units(s, d, outputs, layers)
    with _DOUBLE.active():
        at = math.ldexp(level * n_samples, -2 * exponent)
        return np.concatenate([_exceeds(*equation, at) for equation in equations])


def _in_units(
    s: Floats, d: Floats, outputs: Floats, layers: Floats
) -> tuple[Iterator[tuple[SharpnessEquation, NDArray[np.intp]]], int]:
    """Give the equations of some states after others, each with how many layers are 0, in units of 2 to a power; it."""
    s, d = np.atleast_2d(s, d)
    exponent, count = exponent_of(s[:, 0].max()), max(1, _NUMBERS_AT_ONCE // outputs.shape[1])

    def of(first: int) -> tuple[SharpnessEquation, NDArray[np.intp]]:
        some = slice(first, first + count)
        parts = [np.ldexp(part if len(part) == 1 else part[some], -exponent) for part in (s, d, outputs)]
        equation = _equation(*(np.ascontiguousarray(part.T) for part in (*parts, layers[some])))
        return equation, (layers[some] == 0).sum(axis=1)

    return map(of, range(0, len(outputs), count)), exponent


def _equation(s: Floats, d: Floats, f: Floats, v: Floats) -> SharpnessEquation:
    poles, weights, squares, products = of_a_mode(product(v), s, d, f)
    ordered = v
    if len(v) > 1:
        order = np.argsort(np.arange(len(v))[:, None] != np.argmin(np.abs(v), axis=0), axis=0, kind="stable")
        ordered = np.take_along_axis(v, order, axis=0)
    F, G = _DOUBLE.total(squares), _DOUBLE.total(products)
    equation = bordered_equation(_DOUBLE, poles, weights, F, G, ordered)
    return SharpnessEquation(*(part if np.ndim(part) else np.full(len(F), part) for part in equation))


def _roots(equation: SharpnessEquation, zero_layers: NDArray[np.intp]) -> Floats:
    pole, low, high = bounds(_DOUBLE, equation)
    finite = float64_holds(high, zero_layers)
    found = np.where(finite, low, math.inf)
    unknown = np.flatnonzero(finite & (high > low))
    if len(unknown) == len(found):
        found = _top_roots(pole, low, high, equation)
    elif len(unknown):
        found[unknown] = _top_roots(pole[unknown], low[unknown], high[unknown], _at(equation, unknown))
    return found


def _exceeds(equation: SharpnessEquation, zero_layers: NDArray[np.intp], level: float) -> Flags:
    _, low, high = bounds(_DOUBLE, equation)
    finite = float64_holds(high, zero_layers)
    at = np.full(len(low), level)
    value, _, pull = evaluate(_DOUBLE, equation, at)
    inside = (low < at) & (at < high)
    return np.asarray(~finite | (at <= low) & (at < high) | inside & _is_below(equation, at, value, pull))


def _at(equation: SharpnessEquation, places: NDArray[np.intp]) -> SharpnessEquation:
    return SharpnessEquation(*(part[..., places] for part in equation))


def _top_roots(pole: Floats, floor: Floats, high: Floats, equation: SharpnessEquation) -> Floats:
    """Search all roots together, as `numerics.sharpness.root` does; now and then those that are found leave."""
    found, places, searching = np.empty(len(high)), np.arange(len(high)), np.ones(len(high), dtype=bool)
    low, at = floor, high
    for step in range(MOST_STEPS):
        value, slope, pull = evaluate(_DOUBLE, equation, at)
        below = _is_below(equation, at, value, pull)
        low, high = np.where(below, at, low), np.where(below, high, at)
        closed = searching & ~(high - low > _UNIT * high)
        following = _interpolated(at, value, slope, pole)
        settled = searching & ~closed & ~(np.abs(following - at) > _UNIT * at)
        found[places[closed]] = high[closed]
        found[places[settled]] = np.where(following > floor, following, floor)[settled]
        slow = step >= PATIENCE and step % 4 == 0 and np.abs(following - at) > (at - floor) * 0.25
        at, searching = _bracketed(following, low, high, floor, slow), searching & ~(closed | settled)
        left = np.flatnonzero(searching)
        if not len(left):
            return found
        if 2 * len(left) <= len(places):
            low, high, at, pole, floor = (part[left] for part in (low, high, at, pole, floor))
            equation, places, searching = _at(equation, left), places[left], searching[left]
    found[places[searching]] = ((low + high) * 0.5)[searching]
    return found


def _is_below(equation: SharpnessEquation, at: Floats, value: Floats, pull: Floats) -> Flags:
    if not len(equation.offsets):
        return np.asarray(value < 0)
    bound = -equation.coupling * equation.least_product
    second = at * np.abs(equation.least_layer) < np.where(equation.least_layer < 0, -bound, bound)
    return np.asarray((value < 0) | ((equation.total_product * pull > 0) & second))


def _interpolated(at: Floats, value: Floats, slope: Floats, pole: Floats) -> Floats:
    distance = at - pole
    strength = (slope - 1.0) * distance * distance
    linear = (pole - (at - strength / distance - value)) * 0.5
    root = np.sqrt(linear * linear + strength)
    following = pole + np.where(linear > 0, strength / (linear + root), root - linear)
    return np.where(strength > 0, following, np.where(slope > 0, at - value / slope, pole))


def _bracketed(following: Floats, low: Floats, high: Floats, floor: Floats, slow: Flags | bool) -> Floats:
    """Replace what leaves the bracket by the geometric mean of the distances from the floor, or by the middle."""
    outside = np.flatnonzero(slow | ~((low < following) & (following < high)))
    if len(outside):
        low, high, floor = low[outside], high[outside], floor[outside]
        nearest = low - floor
        nearest = np.where(nearest > _UNIT * high, nearest, _UNIT * high * 0.5)
        mean = floor + np.sqrt(nearest * (high - floor))
        following[outside] = np.where((low < mean) & (mean < high), mean, (low + high) * 0.5)
    return following
