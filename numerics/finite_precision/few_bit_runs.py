"""What runs of few bits follow: the mean trajectory that rounding leaves, and the noise about it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from numerics.finite_precision.base_trajectory import BaseTrajectory
from numerics.finite_precision.mean_descent import MeanDescent
from numerics.finite_precision.noise import DRAWS, Drawing, Noise
from numerics.finite_precision.problem import Problem
from numerics.finite_precision.rounded_sharpness import Floats, sharpnesses
from numerics.model.reduced import ReducedModel

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


def few_bit_runs(problem: Problem, bits: int, limit: int) -> FewBitRuns:
    """Give what runs at p bits follow on average, and the noise about it.

    The two are carried together, since the noise decides how much of the staircase is left.

    Args:
        problem: what is run.
        bits: p, at most 44.
        limit: most steps.

    Returns:
        The runs up to the step limit; or, if that is earlier, to where their mean drops or diverges, where all draws
        have left the linear range after it has crossed, or where none of them moves any more.
    """
    descent = MeanDescent(problem, bits)
    watch, found = _Watch(descent.model, 2 / descent.step_size), [descent.weights]
    drawing, stuck = Drawing(len(descent.weights)), np.full(DRAWS, limit + 1)
    for step in range(limit + 1):
        drawing.keep(step, float(np.abs(descent.layers).min()))
        left = watch.crossed and drawing.all_large(bits)
        ends = left or step == limit or bool((stuck < step).all()) or not descent.loss <= problem.divergence_loss
        if ends or (step + 1) % _CHUNK == 0:
            ends = watch.sees_a_drop(np.array(found[step - step % _CHUNK :])) or ends
            if not (watch.near or ends):
                drawing.forget()
        if ends:
            break
        jacobian, rounding = descent.linearized()
        followed = drawing.followed(jacobian)
        spread, moves = (np.ldexp(part, -bits) for part in drawing.moves(jacobian, rounding, followed))
        over = descent.stands_still(moves) | descent.extinct(drawing.displacements(bits))
        stuck = np.where(over, np.minimum(stuck, step), stuck)
        drawing.advance(followed, rounding.storing(descent.advance(spread)))
        found.append(descent.weights)
    return FewBitRuns(descent.trajectory(found), drawing.noise(), stuck)


class _Watch:
    """Looks at the sharpness of the mean trajectory, many steps at a time."""

    def __init__(self, model: ReducedModel, edge: float) -> None:
        self._model, self._edge = model, edge
        self.crossed = False
        self.near = False
        """Whether the sharpness has been near `2/eta`, or above it."""

    def sees_a_drop(self, weights: Floats) -> bool:
        """Look at the `(f, v)` of some steps, shape `(K, r + D - 1)`."""
        rank = self._model.rank
        tops = sharpnesses(self._model, weights[:, :rank], weights[:, rank:])
        crossed = self.crossed | np.logical_or.accumulate(tops > self._edge)
        self.crossed = bool(crossed[-1])
        self.near = self.near or bool((tops > WATCHED * self._edge).any())
        return bool((crossed & (tops < self._edge)).any())
