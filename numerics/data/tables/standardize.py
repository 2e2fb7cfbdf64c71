"""Columns of mean 0 and deviation 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.data.tables.on_disk import blocks, in_blocks, room_for


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
    def of(cls, columns: NDArray[Any]) -> ColumnScales:
        """Measure the columns of `(N, d)` numbers, a block of rows at a time.

        Examples:
            >>> ColumnScales.of(np.array([[0.0, 5.0], [4.0, 5.0]])).constant.tolist()
            [False, True]
        """
        low = np.min([block.min(axis=0) for block in in_blocks(columns)], axis=0)
        high = np.max([block.max(axis=0) for block in in_blocks(columns)], axis=0)
        sizes = np.ldexp(1.0, np.clip(np.frexp(np.maximum(np.abs(low), np.abs(high)))[1], -1021, 1023))
        means = sum((block / sizes).sum(axis=0) for block in in_blocks(columns)) / len(columns)
        squares = sum(np.square(block / sizes - means).sum(axis=0) for block in in_blocks(columns))
        return cls(sizes, means, np.where(low == high, 1.0, np.sqrt(squares / len(columns))), low == high)

    def applied(self, columns: NDArray[Any]) -> NDArray[np.float64]:
        """Standardize in float64, on the disk where the columns are there and many.

        Examples:
            >>> table = np.array([[0.0, 5.0], [4.0, 5.0]])
            >>> ColumnScales.of(table).applied(table).tolist()
            [[-1.0, 0.0], [1.0, 0.0]]
        """
        made = room_for(columns, columns.shape)
        for rows, block in zip(blocks(columns), in_blocks(columns), strict=True):
            made[rows] = (block / self.sizes - self.means) / self.deviations
            made[rows][:, self.constant] = 0.0
        return made

    def distance(self, made: NDArray[np.float64]) -> float:
        """Bound the Frobenius norm of the rounding in what `applied` made, over its largest entry."""
        # The mean of N numbers of size 1 is right to N + 2 units of roundoff; a few more come on the way.
        error = np.where(self.constant, 0.0, (len(made) + 8) * 2.0**-52 / self.deviations)
        largest = max(float(np.abs(block).max(initial=0.0)) for block in in_blocks(made))
        return float(len(made) ** 0.5 * np.linalg.norm(error)) / largest if largest else 0.0

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
