"""Gradient flow, by the paper's Runge-Kutta method: a step is never longer than the fastest mode allows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Self

from numerics.arithmetic.base import Number
from numerics.model.base import Model, State
from numerics.model.sharpness_equation import bounds
from numerics.optimizers.base import Optimizer, Options, Stepper, check_step_size

REFRESH = 50
"""The sharpness that sets the step is computed again every so many steps, as in the paper."""


class RungeKuttaFlow(Optimizer):
    """`theta' = -grad L`, by the classical fourth-order Runge-Kutta method with step `c / S`.

    `S` is the sharpness, computed again every 50 steps as in the paper, and also once a bound on the Hessian's norm has
    passed twice the S in use: from small weights the sharpness grows a hundredfold within 50 steps, and with the old S
    the method would leave the flow. The memory is the current step, the time reached, and S.

    >>> RungeKuttaFlow().settings()
    {'optimizer': 'gf-runge-kutta', 'safety': '1/2'}
    """

    name = "gf-runge-kutta"
    summary = "gradient flow by the paper's Runge-Kutta method; ETA is the constant c of its step c/S, by default 1/2"

    def __init__(self, safety: object = "1/2") -> None:
        check_step_size(safety, "the constant c of the step c/S")
        self.safety = safety

    @classmethod
    def from_options(cls, options: Options) -> Self:
        """Take what is given as step size for the constant c."""
        made = super().from_options(replace(options, step_size=None))
        return made if options.step_size is None else cls(options.step_size)

    def on(self, model: Model, *, fast: bool = True) -> Stepper:
        """Bind to a model."""
        return _RungeKutta(model, model.arithmetic.number(self.safety))


OPTIMIZER = RungeKuttaFlow


class _RungeKutta(Stepper):
    def __init__(self, model: Model, safety: Number) -> None:
        super().__init__(model)
        self.safety = safety

    def _bound(self, state: State) -> Number:
        """Bound the sharpness, at about the cost of one gradient."""
        a = self.model.arithmetic
        return bounds(a, self.model.sharpness_equation(state, a))[-1] / a.number(self.model.n_samples)

    def step(self, state: State, index: int, memory: tuple[Number, ...]) -> tuple[State, tuple[Number, ...]]:
        from numerics.sharpness import sharpness

        a, model = self.model.arithmetic, self.model
        if index % REFRESH == 0 or not memory or self._bound(state) > memory[2] + memory[2]:
            time = memory[1] if memory else a.number(0)
            top = sharpness(model, state)
            # A ball that holds 0 and more is no such case: its step has no bound, and the run is undecided.
            if top <= 0:
                return state, (a.number(0), time, top)
            memory = (self.safety / top, time, top)
        length, time, top = memory
        half, six = a.number("1/2"), a.number(6)
        rates = model.rates(length, model.n_samples)
        first = model.increments(state, rates)
        second = model.increments(state.minus(_joined(lambda dw: dw * half, first)), rates)
        third = model.increments(state.minus(_joined(lambda dw: dw * half, second)), rates)
        fourth = model.increments(state.minus(third), rates)

        def mean(first: Number, second: Number, third: Number, fourth: Number) -> Number:
            inner = second + third
            return ((first + fourth) + (inner + inner)) / six

        return state.minus(_joined(mean, first, second, third, fourth)), (length, time + length, top)


def _joined(function: Callable[..., Number], *increments: State) -> State:
    layers = zip(*(one.layers for one in increments), strict=True)
    return State(function(*(one.first_layer for one in increments)), tuple(function(*dv) for dv in layers))
