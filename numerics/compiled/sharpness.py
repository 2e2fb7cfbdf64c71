"""The compiled sharpness where there is one for a model, and where it repays being loaded."""

from __future__ import annotations

from collections.abc import Callable

from numerics.arithmetic import Float64, Mpfr
from numerics.arithmetic.base import Number
from numerics.compiled.lanes import MOST_BITS
from numerics.model.base import Model, State
from numerics.model.reduced import ReducedModel

_FLOAT64_STATES = 5000
"""Loading what numba compiled takes as long as the reference takes for so many states."""

_MANY_BIT_MODES = 400_000
"""Compiling the sums takes as long, where each state counts its modes and 20 more."""


def compiled_sharpness(model: Model, states: int) -> Callable[[State], Number | None] | None:
    """Give a function that finds the sharpness or leaves it to the reference, for so many states; or None.

    It is for `float64` and `mpfr`; `mpmath` stays the reference and `ball` the rigorous one.
    """
    if not isinstance(model, ReducedModel):
        return None
    if isinstance(model.arithmetic, Float64) and states >= _FLOAT64_STATES:
        from numerics.compiled.float64_sharpness import Float64Sharpness

        return Float64Sharpness(model)
    if (
        isinstance(model.arithmetic, Mpfr)
        and model.arithmetic.bits <= MOST_BITS
        and states * (model.rank + 20) >= _MANY_BIT_MODES
    ):
        from numerics.compiled.many_bit_sharpness import ManyBitSharpness

        return ManyBitSharpness(model)
    return None
