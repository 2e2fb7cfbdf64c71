"""The sharpness of many states at once, in NumPy: operation for operation what `compiled` does, so with the same bits.

It needs nothing to be loaded or compiled, which takes longer than the sharpness of some ten thousand states.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.base import LANES

_MOST_STEPS = 400
_UNIT = 2.0**-51

Floats = NDArray[np.float64]


def sharpnesses_together(s: Floats, d: Floats, outputs: Floats, layers: Floats, n_samples: int) -> Floats:
    """Give the sharpness of many states of one model; infinity or NaN where float64 cannot hold it.

    Args:
        s: singular values, shape `(r,)`.
        d: label coefficients, shape `(r,)`.
        outputs: the `f_i`, shape `(K, r)`.
        layers: shape `(K, D - 1)`.
        n_samples: `N`.

    >>> sharpnesses_together(np.array([2.0]), np.array([6.0]), np.array([[2.0]]), np.array([[3.0]]), 4)
    array([10.])
    """
    if not len(outputs):
        return np.empty(0)
    with np.errstate(all="ignore"):
        return (
            _tops(s[:, None], d[:, None], np.ascontiguousarray(outputs.T), np.ascontiguousarray(layers.T)) / n_samples
        )


def _total(terms: Floats) -> Floats:
    """Sum over the first axis, in the order of `Arithmetic.total`."""
    count = len(terms)
    whole = count // LANES * LANES
    lanes = terms[:LANES].copy() if whole else 0.0 + terms
    for start in range(LANES, whole, LANES):
        lanes += terms[start : start + LANES]
    if whole:
        lanes[: count - whole] += terms[whole:]
    for apart in (8, 4, 2, 1):
        if len(lanes) > apart:
            lanes[: len(lanes) - apart] += lanes[apart:]
            lanes = lanes[:apart]
    return np.asarray(lanes[0])


def _tops(s: Floats, d: Floats, f: Floats, v: Floats) -> Floats:
    P = v[0]
    for layer in v[1:]:
        P = P * layer
    scaled = P * f
    z = scaled - d
    root, beta = P * s, s * (z + scaled)
    poles, weights = root * root, beta * beta
    constant, coupling = _total(f * f), _total(f * z)

    least = np.argmin(np.abs(v), axis=0)
    v1 = np.take_along_axis(v, least[None], axis=0)[0]
    numerators, offsets = np.empty((len(v) - 1, len(P))), np.empty((len(v) - 1, len(P)))
    p1, shift, border, sizes = np.ones_like(P), np.zeros_like(P), np.zeros_like(P), np.zeros_like(P)
    others = np.take_along_axis(v, np.arange(len(v) - 1)[:, None] + (np.arange(len(v) - 1)[:, None] >= least), axis=0)
    for k, other in enumerate(others):
        p1 = p1 * other
        q = np.ones_like(P)
        for j, factor in enumerate(others):
            if j != k:
                q = q * factor
        t = np.where(v1 == 0, 0.0, v1 / other)
        shift = shift + q * t
        numerators[k] = coupling * (q * q) * ((1.0 - t) * (1.0 + t))
        offsets[k] = t * q * coupling
        border = border + (v1 * q) * (v1 * q)
        sizes = sizes + np.abs(q)
    border = border + p1 * p1
    block = constant * border + np.abs(coupling) * sizes

    pole, floor = poles.max(axis=0), np.zeros_like(P)
    for bound in (pole, *(-offsets)):
        floor = np.where(bound > floor, bound, floor)
    middle, apart = (pole + block) * 0.5, (pole - block) * 0.5
    high = middle + np.sqrt(apart * apart + _total(weights) * border)
    found = np.where(np.isfinite(high), floor, math.inf)
    open_ = np.flatnonzero(np.isfinite(high) & (high > floor))
    equation = np.stack([constant, coupling, shift, p1, v1, v1 * p1, pole, floor])
    rows = (len(equation), *[len(f)] * 2, *[len(v) - 1] * 2)
    everything = np.concatenate([equation, poles, weights, numerators, offsets])[:, open_]
    found[open_] = _roots(everything, np.cumsum(rows)[:-1].tolist(), len(v), high[open_])
    return found


def _roots(everything: Floats, cuts: list[int], n_layers: int, high: Floats) -> Floats:
    """Search all roots together; those that are found leave."""
    found, places = np.empty(len(high)), np.arange(len(high))
    low, at = everything[7], high
    for _ in range(_MOST_STEPS):
        equation, poles, weights, numerators, offsets = np.split(everything, cuts)
        constant, coupling, shift, p1, v1, whole, pole, floor = equation
        inverse = 1.0 / (at - poles)
        ratios = weights * inverse
        phi, phi_slope = constant + _total(ratios), -_total(ratios * inverse)
        if n_layers == 1:
            value, slope = at - phi, 1.0 - phi_slope
            below = value < 0
        else:
            K, K_slope = shift, np.zeros_like(shift)
            for numerator, offset in zip(numerators, offsets, strict=True):
                ratio = numerator / (at + offset)
                K = K + ratio
                K_slope = K_slope - ratio / (at + offset)
            squared = p1 * p1
            pull = whole * phi + coupling
            value = at - squared * phi - pull * K
            slope = 1.0 - squared * phi_slope - whole * phi_slope * K - pull * K_slope
            sign = np.where(v1 < 0, -1.0, 1.0)
            below = (value < 0) | ((whole * pull > 0) & (at * np.abs(v1) < -coupling * p1 * sign))
        low, high = np.where(below, at, low), np.where(below, high, at)
        closed = ~(high - low > _UNIT * high)
        distance = at - pole
        strength = (slope - 1.0) * distance * distance
        linear = (pole - (at - strength / distance - value)) * 0.5
        root = np.sqrt(linear * linear + strength)
        following = pole + np.where(linear > 0, strength / (linear + root), root - linear)
        newton = np.where(slope > 0, at - value / slope, pole)
        following = np.where(strength > 0, following, newton)
        settled = ~closed & ~(np.abs(following - at) > _UNIT * at)
        found[places[closed]] = high[closed]
        found[places[settled]] = np.where(following > floor, following, floor)[settled]
        at = _bracketed(following, low, high, floor)
        stays = ~(closed | settled)
        if not stays.all():
            places, low, high, at = places[stays], low[stays], high[stays], at[stays]
            if not len(places):
                return found
            everything = everything[:, stays]
    found[places] = (low + high) * 0.5
    return found


def _bracketed(following: Floats, low: Floats, high: Floats, floor: Floats) -> Floats:
    """Replace what leaves the bracket by the geometric mean of the distances from the floor, or by the middle."""
    nearest = low - floor
    nearest = np.where(nearest > _UNIT * high, nearest, _UNIT * high * 0.5)
    mean = floor + np.sqrt(nearest * (high - floor))
    mean = np.where((low < mean) & (mean < high), mean, (low + high) * 0.5)
    return np.where((low < following) & (following < high), following, mean)
