"""The one door to `numerics.compiled`: fast paths that give the reference's bits, for whoever asks and is told yes.

A run asks once, when it is bound to its model. Without the folder, or without the packages it needs, the answer is None
and the reference does the work.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from numerics.arithmetic.base import Number
from numerics.model.base import Model, State
from numerics.optimizers.base import Stepper, Visited

if TYPE_CHECKING:
    from numerics.finite_precision.base_trajectory import BaseTrajectory
    from numerics.finite_precision.few_bit_steps import FewBitSteps
    from numerics.finite_precision.mean_descent import MeanDescent
    from numerics.finite_precision.stretch import Kept


def fast_descent(model: Model, step_size: Number, reference: Stepper) -> Stepper | None:
    """Give gradient descent on a model, compiled where that repays, else by the reference; None where there is none."""
    try:
        from numerics.compiled.choice import compiled_descent

        return compiled_descent(model, step_size, reference)
    except ImportError:
        return None


def fast_recording(
    model: Model, step_size: object, divergence_loss: float, steps: int
) -> Callable[[State, int], Visited] | None:
    """Give a compiled loop that records every step; None where there is none, or so few steps do not repay loading."""
    try:
        from numerics.compiled.choice import compiled_recording

        return compiled_recording(model, step_size, divergence_loss, steps)
    except ImportError:
        return None


def fast_few_bit_steps(descent: MeanDescent, limit: int, divergence_loss: float) -> FewBitSteps | None:
    """Give the compiled steps of runs of few bits; None where there are none, or where they do not repay loading."""
    try:
        from numerics.compiled.choice import compiled_few_bit_steps

        return compiled_few_bit_steps(descent, limit, divergence_loss)
    except ImportError:
        return None


def fast_noise(base: BaseTrajectory, first: int) -> list[Kept] | None:
    """Give what is kept of the draws along a trajectory from a step on, compiled; None where that does not repay."""
    try:
        from numerics.compiled.choice import compiled_noise

        return compiled_noise(base, first)
    except ImportError:
        return None


def fast_sharpness(model: Model, states: int) -> Callable[[State], Number | None] | None:
    """Give the compiled sharpness of a model; None where there is none, or where so few states do not repay loading.

    The function gives None at a state where the reference must decide.
    """
    try:
        from numerics.compiled.choice import compiled_sharpness

        return compiled_sharpness(model, states)
    except (ImportError, RuntimeError):  # RuntimeError: numba finds no folder where it may keep what it compiled
        return None
