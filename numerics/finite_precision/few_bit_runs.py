"""What runs of few bits follow: the mean trajectory that rounding leaves, and the noise about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from numerics.fast import fast_few_bit_steps
from numerics.finite_precision.base_trajectory import BaseTrajectory
from numerics.finite_precision.few_bit_steps import ReferenceSteps
from numerics.finite_precision.linearization import rounded_spectrum
from numerics.finite_precision.mean_descent import MeanDescent
from numerics.finite_precision.noise import Noise
from numerics.finite_precision.problem import Problem
from numerics.finite_precision.rounded_sharpness import sharpnesses_of_runs
from numerics.finite_precision.stretch import Floats, Kept, Stretch
from numerics.model.reduced import ReducedModel

WATCHED = 0.9
"""A share of `2/eta`: noise before the sharpness gets there is not kept, since no run crosses yet."""


@dataclass(frozen=True, eq=False)
class FewBitRuns:
    """What runs of few bits follow.

    Attributes:
        base: gradient descent with the mean errors of p bits.
        sharpness: along it, shape `(T + 1,)`.
        noise: the draws about it.
        stuck_from: for each draw, the first step at which none of its increments reaches half a unit in the last place,
            or at which its top mode is lost, so that it never drops; a step after the last one for none; shape
            `(DRAWS,)`.
    """

    base: BaseTrajectory
    sharpness: Floats
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
    descent, found = MeanDescent(problem, bits), dict[int, FewBitRuns]()
    edge, models = 2 / descent.step_size, descent.models
    quick = fast_few_bit_steps(descent, limit, problem.divergence_loss)
    steps = ReferenceSteps(descent, limit, problem.divergence_loss) if quick is None else quick
    seen, places = [_Seen() for _ in bits], np.arange(len(bits))
    with np.errstate(all="ignore"):  # of a run that has ended, nothing is asked
        while len(places):
            stretches = steps.take(np.array([seen[place].crossed for place in places]))
            tops = sharpnesses_of_runs([models[place] for place in places], [each.weights for each in stretches])
            looked = zip(places, stretches, tops, strict=True)
            goes_on = np.array([not seen[place].ends(stretch, of_it, edge) for place, stretch, of_it in looked])
            for place, stuck in zip(places[~goes_on], steps.stuck_from[~goes_on], strict=True):
                found[int(place)] = seen[place].runs(descent.step_size, models[place], stuck)
            places = places[goes_on]
            steps.select(np.flatnonzero(goes_on))
    return [found[place] for place in range(len(bits))]


@dataclass
class _Seen:
    """What has been seen of a run so far."""

    crossed: bool = False
    near: bool = False
    first: int = 0
    weights: list[Floats] = field(default_factory=list)
    tops: list[Floats] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)

    def ends(self, stretch: Stretch, tops: Floats, edge: float) -> bool:
        """Take in a stretch and the sharpness of its weights; tell whether the run ends there."""
        crossed = self.crossed | np.logical_or.accumulate(tops > edge)
        self.crossed = bool(crossed[-1])
        self.near |= bool((tops > WATCHED * edge).any())
        ended = stretch.ended or bool((crossed & (tops < edge)).any())
        self.weights.append(stretch.weights)
        self.tops.append(tops)
        if self.near or ended:
            self.kept.append(stretch.kept)
        else:
            self.first += len(tops)
        return ended

    def runs(self, step_size: float, model: ReducedModel, stuck_from: NDArray[np.int64]) -> FewBitRuns:
        """Put it together."""
        weights, rank = np.concatenate(self.weights), model.rank
        base = BaseTrajectory(rounded_spectrum(model), step_size, weights[:, :rank], weights[:, rank:])
        return FewBitRuns(base, np.concatenate(self.tops), Noise.of(self.first, self.kept), stuck_from)
