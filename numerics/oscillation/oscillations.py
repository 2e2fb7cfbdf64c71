"""A run at the edge of stability beside its ceiling: which regime it is in, its peaks, seen and predicted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic import Float64
from numerics.finite_precision.linearization import rounded_spectrum
from numerics.finite_precision.problem import Problem
from numerics.finite_precision.recording import Recording, recorded
from numerics.oscillation.ceiling import ceilings, flattest
from numerics.oscillation.law import WINDOW, Prediction, follow
from numerics.oscillation.peaks import Peak, peaks
from numerics.oscillation.weights import Floats
from numerics.trajectory import Outcome
from theory import Spectrum

_LAST, _JUMP = 1000, 0.01
_CONVERGED = 1e-6


@dataclass(frozen=True, eq=False, repr=False)
class Oscillations:
    """One run in float64 with everything the theory says of its oscillations.

    Attributes:
        problem: what was run.
        run: loss, sharpness and weights at every step.
    """

    problem: Problem
    run: Recording

    @cached_property
    def spectrum(self) -> Spectrum:
        """The data in float64."""
        return rounded_spectrum(self.problem.model(Float64()))

    @property
    def edge(self) -> float:
        """`2/eta`."""
        return float(2 / self.problem.step_size)

    @cached_property
    def flattest(self) -> float:
        """`S_min`: no minimizer is flatter."""
        return flattest(self.spectrum, self.problem.depth)

    @property
    def can_settle(self) -> bool:
        """Whether some minimizer is stable, `S_min < 2/eta`: told before the run. If none is, oscillations last."""
        return self.flattest < self.edge

    @cached_property
    def jump(self) -> float:
        """By how much the sharpness still changes a step, in the mean of the last 1,000, as a share of `2/eta`."""
        return float(np.abs(np.diff(self.run.sharpness[-_LAST:])).mean()) / self.edge

    @property
    def lasts(self) -> bool:
        """Whether the run diverged, or its sharpness still jumps by 1% of `2/eta` a step."""
        return self.run.diverged or self.jump > _JUMP

    @property
    def converged(self) -> bool:
        """Whether the loss, without what no weights can reach, fell to 1e-6 of that at the start."""
        return not self.run.diverged and bool(self.run.loss[-1] <= _CONVERGED * self.run.loss[0])

    @cached_property
    def weights(self) -> Floats:
        """`(c, v)` at every step, shape `(K, r + D - 1)`."""
        return np.hstack([self.run.outputs / self.spectrum.singular_values, self.run.layers])

    @cached_property
    def imbalances(self) -> Floats:
        """`||c||^2 - v_j^2` at every step, shape `(K, D - 1)`."""
        rank = self.spectrum.rank
        found: Floats = (self.weights[:, :rank] ** 2).sum(axis=1)[:, None] - self.weights[:, rank:] ** 2
        return found

    @cached_property
    def ceilings(self) -> Floats:
        """The ceiling at every step, shape `(K,)`."""
        return self.ceilings_at(np.arange(len(self.weights)))

    def ceilings_at(self, steps: NDArray[np.int64] | list[int]) -> Floats:
        """The ceiling at some steps, which are given, shape `(K,)`."""
        rank, weights = self.spectrum.rank, self.weights[steps]
        return ceilings(self.spectrum, weights[:, :rank], weights[:, rank:])

    @cached_property
    def peaks(self) -> Sequence[Peak]:
        """Every time above `2/eta`."""
        return peaks(self.run.sharpness, self.edge)

    def predicted_from(self, crossing: int, steps: int) -> Prediction | None:
        """What the law predicts from a crossing on; None where the run has no step on one side of it."""
        reach = min(WINDOW // 2, crossing, len(self.weights) - 1 - crossing)
        if reach < 1:
            return None
        around = self.weights[crossing - reach : crossing + reach + 1]
        return follow(self.spectrum, float(self.problem.step_size), around, steps)

    @cached_property
    def predicted(self) -> Prediction | None:
        """What the law predicts from the first crossing to the end of the run; None where there is none."""
        if not self.peaks:
            return None
        return self.predicted_from(self.peaks[0].crossing, len(self.run.sharpness) - self.peaks[0].crossing)

    @cached_property
    def predicted_peaks(self) -> Sequence[Peak]:
        """The peaks of that prediction."""
        if self.predicted is None:
            return []
        return peaks(self.predicted.sharpness, self.edge, self.peaks[0].crossing)

    def __repr__(self) -> str:
        told = "some minimizer is stable: the run can settle" if self.can_settle else "no minimizer is stable"
        last = len(self.weights) - 1
        start, end = self.ceilings_at([0, last])
        lines = [
            f"2/eta {self.edge:.6g}, flattest minimizer {self.flattest:.6g}: {told}",
            f"ceiling {start:.6g} at the start, {end:.6g} at step {last}",
            "  peak      step  predicted      height  predicted",
        ]
        for place, seen in enumerate(self.peaks):
            told_peak = self.predicted_peaks[place] if place < len(self.predicted_peaks) else None
            step, height = ("-", "-") if told_peak is None else (str(told_peak.step), f"{told_peak.height:.6g}")
            lines.append(f"{place + 1:6} {seen.step:9} {step:>10} {seen.height:11.6g} {height:>10}")
        return "\n".join(lines)


def oscillations(problem: Problem, steps: int) -> Oscillations:
    """Run gradient descent in float64.

    Args:
        problem: what to run.
        steps: how many steps.

    Raises:
        KeyboardInterrupt: the run was interrupted.

    Examples:
        >>> from fractions import Fraction
        >>> problem = Problem(Spectrum([2.0, 0.2], [0.3, 1.0], n_samples=4), 2, Fraction(1, 2), ["0.1", "0.1"], ["0.5"])
        >>> found = oscillations(problem, 1500)
        >>> found.can_settle, found.lasts, len(found.peaks) == len(found.predicted_peaks)
        (True, False, True)
    """
    run = recorded(problem, Float64(), steps)
    if run.outcome is Outcome.INTERRUPTED:
        raise KeyboardInterrupt  # half a run is no result
    return Oscillations(problem, run)
