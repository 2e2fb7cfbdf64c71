"""Runs of few bits followed together: the mean trajectory that rounding leaves, and the noise about it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from numerics.fast import fast_few_bit_steps
from numerics.finite_precision.few_bit_run import FewBitRun
from numerics.finite_precision.few_bit_steps import ReferenceSteps
from numerics.finite_precision.mean_descent import MeanDescent
from numerics.finite_precision.problem import Problem
from numerics.finite_precision.rounded_sharpness import sharpnesses_of_runs


def few_bit_runs(problem: Problem, bits: Sequence[int], limit: int) -> list[FewBitRun]:
    """Follow what runs at each of some precisions do on average, and the noise about it.

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
    descent = MeanDescent(problem, bits)
    quick = fast_few_bit_steps(descent, limit, problem.divergence_loss)
    steps = ReferenceSteps(descent, limit, problem.divergence_loss) if quick is None else quick
    going = runs = [FewBitRun(model, 2 / descent.step_size) for model in descent.models]
    with np.errstate(all="ignore"):  # of a run that has ended, nothing is asked
        while going:
            stretches = steps.take(np.array([run.has_crossed for run in going]))
            tops = sharpnesses_of_runs([run.model for run in going], [each.weights for each in stretches])
            told = zip(going, stretches, tops, steps.stuck_from, strict=True)
            goes_on = np.flatnonzero([run.goes_on(stretch, of_it, stuck) for run, stretch, of_it, stuck in told])
            going = [going[place] for place in goes_on]
            steps.select(goes_on)
    return runs
