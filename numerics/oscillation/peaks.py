"""The peaks of a sharpness that passes `2/eta` again and again."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

APART = 10
"""Times above `2/eta` are two if so many steps below it lie between them, as an oscillation alternates every step."""


class Peak(NamedTuple):
    """One time above `2/eta`.

    Attributes:
        crossing: first step above it.
        step: where the sharpness is highest.
        height: the sharpness there.
        end: last step above it.
    """

    crossing: int
    step: int
    height: float
    end: int


def peaks(sharpness: NDArray[np.float64], edge: float, first_step: int = 0) -> list[Peak]:
    """Find every time above `2/eta`.

    Args:
        sharpness: at every step, shape `(K,)`.
        edge: `2/eta`.
        first_step: the number of the first step.

    Examples:
        >>> peaks(np.array([1.0, 3.0, 4.0, 1.0, 3.0, 1.0]), 2.0)
        [Peak(crossing=1, step=2, height=4.0, end=4)]
        >>> len(peaks(np.array([3.0, *[1.0] * APART, 3.0]), 2.0))
        2
    """
    above = np.flatnonzero(sharpness > edge)
    if not len(above):
        return []
    times = np.split(above, np.flatnonzero(np.diff(above) > APART) + 1)
    found = []
    for time in times:
        crossing, end = int(time[0]), int(time[-1])
        top = crossing + int(np.argmax(sharpness[crossing : end + 1]))
        found.append(Peak(first_step + crossing, first_step + top, float(sharpness[top]), first_step + end))
    return found
