"""From a displacement that is no longer small to the sharpness drop: the model itself, in float64.

Once the oscillation is some 2^-8 of the weights, float64 follows it to its end without loss, whatever the precision
that it grew from: rounding at 53 bits is then far below it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from numerics.model.reduced import ReducedModel
from numerics.precision.linearization import one_step, rounded_spectrum
from numerics.precision.recording import DIVERGENCE_LOSS, Floats, sharpnesses

_CHUNK = 64


@dataclass(frozen=True)
class End:
    """How an oscillation ends.

    Attributes:
        step: of the sharpness drop or the divergence; None where neither comes within the step limit.
        diverged: whether the loss passed 1e6.
    """

    step: int | None
    diverged: bool


def play_out(model: ReducedModel, step_size: float, start: int, outputs: Floats, layers: Floats, limit: int) -> End:
    """Follow the run from given weights until `eta S < 2`, a loss above 1e6, or a step limit.

    Args:
        model: the data and the depth.
        step_size: `eta`.
        start: the number of the step at which the run has the weights.
        outputs: the `f_i`, shape `(r,)`.
        layers: the `v_j`, shape `(D - 1,)`.
        limit: the last step.
    """
    spectrum, at = rounded_spectrum(model), start
    edge = 2 / step_size
    with np.errstate(all="ignore"):
        while at <= limit:
            visited, lost = [], None
            for step in range(at, min(at + _CHUNK, limit + 1)):
                following, moved, loss = one_step(spectrum, step_size, outputs, layers)
                if not loss <= DIVERGENCE_LOSS:
                    lost = step
                    break
                visited.append((outputs, layers))
                outputs, layers = following, moved
            if visited:
                tops = sharpnesses(model, *(np.array(part) for part in zip(*visited, strict=True)))
                below = np.flatnonzero((tops < edge) & (np.arange(at, at + len(tops)) > start))
                if len(below):
                    return End(at + int(below[0]), False)
            if lost is not None:
                return End(lost, True)
            at += _CHUNK
    return End(None, False)
