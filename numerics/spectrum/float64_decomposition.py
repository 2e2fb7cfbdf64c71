"""The singular value decomposition in float64, and what stands out of its noise."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Decomposition:
    """What LAPACK finds of X and y, each divided by a power of two that makes its largest entry about 1.

    Args:
        X: the scaled data, shape `(N, d)`.
        y: the scaled labels, shape `(N,)`.
        data_scale: the power of two for X.
        label_scale: the power of two for y.
        left: the left singular vectors as columns, shape `(N, k)` with k the smaller of N and d.
        values: the singular values of the scaled data, shape `(k,)`.
        right: the right singular vectors as rows, shape `(k, d)`.
    """

    X: Floats
    y: Floats
    data_scale: int
    label_scale: int
    left: Floats
    values: Floats
    right: Floats

    @classmethod
    def of(cls, X: Floats, y: Floats) -> Decomposition:
        """Decompose data that are not 0.

        Examples:
            >>> Decomposition.of(np.array([[1e300], [1e300]]), np.array([1.0, 0.0])).data_scale
            997
        """
        data_scale, label_scale = (int(np.frexp(np.abs(numbers).max())[1]) for numbers in (X, y))
        scaled = np.ldexp(np.asarray(X, dtype=np.float64), -data_scale)
        left, values, right = np.linalg.svd(scaled, full_matrices=False)
        return cls(scaled, np.ldexp(y, -label_scale), data_scale, label_scale, left, values, right)

    @property
    def noise(self) -> float:
        """What LAPACK may leave of a singular value that is 0."""
        return float(max(self.X.shape) * np.finfo(np.float64).eps * self.values[0])

    @property
    def visible_rank(self) -> int:
        """How many singular values stand out of the noise."""
        return int(np.count_nonzero(self.values > self.noise))

    def spaces(self, rank: int, gap: float) -> list[range]:
        """Which of so many modes belong together: the singular values of one space are no farther apart than a gap."""
        values = self.values[:rank]
        ends = [0, *(np.flatnonzero(values[:-1] - values[1:] > gap) + 1).tolist(), rank]
        return [range(first, last) for first, last in pairwise(ends)]
