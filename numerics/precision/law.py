"""The precision law: from one reference run, when the sharpness drops at every precision.

A run at p bits is the reference run plus the rounding noise of its own steps. Three facts give its drop step; nothing
is fitted. `derivation.md` beside this file derives them, and says what is proved and what is observed.

1. *Noise.* To first order the difference of the two runs is `delta(t+1) = J(t) delta(t) + rounding(t)`, with
   `J = I - eta Hess L` along the reference. With roundings independent and uniform, its covariance is
   `2^(-2p) C(t)`, `C(t+1) = J C J + (covariance of rounding)`: one recursion for all precisions. Along the unit top
   eigenvector `e` of the Hessian it grows by `|1 - eta S|` a step once `eta S > 2`: `a(t) = sqrt(e^T C e)` is
   `2^Lambda(t)` up to a factor, and p bits more delay everything by p bits of `Lambda`. Where several eigenvalues are
   above `2/eta`, e is the direction among theirs that holds most noise.
2. *Median.* The displacement at p bits along `e` is a Gaussian number of deviation `2^-p a(t)`, so its size has the
   median `0.6745 2^-p a(t)`; the quantiles of a Gaussian give a range of drop steps.
3. *End.* When that size reaches 2^-8 of the smallest layer, the reference's weights displaced by it are followed in
   float64 to the drop or to divergence. The reference's own oscillation, what is left of the initial displacement,
   is part of its weights: where it is the larger one, the precision no longer matters.

Below `progress_bits` the layers' increments round away, and progressive sharpening stops before the crossing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from statistics import NormalDist

import numpy as np

from numerics.arithmetic import Float64
from numerics.model.reduced import ReducedModel
from numerics.precision.endgame import End, play_out
from numerics.precision.linearization import Jacobian, rounded_spectrum, rounding_covariance
from numerics.precision.recording import Floats, sharpnesses
from numerics.precision.reference import Reference

MATCHING_BITS = 8
"""Displacements are followed linearly up to this many bits below the smallest layer."""

_RESCALE_BITS = 40


@dataclass(frozen=True)
class Noise:
    """What rounding has done by one step.

    Attributes:
        step: which step.
        size_bits: `log2 a(t)`: the deviation along the unstable direction with most noise is `2^(size_bits - p)`.
        displacement: the mean displacement, given that along that direction it is 1; shape `(r + D - 1,)`.
        allowance_bits: `log2` of the size at which it is no longer followed linearly.
    """

    step: int
    size_bits: float
    displacement: Floats
    allowance_bits: float


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

    @cached_property
    def noise(self) -> list[Noise]:
        """The noise at every step from the crossing to the drop; empty without a crossing."""
        run, crossing = self.reference.recording, self.reference.recording.crossing_step
        if crossing is None:
            return []
        spectrum, found = rounded_spectrum(self.model), []
        size = run.outputs.shape[1] + run.layers.shape[1]
        covariance, scale_bits = np.zeros((size, size)), 0
        for step in range(min(self.reference.end, len(run.loss) - 1) + 1):
            jacobian = Jacobian.at(spectrum, self.step_size, run.outputs[step], run.layers[step])
            if step >= crossing:
                found.append(_noise(step, jacobian, covariance, scale_bits, run.layers[step]))
            after = min(step + 1, len(run.loss) - 1)
            rounding = rounding_covariance(
                spectrum, self.step_size, run.outputs[step], run.layers[step], run.outputs[after], run.layers[after]
            )
            covariance = jacobian.on_both_sides(covariance) + np.ldexp(rounding, -2 * scale_bits)
            while np.trace(covariance) > 2.0**_RESCALE_BITS:
                covariance, scale_bits = np.ldexp(covariance, -_RESCALE_BITS), scale_bits + _RESCALE_BITS // 2
        return found

    def end(self, bits: int, quantile: float = 0.5, sign: int = 1) -> End:
        """Predict how a run at p bits ends whose noise has a given size and sign.

        Args:
            bits: p.
            quantile: the noise's size is exceeded with probability `1 - quantile`.
            sign: of the noise along the top eigenvector, 1 or -1.
        """
        run, end = self.reference.recording, End(self.reference.recording.drop_step, self._reference_diverges)
        deviations = NormalDist().inv_cdf((1 + quantile) / 2)
        for noise in self.noise:
            size_bits = noise.size_bits - bits + float(np.log2(deviations))
            if size_bits >= noise.allowance_bits:
                moved = sign * 2.0**size_bits * noise.displacement
                rank = run.outputs.shape[1]
                return play_out(
                    self.model,
                    self.step_size,
                    noise.step,
                    run.outputs[noise.step] + self.model.rounded_spectrum[0] * moved[:rank],
                    run.layers[noise.step] + moved[rank:],
                    self.limit,
                )
        return end

    def drop_step(self, bits: int, quantile: float = 0.5) -> int | None:
        """Predict the drop step at p bits: the mean over both signs of noise of the median size, rounded down.

        None where no drop or divergence is predicted within the step limit, or no crossing.
        """
        if bits < self.progress_bits:
            return None
        steps = [end.step for end in (self.end(bits, quantile, sign) for sign in (1, -1)) if end.step is not None]
        return sum(steps) // len(steps) if steps else None

    def drop_range(self, bits: int, share: float = 0.95) -> tuple[int, int] | None:
        """Give the earliest and the latest drop step for noise in the middle share of its distribution.

        None where one of them is not within the step limit.
        """
        tail = (1 - share) / 2
        ends = [self.end(bits, quantile, sign) for quantile in (tail, 0.5, 1 - tail) for sign in (1, -1)]
        steps = [end.step for end in ends if end.step is not None]
        return (min(steps), max(steps)) if len(steps) == len(ends) else None

    def diverges(self, bits: int) -> bool:
        """Predict whether a run at p bits diverges, for noise of the median size and either sign."""
        return any(self.end(bits, sign=sign).diverged for sign in (1, -1))

    @cached_property
    def critical_bits(self) -> int | None:
        """The least precision from which on rounding is not predicted to bring the drop forward.

        None where exact arithmetic does not drop within the step limit.
        """
        drop = self.reference.recording.drop_step
        if drop is None:
            return None
        bits = self._certain_bits
        while bits > 2 and not _earlier(self.drop_step(bits - 1), drop):
            bits -= 1
        return bits

    @cached_property
    def progress_bits(self) -> int:
        """The least precision at which progressive sharpening goes on up to the crossing.

        Round to nearest leaves a weight where it is if its increment is below half a unit in the last place. Here at
        least half of the sharpness that the step into the crossing adds must be left when such increments are.
        """
        run, crossing = self.reference.recording, self.reference.recording.crossing_step
        if not crossing:
            return 2
        rank = run.outputs.shape[1]
        before, after = (np.concatenate([run.outputs[t], run.layers[t]]) for t in (crossing - 1, crossing))
        with np.errstate(divide="ignore"):
            needed = np.frexp(before)[1] - 1 - np.log2(np.abs(after - before))
        tried = range(2, _MOST_PROGRESS_BITS + 1)
        states = np.array([before, after, *(np.where(needed <= bits, after, before) for bits in tried)])
        tops = sharpnesses(self.model, states[:, :rank], states[:, rank:])
        stuck = np.flatnonzero(tops[2:] - tops[0] < (tops[1] - tops[0]) / 2)
        return int(tried[stuck[-1]]) + 1 if len(stuck) else 2

    @cached_property
    def least_bits(self) -> int:
        """The least precision that the law is about; predictions for fewer bits extrapolate.

        From there on sharpening reaches the crossing, and the noise there is small: 2^-8 of the smallest layer at most.
        """
        if not self.noise:
            return 2
        first = self.noise[0]
        return max(self.progress_bits, _bits_for(first.size_bits - first.allowance_bits))

    @cached_property
    def blowup_bits(self) -> int | None:
        """The least precision predicted to diverge, from `least_bits` on; None if none does.

        Where exact arithmetic diverges, the boundary is bisected and a few precisions below it are tried too; where
        it does not, 32 precisions up to the critical one are tried first.
        """
        least, top = self.least_bits, max(self.least_bits, self._certain_bits)
        apart = top - least
        tried = sorted({least + apart * k // 32 for k in ((0, 32) if self._reference_diverges else range(33))})
        seen = [self.diverges(bits) for bits in tried]
        if True not in seen:
            return None
        first = seen.index(True)
        below, above = (tried[first - 1], tried[first]) if first else (least - 1, least)
        while above - below > 1:
            middle = (below + above) // 2
            below, above = (below, middle) if self.diverges(middle) else (middle, above)
        lower = [bits for bits in range(max(least, above - _ISOLATED), above) if self.diverges(bits)]
        return lower[0] if lower else above

    @cached_property
    def offset_bits(self) -> float | None:
        """The constant k of the closed form: `log2` of the smallest layer at the crossing over the noise brought there.

        `k = log2(min_j |v_j(t_c)| / (0.6745 a))`, with `a = a(t) 2^-(Lambda(t) - Lambda(t_c))` at the last step of the
        reference, from which on rounding adds nothing that counts.
        """
        if not self.noise or self.noise[-1].size_bits == -np.inf:
            return None
        crossing, last, growth = self.noise[0].step, self.noise[-1], self.reference.growth
        grown = growth[last.step] - growth[crossing]
        smallest = float(np.abs(self.reference.recording.layers[crossing]).min())
        return float(np.log2(smallest / NormalDist().inv_cdf(0.75)) - (last.size_bits - grown))

    def closed_form_drop_step(self, bits: int) -> int | None:
        """Predict the drop step without the end: the first t with `Lambda(t) - Lambda(t_c) >= p + k`.

        It comes no later than the drop of exact arithmetic.
        """
        if self.offset_bits is None:
            return self.reference.recording.drop_step
        crossing, growth = self.noise[0].step, self.reference.growth
        grown = np.flatnonzero(growth[crossing:] - growth[crossing] >= bits + self.offset_bits)
        return crossing + int(grown[0]) if len(grown) else self.reference.recording.drop_step

    @property
    def _reference_diverges(self) -> bool:
        run = self.reference.recording
        return run.diverged and run.drop_step == run.last_step

    @cached_property
    def _certain_bits(self) -> int:
        """A precision from which on the noise never leaves the linear range before the reference drops."""
        return max(2, _bits_for(max((noise.size_bits - noise.allowance_bits for noise in self.noise), default=0.0)))


_MOST_PROGRESS_BITS = 64
_ISOLATED = 6  # near the boundary a precision can diverge while the next one does not


def _earlier(step: int | None, drop: int) -> bool:
    return step is None or step < drop


def _bits_for(reach: float) -> int:
    """The least p at which noise of the median size stays within its allowance, `reach` being their ratio in bits."""
    return int(np.ceil(reach + np.log2(NormalDist().inv_cdf(0.75)))) if np.isfinite(reach) else 2


def _noise(step: int, jacobian: Jacobian, covariance: Floats, scale_bits: int, layers: Floats) -> Noise:
    """Find the unstable direction that holds most noise, and what goes with it."""
    multipliers, vectors = np.linalg.eigh(jacobian.dense())  # ascending: those below -1 are the unstable ones
    unstable = vectors[:, : max(1, int(np.searchsorted(multipliers, -1.0)))]
    variances, combinations = np.linalg.eigh(unstable.T @ covariance @ unstable)
    variance, direction = float(variances[-1]), unstable @ combinations[:, -1]
    allowance = float(np.log2(np.abs(layers).min())) - MATCHING_BITS
    if not variance > 0:
        return Noise(step, -np.inf, direction, allowance)
    along = covariance @ direction
    return Noise(step, float(np.log2(variance)) / 2 + scale_bits, along / variance, allowance)
