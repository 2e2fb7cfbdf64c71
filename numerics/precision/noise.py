"""Many draws of what rounding does to a run, carried along a path: one recursion for all precisions.

`delta(t+1) = J(t) delta(t) + rounding(t)` is linear, and the roundings are `2^-p` times numbers that do not depend on
p. So are the draws here: at p bits the displacement of the weights is `2^-p` times one of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from numerics.precision.path import Path
from numerics.precision.recording import Floats

DRAWS = 79
"""An odd number, for the median; a further draw lies between the second and the last but one with probability 0.95."""

_SEED = 0
_RESCALE_BITS = 40
_MOST_BITS = 600  # beyond that, sizes are no longer needed and would overflow


@dataclass(frozen=True, eq=False)
class Noise:
    """Draws of the displacement along a path.

    Attributes:
        first: the step of the first displacements kept.
        displacements: shape `(T + 1 - first, r + D - 1, DRAWS)`; to be multiplied by `2^(scale_bits - p)`.
        scale_bits: shape `(T + 1 - first,)`.
        oscillation_bits: `log2` of the part that changes sign from step to step, `||delta(t) - delta(t-1)|| / 2`, over
            the smallest layer; `-p` is to be added; shape `(T + 1 - first, DRAWS)`.
        fluctuation: deviation of the increments of every weight about their slow course, before they are stored; to be
            multiplied by `2^-p`; shape `(T, r + D - 1)`.
    """

    first: int
    displacements: NDArray[np.float32]
    scale_bits: NDArray[np.intp]
    oscillation_bits: Floats
    fluctuation: Floats

    @classmethod
    def along(cls, path: Path, first: int) -> Noise:
        """Draw the roundings of every step of a path; the same path gets the same draws."""
        random = np.random.Generator(np.random.Philox(key=_SEED))
        size, last = path.weights.shape[1], path.last_step
        kept = np.zeros((last + 1 - first, size, DRAWS), dtype=np.float32)
        scales = np.zeros(last + 1 - first, dtype=np.intp)
        oscillation = np.full((last + 1 - first, DRAWS), -np.inf)
        fluctuation = np.zeros((last, size))
        now = before = np.zeros((size, DRAWS))
        scale = 0
        for step in range(last + 1):
            half = (now - before) / 2
            if step >= first:
                with np.errstate(divide="ignore"):
                    sizes = np.log2(np.linalg.norm(half, axis=0) / path.smallest_layers[step])
                place = step - first
                kept[place], scales[place], oscillation[place] = now, scale, sizes + scale
            if step == last:
                break
            jacobian, rounding = path.jacobian(step), path.rounding(step)
            spread = np.ldexp((jacobian.times(half) - half).std(axis=1), min(scale, _MOST_BITS))
            fluctuation[step] = np.hypot(spread, rounding.before_storing())
            before, now = now, jacobian.times(now) + np.ldexp(rounding.draw(random, DRAWS), -scale)
            if np.abs(now).max() > 2.0**_RESCALE_BITS:
                before, now = np.ldexp(before, -_RESCALE_BITS), np.ldexp(now, -_RESCALE_BITS)
                scale += _RESCALE_BITS
        return cls(first, kept, scales, oscillation, fluctuation)

    def at(self, bits: int, steps: slice | NDArray[np.intp]) -> Floats:
        """Give the displacements at p bits, shape `(K, r + D - 1, DRAWS)`, at steps counted from `first`."""
        sizes = np.ldexp(1.0, self.scale_bits[steps] - bits)
        return self.displacements[steps].astype(np.float64) * sizes[:, None, None]
