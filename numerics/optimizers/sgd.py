"""Stochastic gradient descent with independent batches: the SGD of Theorem 5.9."""

from __future__ import annotations

import numpy as np

from numerics.arithmetic.base import Number
from numerics.model.base import Model, Rates, State
from numerics.optimizers.base import (
    Batch,
    Optimizer,
    Stepper,
    check_batch_size,
    check_step_size,
    random_generator,
)


class StochasticGradientDescent(Optimizer):
    """`theta+ = theta - eta grad L_B(theta)`, with exactly B of the N samples, without replacement, afresh each step.

    `L_B = ||P_t (f - y)||^2 / (2 B)`. The batch of a step depends on the seed and the step's number alone.

    >>> optimizer = StochasticGradientDescent("0.1", batch_size=3, seed=0)
    >>> len(optimizer.batch(0, n_samples=5)), optimizer.settings()
    (3, {'optimizer': 'sgd', 'step_size': '0.1', 'batch_size': 3, 'seed': 0})
    """

    name = "sgd"
    summary = "stochastic gradient descent, each batch drawn independently of the others"
    independent_batches = True
    batch_size: int

    def __init__(self, step_size: object, batch_size: int, seed: int) -> None:
        check_step_size(step_size)
        random_generator(seed, 0)
        self.step_size, self.batch_size, self.seed = step_size, batch_size, seed

    def batch(self, index: int, n_samples: int) -> Batch:
        """Give the samples of one step, in ascending order."""
        chosen = random_generator(self.seed, index).choice(n_samples, self.batch_size, replace=False)
        return np.sort(chosen).astype(np.intp)

    def on(self, model: Model, *, fast: bool = True) -> Stepper:
        """Bind to a model.

        Raises:
            ParameterError: a batch size outside 1..N.
        """
        check_batch_size(self.batch_size, model.n_samples)
        return _BatchDescent(model, self)


OPTIMIZER = StochasticGradientDescent


class _BatchDescent(Stepper):
    def __init__(self, model: Model, optimizer: StochasticGradientDescent) -> None:
        super().__init__(model)
        self.optimizer = optimizer
        self.step_size = model.arithmetic.number(optimizer.step_size)
        self._rates: dict[int, Rates] = {}

    def step(self, state: State, index: int, memory: tuple[Number, ...]) -> tuple[State, tuple[Number, ...]]:
        batch = self.optimizer.batch(index, self.model.n_samples)
        size = len(batch)
        if size not in self._rates:
            self._rates[size] = self.model.rates(self.step_size, size)
        return state.minus(self.model.increments(state, self._rates[size], batch)), memory
