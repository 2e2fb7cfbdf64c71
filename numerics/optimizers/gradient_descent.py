"""Gradient descent."""

from __future__ import annotations

from numerics.arithmetic.base import Number
from numerics.fast import fast_descent
from numerics.model.base import Model, State
from numerics.optimizers.base import Optimizer, Stepper, check_step_size


class GradientDescent(Optimizer):
    """`theta+ = theta - eta grad L(theta)` (equations 10 and 11).

    >>> GradientDescent(1).settings()
    {'optimizer': 'gd', 'step_size': '1'}
    """

    name = "gd"
    summary = "gradient descent"

    def __init__(self, step_size: object) -> None:
        check_step_size(step_size)
        self.step_size = step_size

    def on(self, model: Model, *, fast: bool = True) -> Stepper:
        """Bind to a model."""
        step_size = model.arithmetic.number(self.step_size)
        reference = _Descent(model, step_size)
        return (fast_descent(model, step_size, reference) if fast else None) or reference


OPTIMIZER = GradientDescent


class _Descent(Stepper):
    def __init__(self, model: Model, step_size: Number) -> None:
        super().__init__(model)
        with model.arithmetic.active():
            self.rates = model.rates(step_size, model.n_samples)

    def step(self, state: State, index: int, memory: tuple[Number, ...]) -> tuple[State, tuple[Number, ...]]:
        return state.minus(self.model.increments(state, self.rates)), memory
