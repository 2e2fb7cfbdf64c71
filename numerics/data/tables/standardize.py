"""Columns of mean 0 and deviation 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class ColumnScales:
    """What standardizing the columns of one table does, in float64 and exactly.

    The mean of a column is subtracted exactly, and the difference divided by the deviation as float64 has it. So
    columns that depend on each other still do, as those of a one-hot code, whatever the rounding. A column that is
    constant in float64 becomes 0.

    Args:
        sizes: a power of two about as large as each column, shape `(d,)`: nothing overflows in its units.
        means: of each column in these units, rounded.
        deviations: likewise; 1 for a constant column.
        constant: which columns are constant.
    """

    sizes: NDArray[np.float64]
    means: NDArray[np.float64]
    deviations: NDArray[np.float64]
    constant: NDArray[np.bool_]

    @classmethod
    def of(cls, columns: NDArray[np.float64]) -> ColumnScales:
        """Measure the columns of `(N, d)` numbers.

        Examples:
            >>> ColumnScales.of(np.array([[0.0, 5.0], [4.0, 5.0]])).constant.tolist()
            [False, True]
        """
        sizes = np.ldexp(1.0, np.clip(np.frexp(np.abs(columns).max(axis=0))[1], -1021, 1023))
        constant = columns.min(axis=0) == columns.max(axis=0)
        deviations = np.where(constant, 1.0, (columns / sizes).std(axis=0))
        return cls(sizes, (columns / sizes).mean(axis=0), deviations, constant)

    def applied(self, columns: NDArray[np.float64]) -> NDArray[np.float64]:
        """Standardize in float64.

        Examples:
            >>> table = np.array([[0.0, 5.0], [4.0, 5.0]])
            >>> ColumnScales.of(table).applied(table).tolist()
            [[-1.0, 0.0], [1.0, 0.0]]
        """
        centred: NDArray[np.float64] = (columns / self.sizes - self.means) / self.deviations
        return np.where(self.constant, 0.0, centred)

    def distance(self, columns: NDArray[np.float64]) -> float:
        """Bound the Frobenius norm of the rounding in `applied`, over the largest entry of its result."""
        # The mean of N numbers of size 1 is right to N + 2 units of roundoff; a few more come on the way.
        error = np.where(self.constant, 0.0, (len(columns) + 8) * 2.0**-52 / self.deviations)
        largest = float(np.abs(self.applied(columns)).max(initial=0.0))
        return float(len(columns) ** 0.5 * np.linalg.norm(error)) / largest if largest else 0.0

    def exactly(self, rows: Sequence[Sequence[Fraction]]) -> list[list[Fraction]]:
        """Standardize every row of the table exactly.

        Examples:
            >>> table = [[Fraction(0), Fraction(5)], [Fraction(4), Fraction(5)]]
            >>> ColumnScales.of(np.array([[0.0, 5.0], [4.0, 5.0]])).exactly(table)
            [[Fraction(-1, 1), Fraction(0, 1)], [Fraction(1, 1), Fraction(0, 1)]]
        """
        columns = []
        for values, size, deviation, constant in zip(
            zip(*rows, strict=True), self.sizes.tolist(), self.deviations.tolist(), self.constant, strict=True
        ):
            mean, unit = sum(values, Fraction(0)) / len(rows), Fraction(size) * Fraction(deviation)
            columns.append([Fraction(0) if constant else (value - mean) / unit for value in values])
        return [list(row) for row in zip(*columns, strict=True)]
