"""Which models have compiled paths, and where these repay being loaded."""

from __future__ import annotations

from collections.abc import Callable

from numerics.arithmetic import Float32, Float64, Mpfr
from numerics.arithmetic.base import Number
from numerics.compiled.lanes import MOST_BITS
from numerics.model.base import Model, State
from numerics.model.reduced import ReducedModel
from numerics.optimizers.base import Stepper, Visited

_FLOAT64_STATES = 5000
"""Loading what numba compiled takes as long as the reference takes for so many states."""

_RECORDED_NUMBERS = 2000
"""Compiling the recorded descent takes as long as recording so many numbers of a few runs."""

_MANY_BIT_MODES = 250_000
"""Compiling the many-bit sharpness takes as long as finding so many, where each state counts its modes and 20 more."""


def compiled_descent(model: Model, step_size: Number, reference: Stepper) -> Stepper | None:
    """Give a gradient descent for a model that is compiled where that repays, or None where there is none.

    The loops are for `float32`, `float64` and `mpfr`; `mpmath` stays the reference and `ball` the rigorous one.
    """
    if not isinstance(model, ReducedModel) or not isinstance(model.arithmetic, (Float32, Float64, Mpfr)):
        return None
    if model.arithmetic.bits > MOST_BITS:
        return None
    from numerics.compiled.descent import QuickestDescent

    return QuickestDescent(model, step_size, reference)


def compiled_recording(
    model: Model, step_size: object, divergence_loss: float, steps: int
) -> Callable[[State, int], Visited] | None:
    """Give a function that takes and records steps from a state, or None.

    It is for `float32`, `float64` and `mpfr`, and for a number of steps that repays loading it.
    """
    if not isinstance(model, ReducedModel) or not isinstance(model.arithmetic, (Float32, Float64, Mpfr)):
        return None
    if steps * (model.rank + model.depth) < _RECORDED_NUMBERS:
        return None
    from numerics.compiled.recorded_descent import CompiledRecording

    return CompiledRecording(model, step_size, divergence_loss).visit


def compiled_sharpness(model: Model, states: int) -> Callable[[State], Number | None] | None:
    """Give a function that finds the sharpness, or None at a state where the reference must; or None.

    It is for `float64` and `mpfr`, and for a number of states that repays loading it.
    """
    if not isinstance(model, ReducedModel):
        return None
    if isinstance(model.arithmetic, Float64) and states >= _FLOAT64_STATES:
        from numerics.compiled.float64_sharpness import Float64Sharpness

        return Float64Sharpness(model)
    worth_compiling = states * (model.rank + 20) >= _MANY_BIT_MODES
    if isinstance(model.arithmetic, Mpfr) and model.arithmetic.bits <= MOST_BITS and worth_compiling:
        from numerics.compiled.many_bit_sharpness import ManyBitSharpness

        return ManyBitSharpness(model)
    return None
