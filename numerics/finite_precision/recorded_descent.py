"""Gradient descent recorded at every step, many steps at a time.

Step by step these are the operations of `ReducedModel.increments` and `ReducedModel.loss`, so they end at the same
bits; a residual serves the loss of one step and the increment of the next. The sharpness of all steps is computed
together. Where there is a compiled loop it takes the steps; `RecordedReference` is what it has to agree with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic import Arithmetic, Float64
from numerics.arithmetic.base import Number, Vector
from numerics.fast import fast_recording
from numerics.finite_precision.rounded_sharpness import RoundedSharpness
from numerics.model.base import State
from numerics.model.products import product, products_of_others
from numerics.model.reduced import ReducedModel
from numerics.optimizers.base import ESCAPE_BITS, Visited
from numerics.trajectory.recorded_stretch import Stretch, StretchRecorder

_BITS_OF_A_MOMENT = 1 << 22
"""What a compiled loop goes through at a time, so that the user can stop it."""


class RecordedDescent(StretchRecorder):
    """Records loss, sharpness and weights of gradient descent at every step.

    Args:
        model: the reduced model, in any arithmetic but balls.
        step_size: `eta`.
        divergence_loss: the run has diverged once the loss is above this.
        observer: what the sharpness is read by.
        steps: how many steps will be asked for; many are worth loading compiled code for.
    """

    def __init__(
        self,
        model: ReducedModel,
        step_size: object,
        divergence_loss: float,
        observer: RoundedSharpness,
        steps: int = 0,
    ) -> None:
        self.model, self.observer, self.divergence_loss, self._taken = model, observer, divergence_loss, 0
        quick = fast_recording(model, step_size, divergence_loss, steps)
        if quick is not None:
            self.first_stretch = max(self.first_stretch, _BITS_OF_A_MOMENT // (model.rank * model.arithmetic.bits))
        self.visit = quick or RecordedReference(model, step_size, divergence_loss).visit

    def start(self, state: State) -> Stretch:
        """Record a state before any step."""
        loss, to_float = self.model.loss(state), self.model.arithmetic.to_float
        if not self.model.arithmetic.is_finite(loss):
            weights = np.empty((0, self.model.rank + self.model.depth - 1))
            return Stretch(state, 0, True, {"loss": np.empty(0), "sharpness": np.empty(0), "weights": weights})
        weights = np.array([[to_float(value) for value in (*state.first_layer, *state.layers)]])
        series = {"loss": np.array([to_float(loss)]), "sharpness": self._tops(weights, lambda place: state, 0)}
        return Stretch(state, 0, bool(loss > self.divergence_loss), {**series, "weights": weights})

    def take(self, state: State, count: int) -> Stretch:
        """Take `count` steps from a state, or fewer if the run diverges."""
        seen = self.visit(state, count)
        tops = self._tops(seen.weights, seen.state_at, self._taken + 1)
        self._taken += seen.steps
        series = {"loss": seen.losses, "sharpness": tops, "weights": seen.weights}
        return Stretch(seen.state, seen.steps, seen.diverged, series)

    def _tops(self, weights: NDArray[np.float64], state_at: Callable[[int], State], first: int) -> NDArray[np.float64]:
        rank = self.model.rank
        return self.observer.of_all(self.model, weights[:, :rank], weights[:, rank:], state_at, first)


class RecordedReference:
    """Takes and records steps in the arithmetic's own numbers.

    Args:
        model: the reduced model.
        step_size: `eta`.
        divergence_loss: the run has diverged once the loss is above this.
    """

    def __init__(self, model: ReducedModel, step_size: object, divergence_loss: float) -> None:
        self.model, self.divergence_loss = model, divergence_loss
        a = model.arithmetic
        with a.active():
            rates = model.rates(a.number(step_size), model.n_samples)
        self.labels, self.rates = _numbers(a, model.label_coefficients), _numbers(a, rates.first_layer)
        self.layer_rate, self.twice_samples, self.unreachable, self.limit = _numbers(
            a, (rates.layers, a.number(2 * model.n_samples), model.unreachable_loss, a.number(2**ESCAPE_BITS))
        )

    def visit(self, state: State, count: int) -> Visited:
        """Take some steps from a state, or fewer if the run diverges."""
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
        return Visited(
            self._state(f + v), taken, diverged, _floats(losses), weights, lambda place: self._state(visited[place])
        )

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
