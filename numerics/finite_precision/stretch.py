"""What the law follows of a run of few bits in some steps, and how the draws about it are held."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

DRAWS = 79
"""An odd number, for the median; a further draw lies between the second and the last but one with probability 0.95."""

SEED = 0
"""Of the draws, the same for all runs."""

STRETCH = 64
"""How many steps are taken before the sharpness is looked at."""

RESCALE_BITS = 40
"""Draws that grow beyond 2 to this are scaled down by as much."""

MOST_BITS = 600
"""Sizes beyond 2 to this are no longer needed, and would overflow."""

LIFT_BITS = 256
"""An output without a label below 2 to minus this is kept times 2 to it."""

Floats = NDArray[np.float64]
Errors = NDArray[np.float32]


def errors_of_rounding() -> np.random.Generator:
    """Give what `draw_errors` draws from, at its begin."""
    return np.random.Generator(np.random.PCG64(SEED))


def draw_errors(random: np.random.Generator, out: Errors) -> Errors:
    """Fill an array with independent errors of deviation 1, uniform as those of rounding, and give it."""
    random.random(dtype=np.float32, out=out)
    out -= 0.5
    out *= 12**0.5
    return out


class Kept(NamedTuple):
    """What is kept of the draws: of one step of many runs, or of many steps of one, in the first axis.

    Attributes:
        displacements: shape `(K, r + D - 1, DRAWS)`; to be multiplied by `2^(scale_bits - p)`.
        scale_bits: shape `(K,)`.
        squares: of half of what the displacements changed by in the step before, shape `(K, DRAWS)`.
        smallest: `min_j |v_j|`, shape `(K,)`.
    """

    displacements: NDArray[np.float32]
    scale_bits: NDArray[np.intp]
    squares: Floats
    smallest: Floats

    def between(self, first: int, end: int) -> Kept:
        """Give a part of it."""
        some = slice(first, end)
        return Kept(self.displacements[some], self.scale_bits[some], self.squares[some], self.smallest[some])


class Stretch(NamedTuple):
    """What a run goes through in some steps, K of them.

    Attributes:
        weights: the `(f, v)`, shape `(K, r + D - 1)`.
        kept: of the draws.
        ended: whether it ends at the last of these steps: at the limit, where its mean diverges, where all draws have
            left the linear range after it has crossed, or where none of them moves any more.
    """

    weights: Floats
    kept: Kept
    ended: bool
