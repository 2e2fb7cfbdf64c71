"""The run that every precision is compared with, at a precision that is shown to be enough.

The bits are doubled until a run of other bits, at least 64 fewer or more, records the same: the same loss, sharpness
and weights, bit for bit as float64 numbers, at every step up to the sharpness drop (or the end, where there is none),
and the same end. What one of the two rounds off is then 2^64 times what the other does, and neither is seen.
Beyond the drop the run may be chaotic and is asked for nothing: what only confirms another is not run beyond it.

What is rounded off grows with the top mode. A run tells how many bits that takes as far as it is right itself; only
one that has so many is confirmed by another of few more than it takes. All others are compared with the next one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil
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
_APART = 64
_SPARE_BITS = 128
"""What float64's 53 bits and the errors of many steps and weights take beyond those by which the top mode grows."""


@dataclass(frozen=True, eq=False)
class Reference:
    """A run whose recorded numbers are those of exact arithmetic, as far as another precision can show.

    Attributes:
        problem: what was run.
        bits: a precision that was enough.
        recording: the run at that precision.
        confirmed_by: the bits of another run, at least 64 fewer or more, that records the same; None if there is none.
    """

    problem: Problem
    bits: int
    recording: Recording
    confirmed_by: int | None = None

    @cached_property
    def end(self) -> int:
        """The step up to which another precision changed nothing: the drop, or else the last recorded one."""
        return _end(self.recording)

    @property
    def ends_otherwise(self) -> bool:
        """Whether it ends with no drop: at the step limit, or since it diverges."""
        return self.recording.drop_step is None or self.recording.diverged_first

    @cached_property
    def growth(self) -> Floats:
        """`Lambda(t) = sum_{s<t} log2 |1 - eta S(s)|` for `t = 0 .. end`: bits by which the top mode has grown."""
        with np.errstate(divide="ignore"):
            factors = np.log2(np.abs(1 - float(self.problem.step_size) * self.recording.sharpness[: self.end]))
        return np.concatenate([[0.0], np.cumsum(np.maximum(factors, -1074.0))])

    @property
    def grown_bits(self) -> float:
        """`max (Lambda(t) - Lambda(s))` over `s <= t`: bits by which the top mode has grown at most."""
        return float(np.max(self.growth - np.minimum.accumulate(self.growth)))

    @cached_property
    def confirming_bits(self) -> int | None:
        """The bits of a run that probably confirms this one; None where none of about as many does."""
        enough = self.grown_bits + _SPARE_BITS
        if not enough <= self.bits:
            return None
        fewer = _APART * ceil(enough / _APART)
        return fewer if fewer <= self.bits - _APART else self.bits + _APART

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
    >>> reference = reference_run(problem, 30)
    >>> reference.bits, reference.confirmed_by
    (256, 192)
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

    bits, before = first_bits, None
    while bits <= MOST_BITS:
        candidate = Reference(problem, bits, run(bits, steps))
        if candidate.recording.outcome is Outcome.INTERRUPTED:
            return None
        if before is not None and _same(before.recording, candidate.recording):
            return replace(before, confirmed_by=bits)
        if candidate.confirming_bits is not None:
            other = run(candidate.confirming_bits, steps if candidate.ends_otherwise else candidate.end)
            if other.outcome is Outcome.INTERRUPTED:
                return None
            if _same(candidate.recording, other):
                return replace(candidate, confirmed_by=candidate.confirming_bits)
        bits, before = 2 * bits, candidate
    raise ParameterError(f"{MOST_BITS} bits are not enough for a reference run; take fewer steps")


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
