"""Compiled loops that give the reference's bits, where there is one for a model."""

from __future__ import annotations

from numerics.arithmetic import Float32, Float64, Mpfr
from numerics.arithmetic.base import Number
from numerics.compiled.lanes import MOST_BITS
from numerics.model.base import Model
from numerics.model.reduced import ReducedModel
from numerics.optimizers.base import Stepper


def compiled_descent(model: Model, step_size: Number) -> Stepper | None:
    """Give a compiled gradient descent for a model, or None where there is none.

    The loops are for `float32`, `float64` and `mpfr`; `mpmath` stays the reference and `ball` the rigorous one.
    """
    if not isinstance(model, ReducedModel) or not isinstance(model.arithmetic, (Float32, Float64, Mpfr)):
        return None
    if model.arithmetic.bits > MOST_BITS:
        return None
    from numerics.compiled.lanes_descent import LanesDescent

    return LanesDescent(model, step_size)
