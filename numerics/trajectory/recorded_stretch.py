"""Many steps taken and recorded in one go, for runs that record every step."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from numerics.model.base import State


@dataclass(frozen=True, eq=False)
class Stretch:
    """What came of some steps.

    Attributes:
        state: the weights after the last step taken.
        steps: how many steps were taken; fewer than asked for only if the run diverged.
        diverged: whether a layer reached 2^100, or the loss passed the loss of divergence or left the finite numbers.
        series: for each observer's name, what it records after each step, of which the first axis counts. The last step
            is left out where a layer or the loss is beyond recording.
    """

    state: State
    steps: int
    diverged: bool
    series: Mapping[str, NDArray[np.float64]]

    @property
    def recorded(self) -> int:
        """How many of the steps were recorded."""
        return max(map(len, self.series.values()), default=0)


class StretchRecorder(ABC):
    """Takes steps and records each: the same numbers as an optimizer and observers give one by one, sooner."""

    first_stretch: int = 16
    """How many steps are surely taken in a moment."""

    @abstractmethod
    def take(self, state: State, count: int) -> Stretch:
        """Take `count` steps from a state, or fewer if the run diverges."""
