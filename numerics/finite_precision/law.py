"""The precision law: from one reference run, when the sharpness drops at every precision.

A run at p bits is the reference run plus what its own steps round off. Four facts give its drop step; nothing is
fitted. `derivation.md` beside this file derives them, and says what is proved and what is observed.

1. *Noise* (`noise`). To first order the difference of the two runs is `delta(t+1) = J(t) delta(t) + rounding(t)`, with
   `J = I - eta Hess L`. Roundings are `2^-p` times numbers that do not depend on p, taken as random and drawn many
   times: one recursion for all precisions. Along the top eigenvector the displacement grows by `|1 - eta S|` a step
   once `eta S > 2`, so that p bits more delay everything by p bits of growth.
2. *Staircase* (`staircase`, `mean_descent`, `few_bit_runs`). At few bits slow weights are not rounded at random: where
   they move by a few units in the last place or less, they move too fast, too slowly or not at all. The displacement is
   then no longer small, and is followed by the step itself: for each precision up to 44 bits a descent in float64 with
   these mean errors takes the place of the reference, and the noise is drawn about it.
3. *Chatter.* Where the sharpness grows by less a step than the noise shakes it, it crosses `2/eta` and falls back at
   once.
4. *End* (`nonlinear_phase`). When a draw's oscillation reaches 2^-8 of the smallest layer, the weights displaced by
   that draw are followed in float64 to the drop or to divergence. What the reference's own oscillation, the rest of
   the initial displacement, adds is part of its weights: where it is the larger one, the precision no longer matters.

Every draw has a drop step, and their median is the prediction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic import Float64
from numerics.finite_precision.base_trajectory import BaseTrajectory
from numerics.finite_precision.few_bit_run import MATCHING_BITS, WATCHED, FewBitRun, Leaving
from numerics.finite_precision.few_bit_runs import few_bit_runs
from numerics.finite_precision.linearization import rounded_spectrum
from numerics.finite_precision.noise import Noise
from numerics.finite_precision.nonlinear_phase import NEVER, Ends, run_to_drop
from numerics.finite_precision.reference import Reference
from numerics.finite_precision.staircase import RESOLVED_BITS
from numerics.finite_precision.stretch import DRAWS
from numerics.model.reduced import ReducedModel

LEAST_TRIED_BITS = 11
"""The least precision of the wide test, and the least at which a blow-up is looked for."""

_CHATTER_BITS = 8  # so many bits above those that noise needs to leave the linear range, chatter is looked for
_NUMBERS_AT_ONCE = 2500  # of weights, of precisions followed together
_ISOLATED = 6  # near the boundary a precision can diverge while the next one does not


@dataclass(frozen=True, eq=False)
class Forecast:
    """How the draws of a run at p bits end.

    Attributes:
        drop_steps: ascending, shape `(DRAWS,)`; `NEVER` for no drop or divergence within the step limit.
        diverging: the share of the draws that diverge before a drop.
    """

    drop_steps: NDArray[np.int64]
    diverging: float

    @classmethod
    def of(cls, ends: Ends) -> Forecast:
        """Sort the ends."""
        return cls(np.sort(ends.steps), float(ends.diverged.mean()))

    @property
    def median(self) -> int | None:
        """The step by which half of the draws have dropped; None if fewer do."""
        return _step(self.drop_steps[DRAWS // 2])

    @property
    def range(self) -> tuple[int, int] | None:
        """Steps between which a further draw drops with probability 0.95; None where they may not drop."""
        early, late = _step(self.drop_steps[1]), _step(self.drop_steps[-2])
        return None if early is None or late is None else (early, late)

    def share_at(self, step: int) -> float:
        """Give the share of the draws that drop at a given step."""
        return float(np.mean(self.drop_steps == step))

    def share_near(self, step: int, tolerance: float) -> float:
        """Give the share of the draws whose drop step a given one misses by at most that share of it."""
        near = np.abs(self.drop_steps - np.float64(step)) <= tolerance * self.drop_steps
        return float(np.mean(near & (self.drop_steps != NEVER)))


class PrecisionLaw:
    """Predictions for every precision from one reference run.

    Args:
        reference: the run.
        limit: most steps of the runs to be predicted.
    """

    def __init__(self, reference: Reference, limit: int) -> None:
        self.reference, self.limit = reference, limit
        self.model: ReducedModel = reference.problem.model(Float64())
        self.step_size = float(reference.problem.step_size)
        self._forecasts: dict[int, Forecast] = {}
        self._crossings: dict[int, int | None] = {}

    @cached_property
    def base(self) -> BaseTrajectory:
        """The reference up to its drop, or to its last step."""
        run = self.reference.recording
        upto = slice(0, min(self.reference.end, len(run.loss) - 1) + 1)
        return BaseTrajectory(rounded_spectrum(self.model), self.step_size, run.outputs[upto], run.layers[upto])

    @cached_property
    def noise(self) -> Noise:
        """The noise along the reference, which is that of every run of many bits."""
        return Noise.along(self.base, self._watched_from)

    def forecast(self, bits: int) -> Forecast:
        """Predict how runs at p bits end."""
        if bits not in self._forecasts:
            self.foresee([bits])
        return self._forecasts[bits]

    def foresee(self, bits: Iterable[int]) -> None:
        """Predict many precisions together, which takes less time than one after the other."""
        wanted = sorted({*bits} - self._forecasts.keys())
        few = [p for p in wanted if p <= RESOLVED_BITS]
        together = max(1, _NUMBERS_AT_ONCE // (self.model.rank + self.model.depth - 1))
        for start in range(0, len(few), together):
            some = few[start : start + together]
            for p, run in zip(some, few_bit_runs(self.reference.problem, some, self.limit), strict=True):
                self._crossings[p] = run.crossing_step
                self._forecasts[p] = Forecast.of(self._few_bits(run))
        many = wanted[len(few) :]
        self._forecasts |= zip(many, map(Forecast.of, self._many_bits(many)), strict=True)

    def foresee_boundaries(self, bits: Iterable[int]) -> None:
        """Predict some precisions, together with those at which both boundaries are looked for first."""
        near = range(self._certain_bits, self._certain_bits + _CHATTER_BITS)
        drops = self.reference.recording.drop_step is not None
        self.foresee([*bits, *self.tried_bits, *(near if drops else ())])

    def crossing_step(self, bits: int) -> int | None:
        """Predict the first step with `eta S > 2` at p bits, None if there is none.

        Up to 44 bits it is that of the mean trajectory, at more it is the reference's.
        """
        if bits > RESOLVED_BITS:
            return self.reference.recording.crossing_step
        self.forecast(bits)
        return self._crossings[bits]

    def drop_step(self, bits: int) -> int | None:
        """Predict the drop step at p bits: the median of the draws.

        None where no drop or divergence is predicted within the step limit, or no crossing.
        """
        return self.forecast(bits).median

    def drop_range(self, bits: int) -> tuple[int, int] | None:
        """Give the steps between which a run at p bits drops with probability 0.95; None where it may not drop."""
        return self.forecast(bits).range

    def diverges(self, bits: int) -> bool:
        """Predict whether a run at p bits diverges: at least half of the draws do."""
        return self.forecast(bits).diverging >= 0.5

    @cached_property
    def critical_bits(self) -> int | None:
        """The least precision from which on every run is predicted to drop where exact arithmetic does.

        Runs at different precisions are taken as independent: the probability that all of them do, from that precision
        on, is at least a half. None where exact arithmetic does not drop within the step limit.
        """
        drop = self.reference.recording.drop_step
        if drop is None:
            return None
        bits, probability = self._certain_bits + _CHATTER_BITS, 1.0
        while bits > 2:
            if bits - 1 not in self._forecasts:
                self.foresee(range(max(2, bits - _CHATTER_BITS), bits))
            probability *= self.forecast(bits - 1).share_at(drop)
            if probability < 0.5:
                break
            bits -= 1
        return bits

    @cached_property
    def least_bits(self) -> int:
        """The least precision whose noise is small at the crossing: 2^-8 of the smallest layer at most, in the median.

        Predictions for fewer bits take the end for the model's own from the crossing on.
        """
        crossing = self.reference.recording.crossing_step
        if crossing is None or crossing > self.base.last_step:
            return 2
        return _bits_for(float(np.median(self.noise.oscillation_bits[crossing - self.noise.first])))

    @cached_property
    def blowup_bits(self) -> int | None:
        """The least precision predicted to diverge, from `least_bits` and from 11 on; None if none does.

        Fewer than 11 bits are not among those that the wide test tries the law at.

        Where exact arithmetic diverges, the boundary is bisected and a few precisions below it are tried too; where
        it does not, 32 precisions up to the critical one are tried first.
        """
        least, tried = max(self.least_bits, LEAST_TRIED_BITS), self.tried_bits
        self.foresee(tried)
        seen = [self.diverges(bits) for bits in tried]
        if True not in seen:
            return None
        first = seen.index(True)
        below, above = (tried[first - 1], tried[first]) if first else (least - 1, least)
        while above - below > 1:
            middle = (below + above) // 2
            below, above = (below, middle) if self.diverges(middle) else (middle, above)
        isolated = range(max(least, above - _ISOLATED), above)
        self.foresee(isolated)
        lower = [bits for bits in isolated if self.diverges(bits)]
        return lower[0] if lower else above

    @cached_property
    def tried_bits(self) -> list[int]:
        """The precisions at which a blow-up is looked for first."""
        least = max(self.least_bits, LEAST_TRIED_BITS)
        apart = max(least, self._certain_bits) - least
        return sorted(
            {least + apart * k // 32 for k in ((0, 32) if self.reference.recording.diverged_first else range(33))}
        )

    @cached_property
    def offset_bits(self) -> float | None:
        """The constant k of the closed form: `log2` of the smallest layer at the crossing over the noise brought there.

        `k = log2 (min_j |v_j(t_c)| / a)`, with the median over the draws of `a = a(t) 2^-(Lambda(t) - Lambda(t_c))`,
        `2^-p a(t)` being the oscillation of a draw, at the last step at which the reference's own oscillation is within
        the linear range: by then rounding adds nothing that counts. None without a crossing, or without any noise.
        """
        crossing, smallest = self.reference.recording.crossing_step, self.base.smallest_layers
        if crossing is None or crossing > self.base.last_step:
            return None
        turns = np.linalg.norm(np.diff(self.base.weights[crossing:], n=2, axis=0), axis=1) / 4
        far = np.flatnonzero(turns > 2.0**-MATCHING_BITS * smallest[crossing : crossing + len(turns)])
        last = crossing + int(far[0]) if len(far) else self.base.last_step
        size = float(np.median(self.noise.oscillation_bits[last - self.noise.first]))
        if not np.isfinite(size):
            return None
        grown = self.reference.growth[last] - self.reference.growth[crossing]
        return float(grown - size + np.log2(smallest[crossing] / smallest[last]))

    def closed_form_drop_step(self, bits: int) -> int | None:
        """Predict the drop step without the end: the first t with `Lambda(t) - Lambda(t_c) >= p + k`.

        It comes no later than the drop of exact arithmetic.
        """
        drop, crossing = self.reference.recording.drop_step, self.reference.recording.crossing_step
        if self.offset_bits is None or crossing is None:
            return drop
        growth = self.reference.growth
        grown = np.flatnonzero(growth[crossing:] - growth[crossing] >= bits + self.offset_bits)
        return crossing + int(grown[0]) if len(grown) else drop

    @cached_property
    def _certain_bits(self) -> int:
        """A precision from which on no draw leaves the linear range before the reference drops."""
        if self.reference.recording.crossing_step is None:
            return 2
        return _bits_for(float(self.noise.oscillation_bits.max(initial=-np.inf)))

    @cached_property
    def _watched_from(self) -> int:
        near = np.flatnonzero(
            self.reference.recording.sharpness[: self.base.last_step + 1] > WATCHED * 2 / self.step_size
        )
        return int(near[0]) if len(near) else self.base.last_step

    def _many_bits(self, bits: Sequence[int]) -> list[Ends]:
        """Displace the reference, which crosses where every run does, at each of some precisions."""
        run = self.reference.recording
        if run.crossing_step is None or not bits:
            return [Ends(np.full(DRAWS, NEVER), np.zeros(DRAWS, dtype=bool)) for _ in bits]
        noise = self.noise
        largest = np.maximum.accumulate(noise.oscillation_bits[max(0, run.crossing_step - noise.first) :], axis=0)
        as_exact = NEVER if run.drop_step is None else run.drop_step
        ends = Ends(
            np.full(len(bits) * DRAWS, as_exact), np.full(len(bits) * DRAWS, self.reference.recording.diverged_first)
        )
        allowed = np.repeat(bits, DRAWS) - MATCHING_BITS
        leaving = np.flatnonzero(np.tile(largest[-1], len(bits)) >= allowed)
        draws = leaving % DRAWS
        of_draws = np.ascontiguousarray(largest.T)
        places = np.array([of_draws[k].searchsorted(p) for k, p in zip(draws, allowed[leaving], strict=True)], int)
        places += len(noise.oscillation_bits) - len(largest)
        steps = noise.first + places
        weights = noise.displaced(self.base.weights[steps], allowed[leaving] + MATCHING_BITS, places, draws)
        self._play_out(ends, Leaving(leaving, steps, weights, np.ones(len(leaving), dtype=bool)), self.model)
        return ends.split(len(bits))

    def _few_bits(self, run: FewBitRun) -> Ends:
        """Play out the draws about the mean trajectory of a run, unless they have fallen or stand still."""
        ends = Ends(run.fallen_at, np.zeros(DRAWS, dtype=bool))
        self._play_out(ends, run.leaving, run.model)
        return ends

    def _play_out(self, ends: Ends, leaving: Leaving, model: ReducedModel) -> None:
        """Play out the draws that leave the linear range, and note how they end.

        Args:
            ends: those of the draws at one precision, or at several one after the other.
            leaving: which of them, from where.
            model: the data and the depth.
        """
        draws, steps, weights, crossed = leaving
        if not len(draws):
            return
        with np.errstate(over="ignore", invalid="ignore"):  # what overflows has diverged
            outputs = weights[:, : model.rank] * model.rounded_spectrum[0]
        layers = weights[:, model.rank :]
        found = run_to_drop(model, self.reference.problem, steps, outputs, layers, self.limit, crossed)
        ends.steps[draws], ends.diverged[draws] = found.steps, found.diverged


def _step(step: np.int64) -> int | None:
    return None if step == NEVER else int(step)


def _bits_for(size_bits: float) -> int:
    """The least p at which an oscillation of so many bits over the smallest layer is at most 2^-8 of it."""
    return max(2, int(np.ceil(size_bits + MATCHING_BITS))) if np.isfinite(size_bits) else 2
