"""Gradient descent recorded at every step, many steps at a time.

Step by step these are the operations of `ReducedModel.increments` and `ReducedModel.loss`, so they end at the same
bits; a residual serves the loss of one step and the increment of the next. The numbers stay in lists, and the sharpness
of all steps is computed together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic import Arithmetic, Float64
from numerics.arithmetic.base import Number, Vector
from numerics.finite_precision.rounded_sharpness import RoundedSharpness
from numerics.model.base import State
from numerics.model.products import product, products_of_others
from numerics.model.reduced import ReducedModel
from numerics.optimizers.base import ESCAPE_BITS
from numerics.trajectory.recorded_stretch import Stretch, StretchRecorder


class RecordedDescent(StretchRecorder):
    """Records loss, sharpness and weights of gradient descent at every step.

    Args:
        model: the reduced model, in any arithmetic but balls.
        step_size: `eta`.
        divergence_loss: the run has diverged once the loss is above this.
        observer: what the sharpness is read by.
    """

    def __init__(
        self, model: ReducedModel, step_size: object, divergence_loss: float, observer: RoundedSharpness
    ) -> None:
        self.model, self.divergence_loss, self.observer = model, divergence_loss, observer
        a = model.arithmetic
        with a.active():
            rates = model.rates(a.number(step_size), model.n_samples)
        self.labels, self.rates = _numbers(a, model.label_coefficients), _numbers(a, rates.first_layer)
        self.layer_rate, self.twice_samples, self.unreachable, self.limit = _numbers(
            a, (rates.layers, a.number(2 * model.n_samples), model.unreachable_loss, a.number(2**ESCAPE_BITS))
        )

    def take(self, state: State, count: int) -> Stretch:
        """Take `count` steps from a state, or fewer if the run diverges."""
        a = self.model.arithmetic
        f, v = _numbers(a, state.first_layer), _numbers(a, state.layers)
        losses: list[Number] = []
        visited: list[list[Number]] = []
        taken, diverged = 0, False
        with a.active():
            P, z = self._residual(f, v)
            while taken < count and not diverged:
                slope = self.layer_rate * a.total_of([residual * x for residual, x in zip(z, f, strict=True)])
                f = [x - rate * residual * P for x, rate, residual in zip(f, self.rates, z, strict=True)]
                if len(v) == 1:
                    v = [v[0] - slope]
                else:
                    v = [x - slope * others for x, others in zip(v, products_of_others(v), strict=True)]
                taken += 1
                if not all(-self.limit < x < self.limit for x in v):
                    diverged = True
                    break
                P, z = self._residual(f, v)
                loss = a.total_of([residual * residual for residual in z]) / self.twice_samples + self.unreachable
                diverged = not loss <= self.divergence_loss
                if diverged and not a.is_finite(loss):
                    break
                losses.append(loss)
                visited.append(f + v)
        weights = _floats(visited, len(f) + len(v))
        tops = self.observer.of_all(
            self.model, weights[:, : len(f)], weights[:, len(f) :], lambda place: self._state(visited[place])
        )
        series = {"loss": _floats(losses), "sharpness": tops, "weights": weights}
        return Stretch(self._state(f + v), taken, diverged, {name: values.tolist() for name, values in series.items()})

    def _residual(self, f: Sequence[Number], v: Sequence[Number]) -> tuple[Number, list[Number]]:
        P = product(v)
        return P, [P * x - d for x, d in zip(f, self.labels, strict=True)]

    def _state(self, weights: Sequence[Number]) -> State:
        vector: Vector = np.empty(len(weights), dtype=self.model.arithmetic.dtype)
        vector[:] = weights
        return State(vector[: self.model.rank], tuple(vector[self.model.rank :]))


def _numbers(arithmetic: Arithmetic, values: Iterable[Number]) -> list[Number]:
    """Give numbers whose operators are the quickest: of float64, Python's own floats."""
    if isinstance(arithmetic, Float64):
        return [float(value) for value in values]
    return list(values)


def _floats(values: Sequence[Number] | Sequence[list[Number]], *shape: int) -> NDArray[np.float64]:
    return np.array(values, dtype=np.float64).reshape(len(values), *shape)
