"""Gradient descent as p bits do it on average: the staircase in place of the rounding."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic import at_precision
from numerics.finite_precision.base_trajectory import BaseTrajectory, equal_to
from numerics.finite_precision.linearization import Jacobian, rounded_spectrum
from numerics.finite_precision.problem import Problem
from numerics.finite_precision.rounded_sharpness import Floats
from numerics.finite_precision.rounding import Rounding, last_place
from numerics.finite_precision.staircase import SHAKEN, rounding_errors
from numerics.model.products import product, products_of_others

_LIFT_BITS = 256


class MeanDescent:
    """Gradient descent in float64 from the data and the start that p bits leave, with the mean errors of storing.

    An output whose label is 0 can become smaller than any float64, and come back. It is kept lifted, as `f_i 2^k`.

    Args:
        problem: what is run.
        bits: p.
    """

    def __init__(self, problem: Problem, bits: int) -> None:
        arithmetic = at_precision(bits)
        self.model, self.step_size, self._bits = problem.model(arithmetic), float(problem.step_size), bits
        state, to_float = problem.start(self.model), arithmetic.to_float
        with arithmetic.active():
            rates = self.model.rates(arithmetic.number(problem.step_size), self.model.n_samples)
        self._mode_rates = np.array([to_float(rate) for rate in rates.first_layer])
        self._layer_rate = to_float(rates.layers)
        self._spectrum = rounded_spectrum(self.model)
        self._labels = np.asarray(self._spectrum.label_coefficients)
        self._lifted = np.array([to_float(value) for value in (*state.first_layer, *state.layers)])
        self._lifts = np.zeros(len(self._lifted), dtype=np.intp)
        self._free = np.flatnonzero(self._labels == 0)
        self._equal_layers = equal_to(self.layers)
        # What makes (c, v) of (f, v).
        self._scale = np.concatenate([1 / np.asarray(self._spectrum.singular_values), np.ones(len(self.layers))])
        self._look()

    @property
    def weights(self) -> Floats:
        """The `(f, v)`, shape `(r + D - 1,)`."""
        return np.asarray(np.ldexp(self._lifted, -self._lifts))

    @property
    def layers(self) -> Floats:
        """The `v_j`, shape `(D - 1,)`."""
        return self._lifted[self.model.rank :]

    def linearized(self) -> tuple[Jacobian, Rounding]:
        """Give how the step from here moves a displacement, and what it rounds off."""
        rank, now, after = self.model.rank, self.weights, np.ldexp(self._lifted + self._increments, -self._lifts)
        here, there = (now[:rank], now[rank:]), (after[:rank], after[rank:])
        jacobian = Jacobian.at(self._spectrum, self.step_size, *here)
        return jacobian, Rounding.at(self._spectrum, self.step_size, here, there, self._equal_layers)

    def stands_still(self, displacements: Floats) -> NDArray[np.bool_]:
        """Tell which displaced weights none of whose increments reaches half a unit in the last place.

        Args:
            displacements: by how much the increments of the `(c, v)` differ from those here, shape `(r + D - 1, K)`.
        """
        moves = self._increments[:, None] + self._lift(displacements.T).T
        return np.asarray((np.abs(moves) < self._units[:, None] / 2).all(axis=0))

    def extinct(self, displacements: Floats) -> NDArray[np.bool_]:
        """Tell which displaced weights lose their top mode for ever in this step.

        Without a label, a step multiplies its output by `1 - (s^2 eta / N) P^2`. Where that is below half a unit in the
        last place of 1, what is taken off is rounded to the output itself, and leaves 0.

        Args:
            displacements: of the `(c, v)`, shape `(r + D - 1, K)`.
        """
        top = int(np.argmax(self._mode_rates))
        if self._labels[top] != 0:
            return np.zeros(displacements.shape[1], dtype=bool)
        P = product(list(self.layers[:, None] + displacements[self.model.rank :]))
        left = np.abs(1 - self._mode_rates[top] * np.square(P)) * abs(self._lifted[top])
        return np.asarray(left < self._units[top] / 2)

    def advance(self, spread: Floats) -> Floats:
        """Take a step.

        Args:
            spread: standard deviations of the increments of the `(c, v)`, shape `(r + D - 1,)`.

        Returns:
            The variances of the errors of storing the weights, in units in the last place, shape `(r + D - 1,)`.
        """
        slow, moves, shaken = self._on_stairs(spread)
        variances = np.full(len(spread), 1 / 12)
        mean, variances[slow] = rounding_errors(moves, shaken)
        self._increments[slow] += self._units[slow] * mean
        self._lifted = self._lifted + self._increments
        if len(free := self._free):
            sizes = np.abs(self._lifted[free])
            lifts = np.where(sizes < 2.0**-_LIFT_BITS, _LIFT_BITS, np.where(sizes > 1, -_LIFT_BITS, 0))
            lifts = np.maximum(lifts, -self._lifts[free])
            self._lifted[free], self._lifts[free] = np.ldexp(self._lifted[free], lifts), self._lifts[free] + lifts
        self._look()
        return variances

    def trajectory(self, weights: list[Floats]) -> BaseTrajectory:
        """Make a trajectory of the `(f, v)` of many steps."""
        rank, found = self.model.rank, np.array(weights)
        return BaseTrajectory(self._spectrum, self.step_size, found[:, :rank], found[:, rank:])

    def _on_stairs(self, spread: Floats) -> tuple[NDArray[np.bool_], Floats, Floats]:
        """Tell which weights are slow, and give their increments and fluctuations in units in the last place."""
        units, spread = self._units, self._lift(spread)
        # A weight that half goes in one step has another unit after it, and is on no staircase.
        slow = (spread < SHAKEN * units) & (np.abs(self._increments) < np.abs(self._lifted) / 2)
        return slow, self._increments[slow] / units[slow], spread[slow] / units[slow]

    def _lift(self, moves: Floats) -> Floats:
        return np.asarray(np.ldexp(moves / self._scale, self._lifts))

    def _look(self) -> None:
        rank, each = self.model.rank, list(self.layers)
        P, outputs = product(each), self.weights[:rank]
        z = P * outputs - self._labels
        slope = self._layer_rate * float(z @ outputs)
        of_layers = [slope if other is None else slope * other for other in products_of_others(each)]
        of_modes = self._mode_rates * (P * self._lifted[:rank] - self._labels) * P
        self.loss = float(z @ z) / (2 * self.model.n_samples)
        self._increments = -np.concatenate([of_modes, of_layers])
        self._units = np.ldexp(last_place(self._lifted), -self._bits)
