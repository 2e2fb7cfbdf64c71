"""The one door to `numerics.compiled`: fast paths that give the reference's bits, for whoever asks and is told yes.

A run asks once, when it is bound to its model. Which models have a fast path, and where it repays being loaded, stands
here. Without the folder, or without the packages it needs, the answer is None and the reference does the work.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from numerics.arithmetic import Float32, Float64, Mpfr
from numerics.arithmetic.base import Number
from numerics.model.base import Model, State
from numerics.model.reduced import ReducedModel
from numerics.optimizers.base import Stepper, Visited

if TYPE_CHECKING:
    from numerics.finite_precision.base_trajectory import BaseTrajectory
    from numerics.finite_precision.few_bit_steps import FewBitSteps
    from numerics.finite_precision.mean_descent import MeanDescent
    from numerics.finite_precision.stretch import Kept

_FLOAT64_STATES = 5000
"""Loading what numba compiled takes as long as the reference takes for so many states."""

_RECORDED_NUMBERS = 2000
"""Compiling the recorded descent takes as long as recording so many numbers of a few runs."""

_HARDWARE_STEPS = 2000
"""Compiling the descent in the processor's own numbers takes as long as so many steps,"""

_DESCENT_MODES = 300_000
"""that of many bits as moving so many modes,"""

_SHARPNESS_MODES = 250_000
"""and the many-bit sharpness as finding it with so many; each step, and each state, counts its modes and 20 more."""

_FEW_BIT_STEPS = 70
"""Compiling the descent of few bits takes as long as the reference takes for so many steps, of one run or of many."""

_NOISE_STEPS = 200
"""It serves the noise along a trajectory too, which repays it after some more steps where there are no few bits."""

_HARDWARE_BITS = (24, 53)

_Given = ParamSpec("_Given")
_Path = TypeVar("_Path")


def _or_none(find: Callable[_Given, _Path | None]) -> Callable[_Given, _Path | None]:
    """Answer None where the folder, or a package that it needs, is missing."""

    @wraps(find)
    def found(*arguments: _Given.args, **named: _Given.kwargs) -> _Path | None:
        try:
            return find(*arguments, **named)
        except ImportError:
            return None

    return found


def steps_that_repay(model: ReducedModel) -> int:
    """Give for how many steps the descent is worth compiling."""
    return _HARDWARE_STEPS if model.arithmetic.bits in _HARDWARE_BITS else _many_bit_cost(_DESCENT_MODES, model)


def states_that_repay(model: ReducedModel) -> int:
    """Give for how many states the sharpness is worth loading."""
    return _FLOAT64_STATES if isinstance(model.arithmetic, Float64) else _many_bit_cost(_SHARPNESS_MODES, model)


def _many_bit_cost(modes: int, model: ReducedModel) -> int:
    return modes // (model.rank + 20)


@_or_none
def fast_descent(model: Model, step_size: Number, reference: Stepper) -> Stepper | None:
    """Give gradient descent on a model, compiled where that repays, else by the reference; None where there is none.

    The loops are for `float32`, `float64` and `mpfr`; `mpmath` stays the reference and `ball` the rigorous one.
    """
    if not isinstance(model, ReducedModel) or not isinstance(model.arithmetic, (Float32, Float64, Mpfr)):
        return None
    from numerics.compiled.lanes import MOST_BITS

    if model.arithmetic.bits > MOST_BITS:
        return None
    from numerics.compiled.descent import QuickestDescent

    return QuickestDescent(model, step_size, reference, steps_that_repay(model))


@_or_none
def fast_recording(
    model: Model, step_size: object, divergence_loss: float, steps: int
) -> Callable[[State, int], Visited] | None:
    """Give a compiled loop that records every step; None where there is none, or so few steps do not repay loading.

    It is for `float32`, `float64` and `mpfr`.
    """
    if not isinstance(model, ReducedModel) or not isinstance(model.arithmetic, (Float32, Float64, Mpfr)):
        return None
    if steps * (model.rank + model.depth) < _RECORDED_NUMBERS:
        return None
    from numerics.compiled.recorded_descent import CompiledRecording

    return CompiledRecording(model, step_size, divergence_loss).visit


@_or_none
def fast_few_bit_steps(descent: MeanDescent, limit: int, divergence_loss: float) -> FewBitSteps | None:
    """Give the compiled steps of runs of few bits; None where there are none, or where they do not repay loading."""
    if limit < _FEW_BIT_STEPS:
        return None
    from numerics.compiled.few_bit_descent import CompiledSteps

    return CompiledSteps(descent, limit, divergence_loss)


@_or_none
def fast_noise(base: BaseTrajectory, first: int) -> list[Kept] | None:
    """Give what is kept of the draws along a trajectory from a step on, compiled; None where that does not repay."""
    if base.last_step < _NOISE_STEPS:
        return None
    from numerics.compiled.few_bit_descent import noise_along

    return noise_along(base, first)


@_or_none
def fast_sharpness(model: Model, states: int) -> Callable[[State], Number | None] | None:
    """Give the compiled sharpness of a model; None where there is none, or where so few states do not repay loading.

    The function gives None at a state where the reference must decide. It is for `float64` and `mpfr`.
    """
    if not isinstance(model, ReducedModel) or states < states_that_repay(model):
        return None
    try:
        if isinstance(model.arithmetic, Float64):
            from numerics.compiled.float64_sharpness import Float64Sharpness

            return Float64Sharpness(model)
        from numerics.compiled.lanes import MOST_BITS

        if isinstance(model.arithmetic, Mpfr) and model.arithmetic.bits <= MOST_BITS:
            from numerics.compiled.many_bit_sharpness import ManyBitSharpness

            return ManyBitSharpness(model)
    except RuntimeError:  # numba finds no folder where it may keep what it compiled
        pass
    return None
