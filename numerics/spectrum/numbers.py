"""The numbers of a data set: in float64, and exactly where float64 cannot decide."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from numerics.spectrum.exact_reading import ExactReading
from theory.errors import DegenerateDataError

if TYPE_CHECKING:
    from numerics.spectrum.exact_data import ExactData

_EXACT = 1 << 23  # numbers of X: more take minutes to turn into whole ones


@dataclass(frozen=True, eq=False)
class Numbers:
    """X, shape `(N, d)`, and y, shape `(N,)`, and how to read them exactly if float64 rounds them."""

    X: NDArray[np.float64]
    y: NDArray[np.float64]
    exact_reading: ExactReading | None = None

    @cached_property
    def exact(self) -> ExactData:
        """The rationals that the source writes, or that the float64 numbers are.

        Examples:
            >>> Numbers(np.array([[0.5]]), np.array([1.0])).exact.unit
            Fraction(1, 2)
        """
        from numerics.spectrum.exact_data import ExactData  # here, because importing flint takes a while

        if self.exact_reading is None:
            return ExactData.of_floats(self.X, self.y)
        return ExactData.of_rationals(*self.exact_reading.exactly())

    @property
    def decidable(self) -> bool:
        """Whether there are few enough numbers to decide exactly what float64 leaves open."""
        return self.X.size <= _EXACT

    def has_rank(self, visible: int) -> bool:
        """Whether the rank is the number of singular values that stand out of float64's noise.

        It is no less. Columns of zeros and columns that are there twice are found without any arithmetic.

        Raises:
            DegenerateDataError: there are too many numbers to decide it.

        Examples:
            >>> Numbers(np.array([[1.0, 0.0, 1.0], [2.0, 0.0, 2.0]]), np.ones(2)).has_rank(1)
            True
        """
        if visible == min(self.X.shape) or (self.exact_reading is None and visible == self._different):
            return True
        if not self.decidable:
            raise DegenerateDataError(
                f"float64 sees {visible} singular values of {min(self.X.shape)}, and so many numbers are not "
                "decomposed exactly; say with --rank-tolerance (rank_tolerance) from where on they count as 0"
            )
        return self.exact.rank == visible

    def rank_is_proved(self, rank: int) -> bool:
        """Whether the rank is known for certain, not only modulo a prime."""
        if rank == min(self.X.shape) or (self.exact_reading is None and rank == self._different):
            return True
        return self.exact.elimination.proved

    @cached_property
    def _different(self) -> int:
        """How many different columns there are beside 0, or rows, if these are fewer."""
        columns = {column.tobytes() for column in np.ascontiguousarray(self.X.T) + 0.0 if column.any()}
        rows = {row.tobytes() for row in self.X + 0.0 if row.any()}
        return min(len(columns), len(rows))
