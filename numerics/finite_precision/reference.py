"""The run that every precision is compared with, at a precision that is shown to be enough.

The bits are doubled until a run with twice as many records the same: the same loss, sharpness and weights, bit for bit
as float64 numbers, at every step up to the sharpness drop (or the end, where there is none), and the same end.
Beyond the drop the run may be chaotic and is asked for nothing: what only confirms another is not run beyond it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from numerics.arithmetic import at_precision
from numerics.finite_precision.problem import Problem
from numerics.finite_precision.recording import Recording, recorded, recorded_to_drop
from numerics.finite_precision.rounded_sharpness import Floats
from numerics.trajectory import Outcome
from theory.errors import ParameterError

FIRST_BITS = 256
MOST_BITS = 1 << 16
_SPARE_BITS = 64
"""What float64's 53 bits and the errors of some thousand steps take beyond those by which the top mode shrinks."""


@dataclass(frozen=True, eq=False)
class Reference:
    """A run whose recorded numbers are those of exact arithmetic, as far as doubling its precision can show.

    Attributes:
        problem: what was run.
        bits: a precision that was enough: twice as many changed nothing recorded.
        recording: the run at that precision.
    """

    problem: Problem
    bits: int
    recording: Recording

    @cached_property
    def end(self) -> int:
        """The step up to which doubling the precision changed nothing: the drop, or else the last recorded one."""
        return _end(self.recording)

    @cached_property
    def growth(self) -> Floats:
        """`Lambda(t) = sum_{s<t} log2 |1 - eta S(s)|` for `t = 0 .. end`: bits by which the top mode has grown."""
        with np.errstate(divide="ignore"):
            factors = np.log2(np.abs(1 - float(self.problem.step_size) * self.recording.sharpness[: self.end]))
        return np.concatenate([[0.0], np.cumsum(np.maximum(factors, -1074.0))])

    @cached_property
    def contraction_bits(self) -> float | None:
        """`-Lambda(t_c)`: bits by which the top mode has shrunk at the crossing; None if there is no crossing."""
        crossing = self.recording.crossing_step
        return None if crossing is None or crossing > self.end else float(-self.growth[crossing])


def reference_run(
    problem: Problem,
    steps: int,
    *,
    first_bits: int = FIRST_BITS,
    folder: Path | None = None,
    to_drop: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Reference | None:
    """Find the precision from which nothing recorded changes any more; None if the user interrupted.

    Args:
        problem: what to run.
        steps: most steps to take.
        first_bits: the precision to begin with.
        folder: where to keep checkpoints and what has been run.
        to_drop: run up to the drop alone, and keep nothing.
        progress: called with the number of steps taken so far, at all precisions together.

    Raises:
        ParameterError: 65,536 bits were not enough.

    >>> from fractions import Fraction
    >>> from theory import Spectrum
    >>> problem = Problem(Spectrum([2.0, 0.5], [0.1, 1.0], n_samples=2), 2, Fraction(1, 2), ["0.3", "0.2"], ["0.6"])
    >>> reference_run(problem, 30).bits
    256
    """
    done = 0

    def watch(step: int) -> None:
        if progress is not None:
            progress(done + step)

    def run(bits: int, upto: int) -> Recording:
        nonlocal done
        if to_drop:
            recording = recorded_to_drop(problem, at_precision(bits), upto, progress=watch)
            done += recording.last_step
            return recording
        own = folder if folder is None or upto == steps else folder / f"first-{upto}-steps"
        recording = recorded(problem, at_precision(bits), upto, own, watch)
        done += recording.last_step
        return recording

    bits, before = first_bits, run(first_bits, steps)
    while before.outcome is not Outcome.INTERRUPTED:
        if 2 * bits > MOST_BITS:
            raise ParameterError(f"{MOST_BITS} bits are not enough for a reference run; take fewer steps")
        candidate = Reference(problem, bits, before)
        upto = _steps_to_confirm(candidate, steps)
        after = run(2 * bits, upto)
        if after.outcome is Outcome.INTERRUPTED:
            return None
        if _same(before, after):
            return candidate
        bits, before = 2 * bits, after if upto == steps else run(2 * bits, steps)
    return None


def _steps_to_confirm(candidate: Reference, steps: int) -> int:
    """Give how far to run twice the bits: to the drop where that probably confirms the candidate, else all steps."""
    drop, shrunk = candidate.recording.drop_step, candidate.contraction_bits
    if drop is None or candidate.recording.diverged_first or shrunk is None:
        return steps
    return drop if candidate.bits >= shrunk + _SPARE_BITS else steps


def _end(recording: Recording) -> int:
    return len(recording.loss) - 1 if recording.drop_step is None else min(recording.drop_step, len(recording.loss) - 1)


def _same(one: Recording, other: Recording) -> bool:
    if one.drop_step != other.drop_step or one.crossing_step != other.crossing_step:
        return False
    if (one.drop_step is None or one.diverged_first) and (
        (one.outcome, one.last_step) != (other.outcome, other.last_step)
    ):
        return False
    upto = slice(0, _end(one) + 1)
    pairs = (
        (one.loss, other.loss),
        (one.sharpness, other.sharpness),
        (one.outputs, other.outputs),
        (one.layers, other.layers),
    )
    return all(np.array_equal(mine[upto], theirs[upto], equal_nan=True) for mine, theirs in pairs)
