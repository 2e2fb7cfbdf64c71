"""Many draws of what rounding does to a run, carried along a trajectory: one recursion for all precisions.

`delta(t+1) = J(t) delta(t) + rounding(t)` is linear, and the roundings are `2^-p` times numbers that do not depend on
p. So are the draws here: at p bits the displacement of the weights is `2^-p` times one of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from numerics.finite_precision.base_trajectory import BaseTrajectory
from numerics.finite_precision.linearization import Jacobian
from numerics.finite_precision.rounded_sharpness import Floats
from numerics.finite_precision.rounding import Rounding

DRAWS = 79
"""An odd number, for the median; a further draw lies between the second and the last but one with probability 0.95."""

_SEED = 0
_RESCALE_BITS = 40
_MOST_BITS = 600  # beyond that, sizes are no longer needed and would overflow


@dataclass(frozen=True, eq=False)
class Noise:
    """Draws of the displacement along a trajectory.

    Attributes:
        first: the step of the first displacements kept.
        displacements: shape `(T + 1 - first, r + D - 1, DRAWS)`; to be multiplied by `2^(scale_bits - p)`.
        scale_bits: shape `(T + 1 - first,)`.
        oscillation_bits: `log2` of the part that changes sign from step to step, `||delta(t) - delta(t-1)|| / 2`, over
            the smallest layer; `-p` is to be added; shape `(T + 1 - first, DRAWS)`.
    """

    first: int
    displacements: NDArray[np.float32]
    scale_bits: NDArray[np.intp]
    oscillation_bits: Floats

    @classmethod
    def along(cls, base: BaseTrajectory, first: int) -> Noise:
        """Draw the roundings of every step of a trajectory; the same one gets the same draws."""
        drawing = Drawing(base.weights.shape[1])
        for step in range(base.last_step + 1):
            if step >= first:
                drawing.keep(step, base.smallest_layers[step])
            if step < base.last_step:
                drawing.advance(drawing.followed(base.jacobian(step)), base.rounding(step))
        return drawing.noise()

    def at(self, bits: int, steps: slice | NDArray[np.intp]) -> Floats:
        """Give the displacements at p bits, shape `(K, r + D - 1, DRAWS)`, at steps counted from `first`."""
        sizes = np.ldexp(1.0, self.scale_bits[steps] - bits)
        return np.asarray(self.displacements[steps].astype(np.float64) * sizes[:, None, None])


class Drawing:
    """The draws at one step, on their way along a trajectory, and those kept so far.

    Args:
        size: `r + D - 1`.
    """

    def __init__(self, size: int) -> None:
        self._random = np.random.Generator(np.random.Philox(key=_SEED))
        self._first, self._scale_bits = 0, 0
        self._now = self._before = np.zeros((size, DRAWS))
        self._kept: list[NDArray[np.float32]] = []
        self._scales: list[int] = []
        self._oscillation: list[Floats] = []

    def keep(self, step: int, smallest_layer: float) -> None:
        """Keep the draws as they are at a step; from the first one on, every step is to be kept."""
        if not self._kept:
            self._first = step
        with np.errstate(divide="ignore"):
            sizes = np.log2(np.linalg.norm(self._now - self._before, axis=0) / 2 / smallest_layer)
        self._kept.append(self._now.astype(np.float32))
        self._scales.append(self._scale_bits)
        self._oscillation.append(sizes + self._scale_bits)

    def forget(self) -> None:
        """Forget what has been kept."""
        self._kept, self._scales, self._oscillation = [], [], []

    def all_large(self, bits: int) -> bool:
        """Whether the oscillation of every draw was a quarter of the smallest layer at p bits when last kept."""
        return bool((self._oscillation[-1] - bits >= -2).all())

    def displacements(self, bits: int) -> Floats:
        """Give the displacements at p bits, shape `(r + D - 1, DRAWS)`."""
        return np.asarray(np.ldexp(self._now, min(self._scale_bits, _MOST_BITS) - bits))

    def followed(self, jacobian: Jacobian) -> Floats:
        """Give where a step takes the displacements, without what it rounds off."""
        return jacobian.times(self._now)

    def moves(self, jacobian: Jacobian, rounding: Rounding, followed: Floats) -> tuple[Floats, Floats]:
        """Give how the increments of a step differ from those of the trajectory, times `2^p`, before they are stored.

        Returns:
            Their standard deviations about the slow trajectory, shape `(r + D - 1,)`, and those of each draw, shape
            `(r + D - 1, DRAWS)`.
        """
        half, size = (self._now - self._before) / 2, min(self._scale_bits, _MOST_BITS)
        spread = np.ldexp((jacobian.times(half) - half).std(axis=1), size)
        return np.hypot(spread, rounding.before_storing()), np.ldexp(followed - self._now, size)

    def advance(self, followed: Floats, rounding: Rounding) -> None:
        """Take a step."""
        self._before, self._now = self._now, followed + np.ldexp(rounding.draw(self._random, DRAWS), -self._scale_bits)
        if np.abs(self._now).max() > 2.0**_RESCALE_BITS:
            self._before, self._now = np.ldexp(self._before, -_RESCALE_BITS), np.ldexp(self._now, -_RESCALE_BITS)
            self._scale_bits += _RESCALE_BITS

    def noise(self) -> Noise:
        """Give what has been kept."""
        return Noise(
            self._first,
            np.array(self._kept),
            np.array(self._scales, dtype=np.intp),
            np.array(self._oscillation),
        )
