"""Runs at the edge of stability: when the sharpness passes `2/eta`, when it drops, and which runs coincide."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from numerics.trajectory.result import Trajectory


def crossing_and_drop(sharpness: NDArray[np.float64], threshold: Fraction | float) -> tuple[int | None, int | None]:
    """Give the place of the first value above `2/eta`, and that of the first later one below; None for none.

    Args:
        sharpness: as recorded, shape `(K,)`.
        threshold: `2/eta`; a rational one is compared with exactly.

    Examples:
        >>> crossing_and_drop(np.array([1.0, 3.0, 2.0, 1.0, 3.0]), 2)
        (1, 3)
    """
    down, up = neighbours(Fraction(threshold))
    above = np.flatnonzero(sharpness > down)
    if not len(above):
        return None, None
    first = int(above[0])
    below = np.flatnonzero(sharpness[first:] < up)
    return first, first + int(below[0]) if len(below) else None


def neighbours(value: Fraction) -> tuple[float, float]:
    """Give the largest float64 number up to a value and the least one from it on.

    A float64 number is above the value exactly if it is above the first, and below it exactly if it is below the other.

    Examples:
        >>> neighbours(Fraction(1, 2)), neighbours(Fraction(1, 3))[0] < Fraction(1, 3) < neighbours(Fraction(1, 3))[1]
        ((0.5, 0.5), True)
    """
    nearest = float(value)
    if Fraction(nearest) == value:
        return nearest, nearest
    if Fraction(nearest) > value:
        return math.nextafter(nearest, -math.inf), nearest
    return nearest, math.nextafter(nearest, math.inf)


@dataclass(frozen=True)
class Edge:
    """What a run did at the edge of stability, as far as its records show.

    Attributes:
        crossing_step: first recorded step with `eta S > 2`, or None.
        drop_step: first later one with `eta S < 2`, or None.
        peak_sharpness: largest finite sharpness recorded up to the drop.
    """

    crossing_step: int | None
    drop_step: int | None
    peak_sharpness: float

    @classmethod
    def of(cls, run: Trajectory, threshold: float) -> Edge:
        """Read a trajectory that recorded `sharpness`; the threshold is `2/eta`.

        Examples:
            >>> from numerics.trajectory.result import Outcome
            >>> steps = np.arange(4)
            >>> series = {"sharpness": np.array([1.0, 3.0, 5.0, 1.0])}
            >>> Edge.of(Trajectory(Outcome.STEP_LIMIT, 3, steps, series, {}, ((), ())), 2.0)
            Edge(crossing_step=1, drop_step=3, peak_sharpness=5.0)
        """
        values, steps = run.series["sharpness"], run.steps
        crossing, drop = crossing_and_drop(values, threshold)
        before = values if drop is None else values[: drop + 1]
        finite = before[np.isfinite(before)]
        return cls(
            None if crossing is None else int(steps[crossing]),
            None if drop is None else int(steps[drop]),
            float(finite.max()) if len(finite) else float("nan"),
        )


def largest_difference(run: Trajectory, reference: Trajectory) -> float:
    """Give the largest difference of the two recorded sharpnesses, relative to the reference's.

    Infinite where one has records that the other lacks, as a run that diverged, or where the reference is 0.

    Examples:
        >>> from numerics.trajectory.result import Outcome
        >>> values = [np.array([1.0, x]) for x in (2.0, 4.0)]
        >>> ends = Outcome.STEP_LIMIT, 1, np.arange(2)
        >>> largest_difference(*(Trajectory(*ends, {"sharpness": x}, {}, ((), ())) for x in values))
        0.5
    """
    mine, other = run.series["sharpness"], reference.series["sharpness"]
    if not (np.array_equal(run.steps, reference.steps) and np.array_equal(np.isfinite(mine), np.isfinite(other))):
        return math.inf
    mine, other = mine[np.isfinite(mine)], other[np.isfinite(other)]
    apart = np.abs(mine - other)
    with np.errstate(divide="ignore"):
        return float(np.max(apart[apart > 0] / np.abs(other)[apart > 0], initial=0.0))
