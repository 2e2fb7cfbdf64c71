"""What runs of few bits follow: the mean trajectory that rounding leaves, and the noise about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from numerics.finite_precision.base_trajectory import BaseTrajectory
from numerics.finite_precision.mean_descent import MeanDescent
from numerics.finite_precision.noise import DRAWS, Drawing, Noise
from numerics.finite_precision.problem import Problem
from numerics.finite_precision.rounded_sharpness import Floats, sharpnesses

_CHUNK = 64
WATCHED = 0.9
"""A share of `2/eta`: noise before the sharpness gets there is not kept, since no run crosses yet."""


@dataclass(frozen=True, eq=False)
class FewBitRuns:
    """What runs of few bits follow.

    Attributes:
        base: gradient descent with the mean errors of p bits.
        noise: the draws about it.
        stuck_from: for each draw, the first step at which none of its increments reaches half a unit in the last place,
            or at which its top mode is lost, so that it never drops; a step after the last one for none; shape
            `(DRAWS,)`.
    """

    base: BaseTrajectory
    noise: Noise
    stuck_from: NDArray[np.int64]


def few_bit_runs(problem: Problem, bits: Sequence[int], limit: int) -> list[FewBitRuns]:
    """Give what runs at each of some precisions follow on average, and the noise about it.

    The two are carried together, since the noise decides how much of the staircase is left. All precisions are carried
    together too, as long as they last: none depends on which others there are, but for rounding.

    Args:
        problem: what is run.
        bits: each p, at most 44.
        limit: most steps.

    Returns:
        The runs up to the step limit; or, if that is earlier, to where their mean drops or diverges, where all draws
        have left the linear range after it has crossed, or where none of them moves any more.
    """
    carried, found = _Carried(problem, bits, limit), dict[int, FewBitRuns]()
    with np.errstate(all="ignore"):  # of a run that has ended, nothing is asked
        while len(found) < len(bits):
            found |= carried.step()
    return [found[place] for place in range(len(bits))]


class _Carried:
    """Runs at some precisions at one step, and what has been seen of them so far."""

    def __init__(self, problem: Problem, bits: Sequence[int], limit: int) -> None:
        self._descent, count = MeanDescent(problem, bits), len(bits)
        self._edge, self._limit, self._highest_loss = 2 / self._descent.step_size, limit, problem.divergence_loss
        self._drawing, self._now = Drawing(count, self._descent.weights.shape[1]), 0
        self._found = [self._descent.weights]
        self._places, self._first = np.arange(count), np.zeros(count, dtype=np.intp)
        self._active, self._crossed, self._near = np.ones(count, bool), np.zeros(count, bool), np.zeros(count, bool)
        self._stuck, self._some_stuck = np.full((count, DRAWS), limit + 1), False

    def step(self) -> dict[int, FewBitRuns]:
        """Look at the runs, and take a step; give those that have ended, by their places."""
        step, descent, drawing = self._now, self._descent, self._drawing
        drawing.keep(np.abs(descent.layers).min(axis=1))
        ends = self._active & self._ends()
        for run in np.flatnonzero(self._active if (step + 1) % _CHUNK == 0 else ends):
            ends[run] |= self._sees_a_drop(run, np.array([w[run] for w in self._found[step - step % _CHUNK :]]))
            if not (self._near[run] or ends[run]):
                self._first[run] = step + 1
        ended = {int(self._places[run]): self._runs(run) for run in np.flatnonzero(ends)}
        self._active = self._active & ~ends
        if not self._active.any():
            return ended
        if 2 * np.count_nonzero(self._active) <= len(self._active):
            self._select(np.flatnonzero(self._active))
        if (self._first[self._active] > step).all():
            drawing.forget()
        self._advance()
        return ended

    def _ends(self) -> NDArray[np.bool_]:
        ends = ~(self._descent.loss <= self._highest_loss)
        if self._some_stuck:
            ends |= (self._stuck < self._now).all(axis=1)
        if self._crossed.any():
            ends |= self._crossed & self._drawing.all_large(self._descent.bits)
        return np.asarray(ends | (self._now == self._limit))

    def _sees_a_drop(self, run: np.intp, weights: Floats) -> bool:
        """Look at the sharpness of a mean trajectory whose `(f, v)` at some steps are given, shape `(K, r + D - 1)`."""
        rank, edge = self._descent.rank, self._edge
        tops = sharpnesses(self._descent.models[run], weights[:, :rank], weights[:, rank:])
        crossed = self._crossed[run] | np.logical_or.accumulate(tops > edge)
        self._crossed[run] = crossed[-1]
        self._near[run] |= (tops > WATCHED * edge).any()
        return bool((crossed & (tops < edge)).any())

    def _runs(self, run: np.intp) -> FewBitRuns:
        weights = np.array([w[run] for w in self._found])
        noise = self._drawing.noise(int(run), int(self._first[run]), self._now)
        return FewBitRuns(self._descent.trajectory(int(run), weights), noise, self._stuck[run])

    def _select(self, runs: NDArray[np.intp]) -> None:
        self._descent.select(runs)
        self._drawing.select(runs)
        self._found = [weights[runs] for weights in self._found]
        for name in ("_places", "_first", "_active", "_crossed", "_near", "_stuck"):
            setattr(self, name, getattr(self, name)[runs])

    def _advance(self) -> None:
        descent, drawing = self._descent, self._drawing
        jacobian, rounding = descent.linearized()
        followed, turned = drawing.followed(jacobian)
        over = descent.stands_still(lambda weights: drawing.moves(followed, weights, descent.bits))
        over |= descent.extinct(lambda: drawing.displacements(descent.bits))
        if over.any():
            self._some_stuck = True
            self._stuck = np.where(over, np.minimum(self._stuck, self._now), self._stuck)
        spread = np.ldexp(drawing.spread(turned, rounding), -descent.bits[:, None])
        variances = descent.advance(spread)
        drawing.advance(followed, rounding.draw(drawing.random, DRAWS, (), variances))
        self._found.append(descent.weights)
        self._now += 1
