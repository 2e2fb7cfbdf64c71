"""Gradient flow, to its limit on data of any conditioning."""

from __future__ import annotations

from numerics.arithmetic.base import Number
from numerics.gradient_flow.implicit_step import flow_step
from numerics.model.base import Model, State
from numerics.model.reduced import ReducedModel
from numerics.optimizers.base import Optimizer, Stepper
from theory.errors import ParameterError

_FIRST_LENGTH = "1/10"


class GradientFlow(Optimizer):
    """`theta' = -grad L`, in steps that are as long as the slow modes allow (`numerics.gradient_flow.implicit_step`).

    The memory is the length of the next step, 0 once the flow is at rest, and the time reached.

    >>> from numerics.arithmetic import Float64
    >>> from numerics.trajectory import train
    >>> from theory import Spectrum
    >>> model = ReducedModel.from_spectrum(Spectrum([1.0, 1e-5], [1.0, 1e-4], n_samples=2), 2, Float64())
    >>> run = train(model, GradientFlow(), model.state([0.5, 0.5], [0.5]), steps=1000, tolerance=1e-25)
    >>> run.outcome.value, run.last_step < 500
    ('converged', True)
    """

    name = "gf"
    summary = "gradient flow, in long steps that follow the slow modes to the limit"

    def on(self, model: Model, *, fast: bool = True) -> Stepper:
        """Bind to a model.

        Raises:
            ParameterError: a model in other coordinates than the reduced ones.
        """
        if not isinstance(model, ReducedModel):
            raise ParameterError("gf is for the minimalist model; use gf-runge-kutta")
        return _Flow(model)


OPTIMIZER = GradientFlow


class _Flow(Stepper):
    model: ReducedModel

    def step(self, state: State, index: int, memory: tuple[Number, ...]) -> tuple[State, tuple[Number, ...]]:
        a = self.model.arithmetic
        length, time = memory or (self._first_length(state), a.number(0))
        if not length > 0:
            return state, (length, time)
        step = flow_step(self.model, state, length)
        following = a.number(0) if step.at_rest else step.next_length
        return step.state, (following, time + step.length)

    def _first_length(self, state: State) -> Number:
        from numerics.sharpness import sharpness

        a, top = self.model.arithmetic, sharpness(self.model, state)
        return a.number(_FIRST_LENGTH) / top if top > 0 else a.number(0)
