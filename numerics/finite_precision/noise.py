"""Many draws of what rounding does to a run, carried along a trajectory: one recursion for all precisions.

`delta(t+1) = J(t) delta(t) + rounding(t)` is linear, and the roundings are `2^-p` times numbers that do not depend on
p. So are the draws here: at p bits the displacement of the weights is `2^-p` times one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from numerics.fast import fast_noise
from numerics.finite_precision.base_trajectory import BaseTrajectory
from numerics.finite_precision.linearization import Jacobian
from numerics.finite_precision.rounding import Rounding
from numerics.finite_precision.stretch import DRAWS, MOST_BITS, RESCALE_BITS, Floats, Kept, errors_of_rounding

_CHUNK = 64


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
        quick = fast_noise(base, first)
        return cls.of(first, [cls._by_steps(base, first)] if quick is None else quick)

    @staticmethod
    def _by_steps(base: BaseTrajectory, first: int) -> Kept:
        drawing = Drawing(1, base.weights.shape[1])
        for start in range(0, base.last_step, _CHUNK):
            some = slice(start, min(start + _CHUNK, base.last_step))
            count = some.stop - some.start
            jacobians = base.jacobian(some)
            rounded = base.rounding(some).draw(drawing.random, DRAWS, (count,))
            for place in range(count):
                if start + place >= first:
                    drawing.keep(base.smallest_layers[start + place : start + place + 1])
                drawing.advance(jacobians.step(place).times(drawing.now), rounded[place])
        drawing.keep(base.smallest_layers[-1:])
        return drawing.kept(0, base.last_step + 1 - first)

    @classmethod
    def of(cls, first: int, parts: Sequence[Kept]) -> Noise:
        """Put together what has been kept from a step on."""
        displacements, scale_bits, squares, smallest = (
            parts[0] if len(parts) == 1 else map(np.concatenate, zip(*parts, strict=True))
        )
        sizes = _oscillation_bits(squares, smallest[:, None], scale_bits[:, None])
        return cls(first, displacements, scale_bits, sizes)

    def at(self, bits: int, steps: slice | NDArray[np.intp]) -> Floats:
        """Give the displacements at p bits, shape `(K, r + D - 1, DRAWS)`, at steps counted from `first`."""
        sizes = np.ldexp(1.0, self.scale_bits[steps] - bits)
        return np.asarray(self.displacements[steps].astype(np.float64) * sizes[:, None, None])

    def displaced(
        self, weights: Floats, bits: NDArray[np.intp] | int, places: NDArray[np.intp], draws: NDArray[np.intp]
    ) -> Floats:
        """Give the weights of the trajectory at some places from `first` on, each displaced by one of the draws.

        Args:
            weights: the `(c, v)`, shape `(K, r + D - 1)`.
            bits: p, for all or for each.
            places: shape `(K,)`.
            draws: shape `(K,)`.
        """
        with np.errstate(over="ignore", invalid="ignore"):  # what overflows has diverged
            sizes = np.ldexp(1.0, self.scale_bits[places] - bits)
            return np.asarray(weights + self.displacements[places, :, draws].astype(np.float64) * sizes[:, None])


class Drawing:
    """The draws of some runs at one step, on their way along their trajectories, and those kept so far.

    Args:
        runs: how many runs, B; all of them have the same draws of what is random.
        size: `r + D - 1`.

    Attributes:
        now: the displacements, shape `(B, r + D - 1, DRAWS)`; to be multiplied by `2^(scale_bits - p)`.
        turning: half of what they changed by in the last step.
    """

    def __init__(self, runs: int, size: int) -> None:
        self.random = errors_of_rounding()
        self.now = self.turning = np.zeros((runs, size, DRAWS))
        self._scale_bits = np.zeros(runs, dtype=np.intp)
        self._kept: list[Kept] = []

    def keep(self, smallest_layers: Floats) -> None:
        """Keep the draws as they are at a step, given the `min_j |v_j|`, shape `(B,)`."""
        squares = np.einsum("bnk,bnk->bk", self.turning, self.turning)
        self._kept.append(Kept(self.now.astype(np.float32), self._scale_bits, squares, smallest_layers))

    def forget(self) -> None:
        """Forget what has been kept."""
        self._kept = []

    def select(self, runs: NDArray[np.intp]) -> None:
        """Go on with some of the runs; what has been kept of them is to be taken before."""
        self.now, self.turning, self._scale_bits = self.now[runs], self.turning[runs], self._scale_bits[runs]

    def all_large(self, bits: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Tell of each run whether every draw oscillated by a quarter of the smallest layer when last kept."""
        last = self._kept[-1]
        return np.asarray(_oscillation_bits(last.squares.min(axis=-1), last.smallest, last.scale_bits) - bits >= -2)

    def displacements(self, bits: NDArray[np.intp]) -> Floats:
        """Give the displacements at p bits, shape `(B, r + D - 1, DRAWS)`."""
        return np.asarray(np.ldexp(self.now, (self._size - bits)[:, None, None]))

    def followed(self, jacobian: Jacobian) -> tuple[Floats, Floats]:
        """Give where a step takes the displacements, without what it rounds off, and by how much it moves `turning`."""
        both = jacobian.times(np.concatenate([self.now, self.turning], axis=-1))
        return both[..., :DRAWS], both[..., DRAWS:] - self.turning

    def spread(self, turned: Floats, rounding: Rounding) -> Floats:
        """Give the deviations of the increments about the slow trajectory, times `2^p`, shape `(B, r + D - 1)`.

        They are those before the weights are stored; `turned` is the second part of `followed`.
        """
        apart = turned - np.add.reduce(turned, axis=-1, keepdims=True) / DRAWS
        deviations = np.sqrt(np.einsum("bnk,bnk->bn", apart, apart) / DRAWS)
        return np.asarray(np.hypot(np.ldexp(deviations, self._size[:, None]), rounding.before_storing()))

    def moves(self, followed: Floats, weights: slice, bits: NDArray[np.intp]) -> Floats:
        """Give how the increments of some weights differ in each draw from those of the trajectory at p bits."""
        moves = followed[:, weights] - self.now[:, weights]
        return np.asarray(np.ldexp(moves, (self._size - bits)[:, None, None]))

    def advance(self, followed: Floats, rounded: Floats) -> None:
        """Take a step: where it takes the displacements, and what it rounds off."""
        if self._scale_bits.any():
            rounded = np.ldexp(rounded, -self._scale_bits[:, None, None])
        now = followed + rounded
        self.turning, self.now = now - self.now, now
        self.turning /= 2
        if now.max() > 2.0**RESCALE_BITS or now.min() < -(2.0**RESCALE_BITS):
            large = np.abs(now).max(axis=(1, 2)) > 2.0**RESCALE_BITS
            shift = np.where(large, RESCALE_BITS, 0)
            self.turning, self.now = (np.ldexp(part, -shift[:, None, None]) for part in (self.turning, self.now))
            self._scale_bits = self._scale_bits + shift

    def kept(self, run: int, count: int) -> Kept:
        """Give what has been kept of one run, at so many steps."""
        return Kept(*(np.array([part[run] for part in parts]) for parts in zip(*self._kept[:count], strict=True)))

    @property
    def _size(self) -> NDArray[np.intp]:
        return np.minimum(self._scale_bits, MOST_BITS)


def _oscillation_bits(squares: Floats, smallest: Floats, scale_bits: NDArray[np.intp]) -> Floats:
    with np.errstate(divide="ignore"):
        return np.asarray(np.log2(np.sqrt(squares) / smallest) + scale_bits)
