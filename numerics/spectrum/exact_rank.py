"""The rank of a matrix of whole numbers, by elimination modulo a prime and a proof that nothing was lost by it.

Modulo a prime the rank can only fall, so that the pivots found there are independent. That the other rows, or columns,
depend on the pivots' is then shown by solving for them in whole numbers, where there are not too many pivots.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import fmpz_mat, nmod_mat

_PRIME = 2**61 - 1
_SOLVED = 600  # unknowns: solving for more in whole numbers takes minutes


@dataclass(frozen=True, eq=False)
class ExactRank:
    """The rank and the rows and columns of a minor of that size that is not 0.

    Args:
        rank: the rank, at least modulo the prime 2^61 - 1.
        proved: whether it is the rank. If not, the rank is larger, which would take rare luck.
        rows: of the minor.
        columns: of the minor.
    """

    rank: int
    proved: bool
    rows: tuple[int, ...]
    columns: tuple[int, ...]

    @classmethod
    def of(cls, matrix: Any) -> ExactRank:
        """Find it.

        Examples:
            >>> ExactRank.of(fmpz_mat(2, 2, [1, 2, 3, 6]))
            ExactRank(rank=1, proved=True, rows=(0,), columns=(0,))
        """
        columns = _pivots(matrix)
        rows = _pivots(_part(matrix, range(matrix.nrows()), columns).transpose())
        rank, shape = len(columns), (matrix.nrows(), matrix.ncols())
        if rank == min(shape):
            return cls(rank, True, rows, columns)
        if shape[0] - rank > shape[1] - rank:  # fewer columns than rows are left to be shown
            proved = rank <= _SOLVED and _rows_depend(matrix.transpose(), columns, rows)
        else:
            proved = rank <= _SOLVED and _rows_depend(matrix, rows, columns)
        return cls(rank, proved, rows, columns)

    def spans(self, matrix: Any, vector: Any) -> bool:
        """Whether a vector, shape `(n, 1)`, lies in the column space of the matrix, modulo the prime if not proved.

        Examples:
            >>> X = fmpz_mat(2, 1, [1, 2])
            >>> ExactRank.of(X).spans(X, fmpz_mat(2, 1, [2, 4])), ExactRank.of(X).spans(X, fmpz_mat(2, 1, [2, 5]))
            (True, False)
        """
        if self.rank == matrix.nrows():
            return True
        minor, inside = _part(matrix, self.rows, self.columns), _part(vector, self.rows, (0,))
        every = _part(matrix, range(matrix.nrows()), self.columns)
        if self.rank > _SOLVED:
            solution = nmod_mat(minor, _PRIME).solve(nmod_mat(inside, _PRIME))
            return bool(nmod_mat(every, _PRIME) * solution == nmod_mat(vector, _PRIME))
        numerators, denominator = minor.solve(inside).numer_denom()
        return bool(every * numerators == vector * denominator)


def _rows_depend(matrix: Any, rows: tuple[int, ...], columns: tuple[int, ...]) -> bool:
    """Whether every row is a combination of the given ones, which are independent in the given columns."""
    chosen = set(rows)
    rest = [row for row in range(matrix.nrows()) if row not in chosen]
    minor = _part(matrix, rows, columns).transpose()
    numerators, denominator = minor.solve(_part(matrix, rest, columns).transpose()).numer_denom()
    every = range(matrix.ncols())
    return bool(numerators.transpose() * _part(matrix, rows, every) == _part(matrix, rest, every) * denominator)


def _pivots(matrix: Any) -> tuple[int, ...]:
    """The columns of the pivots modulo the prime."""
    reduced, rank = nmod_mat(matrix, _PRIME).rref()
    found: list[int] = []
    column = 0
    for row in range(rank):
        while int(reduced[row, column]) == 0:
            column += 1
        found.append(column)
    return tuple(found)


def _part(matrix: Any, rows: Any, columns: Any) -> Any:
    table = matrix.tolist()
    return fmpz_mat([[table[row][column] for column in columns] for row in rows])
