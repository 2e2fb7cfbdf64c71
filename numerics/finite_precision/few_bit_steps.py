"""The steps of runs of few bits: the mean descent, and the draws about it."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from numerics.finite_precision.mean_descent import MeanDescent
from numerics.finite_precision.noise import Drawing
from numerics.finite_precision.stretch import DRAWS, STRETCH, Floats, Stretch


class FewBitSteps(Protocol):
    """Takes the steps of runs."""

    @property
    def stuck_from(self) -> NDArray[np.int64]:
        """For each draw, the first step from which on it stands still, one after the limit for none; `(B, DRAWS)`."""

    def take(self, crossed: NDArray[np.bool_]) -> list[Stretch]:
        """Take a stretch, given which of the runs have been above `2/eta`; each of them may end within it."""

    def select(self, runs: NDArray[np.intp]) -> None:
        """Go on with some of the runs."""


class ReferenceSteps:
    """Takes the steps of all runs together, one by one.

    Args:
        descent: the runs at their start.
        limit: the last step.
        divergence_loss: a run whose loss is above this has diverged.
    """

    def __init__(self, descent: MeanDescent, limit: int, divergence_loss: float) -> None:
        self._descent, self._limit, self._highest_loss = descent, limit, divergence_loss
        self._drawing, self._step = Drawing(*descent.weights.shape), 0
        self._stuck = np.full((len(descent.bits), DRAWS), limit + 1)

    @property
    def stuck_from(self) -> NDArray[np.int64]:
        """For each draw, the first step from which on it stands still."""
        return self._stuck

    def take(self, crossed: NDArray[np.bool_]) -> list[Stretch]:
        """Take a stretch; what has ended within it is carried along to its end."""
        descent, drawing, weights = self._descent, self._drawing, list[Floats]()
        ends = np.zeros(len(crossed), dtype=bool)
        steps = np.full(len(crossed), STRETCH)
        while len(weights) < STRETCH and not ends.all():
            weights.append(descent.weights)
            drawing.keep(np.abs(descent.layers).min(axis=1))
            now = self._ends(crossed) & ~ends
            steps[now], ends = len(weights), ends | now
            if not ends.all():
                self._advance(~ends)
        found = [
            Stretch(np.array([each[run] for each in weights[:count]]), drawing.kept(run, count), bool(end))
            for run, (count, end) in enumerate(zip(steps.tolist(), ends, strict=True))
        ]
        drawing.forget()
        return found

    def select(self, runs: NDArray[np.intp]) -> None:
        """Go on with some of the runs."""
        self._descent.select(runs)
        self._drawing.select(runs)
        self._stuck = self._stuck[runs]

    def _ends(self, crossed: NDArray[np.bool_]) -> NDArray[np.bool_]:
        ends = ~(self._descent.loss <= self._highest_loss) | (self._stuck < self._step).all(axis=1)
        if crossed.any():
            ends |= crossed & self._drawing.all_large(self._descent.bits)
        return np.asarray(ends | (self._step == self._limit))

    def _advance(self, going_on: NDArray[np.bool_]) -> None:
        descent, drawing = self._descent, self._drawing
        jacobian, rounding = descent.linearized()
        followed, turned = drawing.followed(jacobian)
        over = descent.stands_still(lambda weights: drawing.moves(followed, weights, descent.bits))
        over |= descent.extinct(lambda: drawing.displacements(descent.bits))
        over &= going_on[:, None]
        if over.any():
            self._stuck = np.where(over, np.minimum(self._stuck, self._step), self._stuck)
        spread = np.ldexp(drawing.spread(turned, rounding), -descent.bits[:, None])
        variances = descent.advance(spread)
        drawing.advance(followed, rounding.draw(drawing.random, DRAWS, (), variances))
        self._step += 1
