"""The sharpness equation's top root in float64: numba compiles the reference as it stands, so the bits are the same.

Only the reference's functions that depend on the kind of number are given anew, for float64.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
import numpy as np
from numba.extending import overload
from numpy.typing import NDArray

from numerics.arithmetic.base import LANES, Number
from numerics.model import products, sharpness_equation
from numerics.model.base import State
from numerics.model.reduced import ReducedModel
from numerics.model.sharpness_equation import (
    SharpnessEquation,
    bounds,
    equation_at,
    float64_holds,
    of_a_mode,
    resolvent_terms,
)
from numerics.sharpness import root
from numerics.sharpness.root import search

Floats = NDArray[np.float64]


def _number(arithmetic: None, value: int) -> float:
    return float(value)


def _square_root(arithmetic: None, value: float) -> float:
    return math.sqrt(value)


def _largest(arithmetic: None, values: Floats) -> Any:
    best = values[0]
    for value in values:
        best = max(best, value)
    return best


def _total(arithmetic: None, terms: Floats) -> Any:
    lanes, whole = np.zeros(LANES), len(terms) // LANES * LANES
    for start in range(0, whole, LANES):
        for k in range(LANES):
            lanes[k] += terms[start + k]
    for k in range(len(terms) - whole):
        lanes[k] += terms[whole + k]
    for apart in (8, 4, 2, 1):  # the order of `Arithmetic.total`
        for k in range(apart):
            lanes[k] += lanes[k + apart]
    return lanes[0]


def _larger(arithmetic: None, one: float, other: float) -> float:
    return other if other > one else one


def _layer_ratio(arithmetic: None, least: float, layer: float) -> float:
    return 0.0 if least == 0 else least / layer


def _modes(arithmetic: None, P: float, s: Floats, d: Floats, f: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    poles, weights, squares, products = np.empty_like(s), np.empty_like(s), np.empty_like(s), np.empty_like(s)
    for i in range(len(s)):
        poles[i], weights[i], squares[i], products[i] = of_a_mode(P, s[i], d[i], f[i])
    return poles, weights, squares, products


def _resolvent_sums(arithmetic: None, equation: SharpnessEquation, position: float) -> Any:
    poles, weights = equation.poles, equation.weights
    first, second = np.empty_like(poles), np.empty_like(poles)
    for i in range(len(poles)):
        first[i], second[i] = resolvent_terms(1.0, position, poles[i], weights[i])
    return _total(None, first), _total(None, second)


_ANY: Any = None  # compiled code has one arithmetic alone
_OPTIONS: Any = {"error_model": "numpy"}
_OWN: dict[Callable[..., Any], Callable[..., Any]] = {
    sharpness_equation.number: _number,
    sharpness_equation.square_root: _square_root,
    sharpness_equation.largest: _largest,
    sharpness_equation.total: _total,
    sharpness_equation.larger: _larger,
    sharpness_equation.layer_ratio: _layer_ratio,
    sharpness_equation.modes: _modes,
    sharpness_equation.resolvent_sums: _resolvent_sums,
}
_AS_THEY_STAND: tuple[Callable[..., Any], ...] = (
    products.product,
    equation_at,
    of_a_mode,
    resolvent_terms,
    sharpness_equation.least_layer,
    sharpness_equation.least_first,
    sharpness_equation.bordered_equation,
    sharpness_equation.evaluate,
    sharpness_equation.from_sums,
    sharpness_equation.is_below,
    bounds,
    float64_holds,
    root.interpolated,
    search,
    _total,
)


def _take(reference: Callable[..., Any], compiled: Callable[..., Any]) -> None:
    overload(reference, jit_options=_OPTIONS, strict=False)(lambda *arguments: compiled)


for _function in _AS_THEY_STAND:
    _take(_function, _function)
for _function, _float64 in _OWN.items():
    _take(_function, _float64)


def _from_source(source: str) -> Callable[[Floats, Floats, Floats, Floats], float]:
    """Compile, or read what was compiled from the same source; by itself numba looks for changes in this file alone."""

    @numba.njit(cache=True, **_OPTIONS)  # type: ignore[untyped-decorator]
    def top_root(s: Any, d: Any, f: Any, v: Any) -> Any:
        source  # noqa: B018
        equation = equation_at(_ANY, s, d, f, v)
        pole, low, high = bounds(_ANY, equation)
        if not float64_holds(high, (v == 0).sum()):
            return math.inf
        return search(_ANY, equation, pole, low, high, high, 2.0**-51, None) if high > low else low

    return top_root  # type: ignore[no-any-return]


def _digest() -> str:
    files = (str(module.__file__) for module in (products, sharpness_equation, root))
    return hashlib.sha256(b"".join(Path(file).read_bytes() for file in files)).hexdigest()


float64_root = _from_source(_digest())
"""Gives N times the sharpness from `s`, `d`, the outputs `f` and the layers; infinity or NaN beyond float64."""


class Float64Sharpness:
    """The compiled sharpness of a reduced float64 model."""

    def __init__(self, model: ReducedModel) -> None:
        self.model = model

    def __call__(self, state: State) -> Number | None:
        """Give the sharpness, or None where float64 cannot hold it."""
        s, d = self.model.singular_values, self.model.label_coefficients
        found = float64_root(s, d, state.first_layer, np.array(state.layers))
        return np.float64(found / self.model.n_samples) if math.isfinite(found) else None
