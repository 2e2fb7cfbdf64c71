"""The sharpness in float64, compiled: operation for operation what `equation` and `root` do, so with the same bits."""

from __future__ import annotations

import math
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.base import LANES
from numerics.model.base import State
from numerics.model.reduced import ReducedModel

_MOST_STEPS = 400
_UNIT = 2.0**-51

Floats = NDArray[np.float64]
_compile = numba.njit(cache=True, error_model="numpy")


def reduced_sharpness(model: ReducedModel, state: State) -> np.float64:
    """Give the sharpness of a reduced float64 model; infinity or NaN where float64 cannot hold it."""
    f, v = state.first_layer, np.array(state.layers)
    root = _top(model.singular_values, model.label_coefficients, f, v)
    return np.float64(root / model.n_samples)


def reduced_root(s: Floats, d: Floats, outputs: Floats, layers: Floats) -> Any:
    """Give N times the sharpness from the plain arrays; infinity or NaN where float64 cannot hold it."""
    return _top(s, d, outputs, layers)


def many_sharpnesses(s: Floats, d: Floats, outputs: Floats, layers: Floats, n_samples: int) -> Floats:
    """Give the sharpness of many states of one model: `outputs` of shape `(R, r)`, `layers` of shape `(R, D - 1)`."""
    return np.asarray(_many(s, d, outputs, layers)) / n_samples


@_compile
def _many(s: Any, d: Any, outputs: Any, layers: Any) -> Any:
    out = np.empty(len(outputs))
    for k in range(len(outputs)):
        out[k] = _top(s, d, outputs[k], layers[k])
    return out


@_compile
def _total(terms: Any) -> float:
    count = len(terms)
    if count == 0:
        return 0.0
    lanes = np.zeros(LANES)
    whole = count // LANES * LANES
    if whole:
        for k in range(LANES):
            lanes[k] = terms[k]
        for start in range(LANES, whole, LANES):
            for k in range(LANES):
                lanes[k] += terms[start + k]
    for k in range(count - whole):
        lanes[k] += terms[whole + k]
    apart = LANES // 2
    while apart:
        for k in range(apart):
            lanes[k] += lanes[k + apart]
        apart //= 2
    return float(lanes[0])


@_compile
def _top(s: Any, d: Any, f: Any, v: Any) -> Any:
    count, n_layers = len(s), len(v)
    P = v[0]
    for j in range(1, n_layers):
        P = P * v[j]
    poles, weights = np.empty(count), np.empty(count)
    squares, products = np.empty(count), np.empty(count)
    for i in range(count):
        scaled = P * f[i]
        z = scaled - d[i]
        root = P * s[i]
        beta = s[i] * (z + scaled)
        poles[i] = root * root
        weights[i] = beta * beta
        squares[i] = f[i] * f[i]
        products[i] = f[i] * z
    constant, coupling = _total(squares), _total(products)

    least = 0
    for j in range(1, n_layers):
        if abs(v[j]) < abs(v[least]):
            least = j
    numerators, offsets = np.empty(n_layers - 1), np.empty(n_layers - 1)
    p1, shift, border, sizes = 1.0, 0.0, 0.0, 0.0
    v1, k = v[least], 0
    for j in range(n_layers):
        if j == least:
            continue
        p1 = p1 * v[j]
        q = 1.0
        for other in range(n_layers):
            if other != j and other != least:
                q = q * v[other]
        t = 0.0 if v1 == 0 else v1 / v[j]
        shift = shift + q * t
        numerators[k] = coupling * (q * q) * ((1.0 - t) * (1.0 + t))
        offsets[k] = t * q * coupling
        border = border + (v1 * q) * (v1 * q)
        sizes = sizes + abs(q)
        k += 1
    border = border + p1 * p1
    block = constant * border + abs(coupling) * sizes
    whole = v1 * p1

    pole, floor = poles[0], 0.0
    for i in range(count):
        pole = max(pole, poles[i])
    floor = max(floor, pole)
    for k in range(n_layers - 1):
        floor = max(floor, -offsets[k])
    middle, apart = (pole + block) * 0.5, (pole - block) * 0.5
    high = middle + math.sqrt(apart * apart + _total(weights) * border)
    if not math.isfinite(high):
        return math.inf
    if not high > floor:
        return floor
    low, at = floor, high
    ratios, slopes = squares, products  # their sums are taken
    for _ in range(_MOST_STEPS):
        for i in range(count):
            inverse = 1.0 / (at - poles[i])
            ratios[i] = weights[i] * inverse
            slopes[i] = ratios[i] * inverse
        phi = constant + _total(ratios)
        phi_slope = -_total(slopes)
        if n_layers == 1:
            value, slope, pull = at - phi, 1.0 - phi_slope, phi
        else:
            K, K_slope = shift, 0.0
            for k in range(n_layers - 1):
                ratio = numerators[k] / (at + offsets[k])
                K = K + ratio
                K_slope = K_slope - ratio / (at + offsets[k])
            squared = p1 * p1
            pull = whole * phi + coupling
            value = at - squared * phi - pull * K
            slope = 1.0 - squared * phi_slope - whole * phi_slope * K - pull * K_slope
        below = value < 0
        if not below and n_layers > 1 and whole * pull > 0:
            sign = -1.0 if v1 < 0 else 1.0
            below = at * abs(v1) < -coupling * p1 * sign
        if below:
            low = at
        else:
            high = at
        if not high - low > _UNIT * high:
            return high
        distance = at - pole
        strength = (slope - 1.0) * distance * distance
        if not strength > 0:
            following = at - value / slope if slope > 0 else pole
        else:
            linear = (pole - (at - strength / distance - value)) * 0.5
            root = math.sqrt(linear * linear + strength)
            following = pole + (strength / (linear + root) if linear > 0 else root - linear)
        if not abs(following - at) > _UNIT * at:
            return following if following > floor else floor
        if not (low < following < high):
            nearest = low - floor
            if not nearest > _UNIT * high:
                nearest = _UNIT * high * 0.5
            following = floor + math.sqrt(nearest * (high - floor))
            if not (low < following < high):
                following = (low + high) * 0.5
        at = following
    return (low + high) * 0.5
