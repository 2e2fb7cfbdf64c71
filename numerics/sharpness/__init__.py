"""Sharpness of the minimalist model: exactly, at any state and depth, in every arithmetic."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from numerics.arithmetic.ball import Ball
from numerics.arithmetic.base import Number
from numerics.arithmetic.numpy_float import NumpyFloat
from numerics.fast import fast_sharpness
from numerics.model.base import Model, State
from numerics.model.sharpness_equation import bounds, float64_holds
from numerics.sharpness.enclosure import enclosed_sharpness
from numerics.sharpness.root import top_root
from numerics.sharpness.units import in_units, unit_exponent
from theory.errors import NotFiniteError

__all__ = ["sharpness", "sharpness_along_a_run", "top_root"]


def sharpness(model: Model, state: State) -> Number:
    """Give `S = lambda_max(Hess L)`, with its factor 1/N, at one state of the reduced model.

    In floating point to the last few bits, in `Ball` as an enclosure. From depth 3 on the Hessian has `sum f_i z_i` in
    it: where that cancels, the last few bits are those of its largest terms, and only a ball tells how many S has left.

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
    exponent = unit_exponent(model)
    if exponent:
        value = np.ldexp(_sharpness(*in_units(model, state, exponent)), 2 * exponent)
        if not np.isfinite(value):
            raise NotFiniteError(f"the sharpness leaves the range of {a.kind}; use mpfr or mpmath")
        return value
    return _sharpness(model, state)


def _sharpness(model: Model, state: State) -> Number:
    a = model.arithmetic
    wide = a.wider(64)
    with wide.active():
        equation = model.sharpness_equation(state, wide)
        high = bounds(wide, equation)[-1]
        zero_layers = sum(layer == 0 for layer in state.layers)
        if not (float64_holds(high, zero_layers) if isinstance(wide, NumpyFloat) else wide.is_finite(high)):
            raise NotFiniteError(f"the sharpness leaves the range of {wide.kind}; use mpfr or mpmath")
        root = top_root(wide, equation) / wide.number(model.n_samples)
    return a.number(root)


def sharpness_along_a_run(model: Model, states: int) -> Callable[[State], Number]:
    """Give the function that finds the sharpness at the states of a run, with the bits of `sharpness`.

    Args:
        model: the model.
        states: at how many states it will be asked for; many are worth loading compiled code for.
    """
    quick = None if unit_exponent(model) else fast_sharpness(model, states)

    def found(state: State) -> Number:
        value = None if quick is None else quick(state)
        return sharpness(model, state) if value is None else value

    return found
