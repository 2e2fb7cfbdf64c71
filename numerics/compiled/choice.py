"""Which models have compiled paths, and where these repay being loaded."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from numerics.arithmetic import Float32, Float64, Mpfr
from numerics.arithmetic.base import Number
from numerics.compiled.lanes import MOST_BITS
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


def steps_that_repay(model: ReducedModel) -> int:
    """Give for how many steps the descent is worth compiling."""
    return _HARDWARE_STEPS if model.arithmetic.bits in _HARDWARE_BITS else _many_bit_cost(_DESCENT_MODES, model)


def states_that_repay(model: ReducedModel) -> int:
    """Give for how many states the sharpness is worth loading."""
    return _FLOAT64_STATES if isinstance(model.arithmetic, Float64) else _many_bit_cost(_SHARPNESS_MODES, model)


def _many_bit_cost(modes: int, model: ReducedModel) -> int:
    return modes // (model.rank + 20)


def compiled_descent(model: Model, step_size: Number, reference: Stepper) -> Stepper | None:
    """Give a gradient descent for a model that is compiled where that repays, or None where there is none.

    The loops are for `float32`, `float64` and `mpfr`; `mpmath` stays the reference and `ball` the rigorous one.
    """
    if not isinstance(model, ReducedModel) or not isinstance(model.arithmetic, (Float32, Float64, Mpfr)):
        return None
    if model.arithmetic.bits > MOST_BITS:
        return None
    from numerics.compiled.descent import QuickestDescent

    return QuickestDescent(model, step_size, reference, steps_that_repay(model))


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


def compiled_few_bit_steps(descent: MeanDescent, limit: int, divergence_loss: float) -> FewBitSteps | None:
    """Give the steps of runs of few bits, or None where so few do not repay compiling them."""
    if limit < _FEW_BIT_STEPS:
        return None
    from numerics.compiled.few_bit_descent import CompiledSteps

    return CompiledSteps(descent, limit, divergence_loss)


def compiled_noise(base: BaseTrajectory, first: int) -> list[Kept] | None:
    """Give what is kept of the draws along a trajectory, or None where so few steps do not repay compiling them."""
    if base.last_step < _NOISE_STEPS:
        return None
    from numerics.compiled.few_bit_descent import noise_along

    return noise_along(base, first)


def compiled_sharpness(model: Model, states: int) -> Callable[[State], Number | None] | None:
    """Give a function that finds the sharpness, or None at a state where the reference must; or None.

    It is for `float64` and `mpfr`, and for a number of states that repays loading it.
    """
    if not isinstance(model, ReducedModel) or states < states_that_repay(model):
        return None
    if isinstance(model.arithmetic, Float64):
        from numerics.compiled.float64_sharpness import Float64Sharpness

        return Float64Sharpness(model)
    if isinstance(model.arithmetic, Mpfr) and model.arithmetic.bits <= MOST_BITS:
        from numerics.compiled.many_bit_sharpness import ManyBitSharpness

        return ManyBitSharpness(model)
    return None
