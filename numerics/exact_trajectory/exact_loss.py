"""The loss of a run as the rational that it is: no ball decides whether it is at a level."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from numerics.exact_trajectory.exact_run import ExactRun
from numerics.exact_trajectory.exact_table import ExactTable


class ExactLoss:
    """The losses from the first step on, found as they are asked for.

    Examples:
        >>> from numerics.data import load
        >>> run = ExactRun.of(load("minimal:100,2,1,2,1"), "c=1,1,v=1", "1/2")
        >>> ExactLoss(run).at(5)
        Fraction(0, 1)
    """

    def __init__(self, run: ExactRun | ExactTable) -> None:
        u = np.array(run.coefficients, dtype=object)
        self._coming = run.quadratic.exact_losses(u, run.layers, run.step_size)
        self._found: list[Fraction] = []

    def at(self, step: int) -> Fraction | None:
        """Give the loss after so many steps; None where its rational is too long."""
        while len(self._found) <= step:
            following = next(self._coming, None)
            if following is None:
                return None
            self._found.append(following)
        return self._found[step]
