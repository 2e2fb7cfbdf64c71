"""From a displacement that is no longer small to the sharpness drop: the model itself, in float64.

Once the oscillation is some 2^-8 of the weights, float64 follows it to its end without loss, whatever the precision
that it grew from: rounding at 53 bits is then far below it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from numerics.finite_precision.linearization import Spectra, one_step
from numerics.finite_precision.problem import Problem
from numerics.finite_precision.rounded_sharpness import Floats, are_above
from numerics.model.reduced import ReducedModel

NEVER = np.iinfo(np.int64).max
"""The step of what does not come within the step limit."""

_CHUNK = 32


@dataclass(frozen=True, eq=False)
class Ends:
    """How many oscillations end.

    Attributes:
        steps: of the sharpness drops or the divergences; `NEVER` where neither comes; shape `(K,)`.
        diverged: whether the loss passed `Problem.divergence_loss` before a drop, shape `(K,)`.
    """

    steps: NDArray[np.int64]
    diverged: NDArray[np.bool_]

    def split(self, parts: int) -> list[Ends]:
        """Give equal parts."""
        both = (np.split(part, parts) for part in (self.steps, self.diverged))
        return [Ends(*part) for part in zip(*both, strict=True)]


def run_to_drop(
    model: ReducedModel,
    problem: Problem,
    starts: NDArray[np.int64],
    outputs: Floats,
    layers: Floats,
    limit: int,
    crossed: NDArray[np.bool_] | None = None,
) -> Ends:
    """Follow many runs from given weights until `eta S < 2` after `eta S > 2`, a loss too high, or a step limit.

    Args:
        model: the data and the depth, at the precision of the runs.
        problem: the step size, and what loss is too high.
        starts: the numbers of the steps at which the runs have these weights, shape `(K,)`.
        outputs: the `f_i`, shape `(K, r)`.
        layers: the `v_j`, shape `(K, D - 1)`.
        limit: the last step.
        crossed: which runs have had `eta S > 2` by then; all by default.
    """
    spectrum, step_size = Spectra(*model.rounded_spectrum, model.n_samples), float(problem.step_size)
    edge = 2 / step_size
    ends = Ends(np.full(len(starts), NEVER), np.zeros(len(starts), dtype=bool))
    above = np.ones(len(starts), dtype=bool) if crossed is None else crossed.copy()
    live, at = np.arange(len(starts)), 0
    with np.errstate(all="ignore"):
        while len(live):
            visited, losses = [], []
            for _ in range(_CHUNK):
                visited.append((outputs, layers))
                outputs, layers, loss = one_step(spectrum, step_size, outputs, layers)
                losses.append(loss)
            all_outputs, all_layers = (np.concatenate(part) for part in zip(*visited, strict=True))
            now_above = are_above(model, all_outputs, all_layers, edge).reshape(_CHUNK, -1)
            steps = starts[live] + at + np.arange(_CHUNK)[:, None]
            over = above[live] | np.logical_or.accumulate(now_above, axis=0)
            dropped = over & ~now_above & (steps > starts[live])
            lost = ~(np.array(losses) <= problem.divergence_loss)
            event = dropped | lost | (steps > limit)
            first = event.argmax(axis=0)
            ended, place = event.any(axis=0), np.arange(len(live))
            in_time = ended & (steps[first, place] <= limit)
            ends.steps[live[in_time]] = steps[first, place][in_time]
            ends.diverged[live[in_time]] = lost[first, place][in_time]
            above[live] = over[-1]
            outputs, layers, live, at = outputs[~ended], layers[~ended], live[~ended], at + _CHUNK
    return ends
