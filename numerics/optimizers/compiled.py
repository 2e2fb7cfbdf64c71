"""Compiled loops that give the reference's bits, where there is one for a model."""

from __future__ import annotations

from numerics.arithmetic import Mpfr
from numerics.arithmetic.base import Number
from numerics.model.base import Model
from numerics.model.reduced import ReducedModel
from numerics.optimizers.base import Stepper


def compiled_descent(model: Model, step_size: Number) -> Stepper | None:
    """Give a compiled gradient descent for a model, or None where there is none or nothing to compile with."""
    if not isinstance(model, ReducedModel):
        return None
    if isinstance(model.arithmetic, Mpfr):
        try:
            from numerics.optimizers.lanes_descent import LanesDescent
        except ImportError:
            return None
        return LanesDescent(model, step_size)
    return None
