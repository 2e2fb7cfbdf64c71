"""Sharpness of the minimalist model: exactly, at any state and depth, in every arithmetic."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Callable
from functools import cache, partial

import numpy as np

from numerics.arithmetic.ball import Ball
from numerics.arithmetic.base import Number
from numerics.arithmetic.float64 import Float64
from numerics.arithmetic.mpfr import Mpfr
from numerics.compiled.lanes import MOST_BITS
from numerics.model.base import Model, State
from numerics.model.reduced import ReducedModel
from numerics.model.sharpness_equation import SharpnessEquation
from numerics.sharpness.enclosure import enclosed_sharpness
from numerics.sharpness.root import top_root
from theory.errors import NotFiniteError

__all__ = ["SharpnessEquation", "sharpness", "top_root"]


def sharpness(model: Model, state: State) -> Number:
    """Give `S = lambda_max(Hess L)`, with its factor 1/N, at one state of the reduced model.

    In floating point to the last few bits; in `Ball` as an enclosure.

    Raises:
        NotFiniteError: float32 or float64 cannot hold it.

    >>> from numerics.arithmetic import Float64
    >>> from numerics.model.reduced import ReducedModel
    >>> from theory import Spectrum
    >>> model = ReducedModel.from_spectrum(Spectrum([2.0], [6.0], n_samples=4), 2, Float64())
    >>> sharpness(model, model.state([1.0], [3.0]))
    np.float64(10.0)
    """
    a = model.arithmetic
    if isinstance(a, Ball):
        return enclosed_sharpness(model, state, a)
    compiled = _compiled(model, state)
    if compiled is not None:
        found = compiled()
        if not a.is_finite(found):
            raise NotFiniteError("the sharpness leaves the range of float64; use mpfr or mpmath")
        return found
    quick = _quick(model, state)
    if quick is not None:
        return quick
    wide = a.wider(64)
    with wide.active():
        equation = model.sharpness_equation(state, wide)
        if not wide.is_finite(equation.ceiling()):
            raise NotFiniteError(f"the sharpness leaves the range of {wide.kind}; use mpfr or mpmath")
        root = top_root(equation, _start(model, state, equation)) / wide.number(model.n_samples)
    return a.number(root)


def _quick(model: Model, state: State) -> Number | None:
    """Give what the compiled sums find, once as much time went into one precision as it takes to compile them."""
    a = model.arithmetic
    if not isinstance(model, ReducedModel) or not isinstance(a, Mpfr) or a.bits > MOST_BITS:
        return None
    _spent[a.bits] += 100 + 3 * model.rank  # microseconds, about
    if _spent[a.bits] < _COMPILATION:
        return None
    found = _wide_sharpness()
    return None if found is None else found(model, state)


@cache
def _wide_sharpness() -> Callable[[ReducedModel, State], Number | None] | None:
    try:
        from numerics.compiled.many_bit_sharpness import wide_sharpness
    except (ImportError, RuntimeError):  # no llvmlite or numba, or no folder where it may keep what it compiled
        return None
    return wide_sharpness


_COMPILATION = 700_000
_spent: Counter[int] = Counter()


def _start(model: Model, state: State, equation: SharpnessEquation) -> Number | None:
    """Solve the equation in float64 where its numbers fit, as a start for more bits."""
    wide, double = equation.arithmetic, Float64()
    if wide.bits <= double.bits:
        return None
    if isinstance(model, ReducedModel) and next(_calls) >= _WARM_UP:
        found = _compiled_start(model, state)
        if found is not None:
            return wide.number(found)
    with double.active():
        rounded = equation.rounded(double)
        if not double.is_finite(rounded.ceiling()) or not rounded.ceiling() > 0:
            return None
        return wide.number(top_root(rounded))


def _compiled_start(model: ReducedModel, state: State) -> float | None:
    try:
        from numerics.compiled.sharpness import reduced_root
    except (ImportError, RuntimeError):  # no numba, or no folder where it may keep what it compiled
        return None
    to_float = model.arithmetic.to_float
    s, d = model.rounded_spectrum
    f = np.array([to_float(x) for x in state.first_layer])
    found = float(reduced_root(s, d, f, np.array([to_float(v) for v in state.layers])))
    return found if math.isfinite(found) and found > 0 else None


_WARM_UP = 50  # loading the compiled code takes as long as some thousand calls without it
_calls = itertools.count()


def _compiled(model: Model, state: State) -> Callable[[], Number] | None:
    """Give the compiled function, which has the same bits, to whoever asks often enough."""
    if not isinstance(model, ReducedModel) or not isinstance(model.arithmetic, Float64) or next(_calls) < _WARM_UP:
        return None
    try:
        from numerics.compiled.sharpness import reduced_sharpness
    except (ImportError, RuntimeError):  # no numba, or no folder where it may keep what it compiled
        return None
    return partial(reduced_sharpness, model, state)
