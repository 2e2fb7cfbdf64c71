"""Gradient descent as p bits do it on average: the staircase in place of the rounding."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic import at_precision
from numerics.finite_precision.base_trajectory import equal_to
from numerics.finite_precision.linearization import Jacobian, Point, Spectra
from numerics.finite_precision.problem import Problem
from numerics.finite_precision.rounded_sharpness import Floats
from numerics.finite_precision.rounding import Rounding, last_place
from numerics.finite_precision.staircase import SHAKEN, rounding_errors
from numerics.finite_precision.stretch import LIFT_BITS
from numerics.model.products import product

_ALL = slice(None)


class MeanDescent:
    """Gradient descent in float64 from the data and the start that p bits leave, with the mean errors of storing.

    An output whose label is 0 can become smaller than any float64, and come back. It is kept lifted, as `f_i 2^k`.

    Args:
        problem: what is run.
        bits: p of each of the B runs.
    """

    def __init__(self, problem: Problem, bits: Sequence[int]) -> None:
        arithmetics = [at_precision(p) for p in bits]
        self.models, self.step_size = [problem.model(a) for a in arithmetics], float(problem.step_size)
        self.bits, self.rank = np.array(bits, dtype=np.intp), self.models[0].rank
        rates, layer_rates, starts = [], [], []
        for a, model in zip(arithmetics, self.models, strict=True):
            state = problem.start(model)
            with a.active():
                rate = model.rates(a.number(problem.step_size), model.n_samples)
            rates.append([a.to_float(x) for x in rate.first_layer])
            layer_rates.append(a.to_float(rate.layers))
            starts.append([a.to_float(x) for x in (*state.first_layer, *state.layers)])
        self.mode_rates, self.layer_rate, self._lifted = np.array(rates), np.array(layer_rates), np.array(starts)
        s, d = (np.array(part) for part in zip(*(model.rounded_spectrum for model in self.models), strict=True))
        self.spectra = Spectra(s, d, self.models[0].n_samples)
        self._lifts = np.zeros(self._lifted.shape, dtype=np.intp)
        self._free = np.flatnonzero(d[0] == 0)
        self.equal_layers = np.array([equal_to(layers) for layers in self.layers])
        # What makes (c, v) of (f, v).
        self._scale = np.concatenate([1 / s, np.ones(self.layers.shape)], axis=1)
        self._point: Point
        self._look()

    @property
    def weights(self) -> Floats:
        """The `(f, v)`, shape `(B, r + D - 1)`."""
        return self._lowered(self._lifted)

    @property
    def layers(self) -> Floats:
        """The `v_j`, shape `(B, D - 1)`."""
        return self._lifted[:, self.rank :]

    def select(self, runs: NDArray[np.intp]) -> None:
        """Go on with some of the runs."""
        self.models = [self.models[run] for run in runs]
        s, d, n_samples = self.spectra
        self.spectra = Spectra(s[runs], d[runs], n_samples)
        for name in ("bits", "loss", *_OF_EACH_RUN):
            setattr(self, name, getattr(self, name)[runs])
        self._point = Point(self.spectra, *(part[runs] for part in self._point[1:]))

    def linearized(self) -> tuple[Jacobian, Rounding]:
        """Give how the step from here moves a displacement, and what it rounds off."""
        after = self._lowered(self._lifted + self._increments)
        there = after[:, : self.rank], after[:, self.rank :]
        jacobian = Jacobian.at(self._point, self.step_size)
        return jacobian, Rounding.at(self._point, self.step_size, there, self.equal_layers)

    def stands_still(self, displacements: Callable[[slice], Floats]) -> NDArray[np.bool_]:
        """Tell which displaced weights none of whose increments reaches half a unit in the last place.

        Args:
            displacements: gives by how much the increments of some of the `(c, v)` differ from those here, shape
                `(B, .., K)`.
        """
        fastest = int((np.abs(self._increments) / self._units).min(axis=0).argmax())  # which mostly tells enough
        still = self._stand_still(displacements, slice(fastest, fastest + 1))
        return self._stand_still(displacements, _ALL) if still.any() else still

    def _stand_still(self, displacements: Callable[[slice], Floats], weights: slice) -> NDArray[np.bool_]:
        moves = self._increments[:, weights, None] + self._lift(displacements(weights), weights)
        return np.asarray((np.abs(moves) < self._units[:, weights, None] / 2).all(axis=1))

    def extinct(self, displacements: Callable[[], Floats]) -> NDArray[np.bool_] | bool:
        """Tell which displaced weights lose their top mode for ever in this step.

        Without a label, a step multiplies its output by `1 - (s^2 eta / N) P^2`. Where that is below half a unit in the
        last place of 1, what is taken off is rounded to the output itself, and leaves 0.

        Args:
            displacements: gives those of the `(c, v)`, shape `(B, r + D - 1, K)`.
        """
        top = int(np.argmax(self.mode_rates[0]))
        if top not in self._free:
            return False
        P = product(list(np.moveaxis(self.layers[..., None] + displacements()[:, self.rank :], 1, 0)))
        left = np.abs(1 - self.mode_rates[:, top, None] * np.square(P)) * np.abs(self._lifted[:, top, None])
        return np.asarray(left < self._units[:, top, None] / 2)

    def advance(self, spread: Floats) -> Floats:
        """Take a step.

        Args:
            spread: standard deviations of the increments of the `(c, v)`, shape `(B, r + D - 1)`.

        Returns:
            The variances of the errors of storing the weights, in units in the last place, shape `(B, r + D - 1)`.
        """
        slow, moves, shaken = self._on_stairs(spread)
        variances = np.full(spread.shape, 1 / 12)
        mean, variances[slow] = rounding_errors(moves, shaken)
        self._increments[slow] += self._units[slow] * mean
        self._lifted = self._lifted + self._increments
        if len(free := self._free):
            sizes = np.abs(self._lifted[:, free])
            lifts = np.where(sizes < 2.0**-LIFT_BITS, LIFT_BITS, np.where(sizes > 1, -LIFT_BITS, 0))
            lifts = np.maximum(lifts, -self._lifts[:, free])
            self._lifted[:, free] = np.ldexp(self._lifted[:, free], lifts)
            self._lifts[:, free] += lifts
        self._look()
        return variances

    def _on_stairs(self, spread: Floats) -> tuple[NDArray[np.bool_], Floats, Floats]:
        """Tell which weights are slow, and give their increments and fluctuations in units in the last place."""
        units, spread = self._units, self._lift(spread[..., None])[..., 0]
        # A weight that half goes in one step has another unit after it, and is on no staircase.
        slow = (spread < SHAKEN * units) & (np.abs(self._increments) < np.abs(self._lifted) / 2)
        return slow, self._increments[slow] / units[slow], spread[slow] / units[slow]

    def _lift(self, moves: Floats, weights: slice = _ALL) -> Floats:
        moves = moves / self._scale[:, weights, None]
        return np.ldexp(moves, self._lifts[:, weights, None]) if len(self._free) else moves

    def _lowered(self, lifted: Floats) -> Floats:
        return np.ldexp(lifted, -self._lifts) if len(self._free) else lifted

    def _look(self) -> None:
        rank, weights = self.rank, self.weights
        self._point = point = Point.at(self.spectra, weights[:, :rank], weights[:, rank:])
        z = lifted_z = point.residuals
        if len(self._free):
            lifted_z = point.product * self._lifted[:, :rank] - self.spectra.label_coefficients
        self.loss = np.einsum("br,br->b", z, z) / (2 * self.spectra.n_samples)
        slope = self.layer_rate * np.einsum("br,br->b", z, point.outputs)
        self._increments = np.empty(weights.shape)
        self._increments[:, :rank] = -self.mode_rates * lifted_z * point.product
        self._increments[:, rank:] = -slope[:, None] * point.others
        self._units = np.ldexp(last_place(self._lifted), -self.bits[:, None])


_OF_EACH_RUN = ("mode_rates", "layer_rate", "_lifted", "_lifts", "equal_layers", "_scale", "_increments", "_units")
