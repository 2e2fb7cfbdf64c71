"""Data as exact rationals: whole numbers in one unit, whose rank and column space are facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm
from typing import Any

import numpy as np
from flint import fmpz_mat
from numpy.typing import NDArray

from numerics.spectrum.exact_rank import ExactRank


@dataclass(frozen=True, eq=False)
class ExactData:
    """`X = unit * matrix` and `y = label_unit * labels` with whole numbers and positive rational units.

    Args:
        matrix: shape `(N, d)`.
        unit: the unit of X.
        labels: shape `(N, 1)`.
        label_unit: the unit of y.
    """

    matrix: Any
    unit: Fraction
    labels: Any
    label_unit: Fraction

    @classmethod
    def of_floats(cls, X: NDArray[np.float64], y: NDArray[np.float64]) -> ExactData:
        """Take float64 numbers as the dyadic rationals that they are.

        Examples:
            >>> ExactData.of_floats(np.array([[0.5, 3.0]]), np.array([2.0])).unit
            Fraction(1, 2)
        """
        numbers, unit = _dyadic(X.ravel())
        labels, label_unit = _dyadic(y)
        return cls(fmpz_mat(len(X), X.shape[1], numbers), unit, fmpz_mat(len(y), 1, labels), label_unit)

    @classmethod
    def of_rationals(cls, X: Sequence[Sequence[Fraction]], y: Sequence[Fraction]) -> ExactData:
        """Take rationals.

        Examples:
            >>> ExactData.of_rationals([[Fraction(1, 10), Fraction(2)]], [Fraction(1)]).unit
            Fraction(1, 10)
        """
        numbers, unit = _whole([x for row in X for x in row])
        labels, label_unit = _whole(y)
        return cls(fmpz_mat(len(X), len(X[0]), numbers), unit, fmpz_mat(len(y), 1, labels), label_unit)

    @property
    def shape(self) -> tuple[int, int]:
        """`(N, d)`."""
        return self.matrix.nrows(), self.matrix.ncols()

    @cached_property
    def elimination(self) -> ExactRank:
        """The rank of X with its evidence."""
        return ExactRank.of(self.matrix)

    @property
    def rank(self) -> int:
        """The rank of X.

        Examples:
            >>> third = Fraction(1, 3)
            >>> ExactData.of_rationals([[third, 1 - third], [2 * third, 2 - 2 * third]], [1, 1]).rank
            1
        """
        return self.elimination.rank

    @cached_property
    def labels_inside(self) -> bool:
        """Whether y lies in the column space of X.

        Examples:
            >>> ExactData.of_floats(np.array([[1.0], [2.0]]), np.array([3.0, 6.0])).labels_inside
            True
        """
        return self.elimination.spans(self.matrix, self.labels)

    @cached_property
    def labels_orthogonal(self) -> bool:
        """Whether y is orthogonal to every column of X."""
        return bool(self.correlations == fmpz_mat(self.shape[1], 1))

    @cached_property
    def correlations(self) -> Any:
        """`matrix^T labels`, shape `(d, 1)`."""
        return self.matrix.transpose() * self.labels

    @cached_property
    def gram(self) -> Any:
        """`matrix^T matrix`, or `matrix matrix^T` where there are fewer samples than features."""
        rows, columns = self.shape
        return self.matrix.transpose() * self.matrix if rows >= columns else self.matrix * self.matrix.transpose()

    @cached_property
    def distinct_singular_values(self) -> int:
        """How many different positive singular values there are.

        Examples:
            >>> ExactData.of_floats(np.diag([2.0, 2.0, 1.0]), np.ones(3)).distinct_singular_values
            2
        """
        characteristic = self.gram.charpoly()
        while characteristic[0] == 0:
            characteristic = characteristic.right_shift(1)
        return int(characteristic.degree() - characteristic.gcd(characteristic.derivative()).degree())


def _dyadic(values: NDArray[np.float64]) -> tuple[list[int], Fraction]:
    mantissas, exponents = np.frexp(values)
    whole, shifts = np.ldexp(mantissas, 53).astype(np.int64), exponents - 53
    present = values != 0
    if not present.any():
        return [0] * len(values), Fraction(1)
    lowest = int(shifts[present].min())
    numbers = [
        number << max(shift, 0) for number, shift in zip(whole.tolist(), (shifts - lowest).tolist(), strict=True)
    ]
    return _reduced(numbers, Fraction(2) ** lowest)


def _whole(values: Iterable[Fraction]) -> tuple[list[int], Fraction]:
    values = [Fraction(value) for value in values]
    bottom = lcm(*(value.denominator for value in values))
    return _reduced([value.numerator * (bottom // value.denominator) for value in values], Fraction(1, bottom))


def _reduced(numbers: list[int], unit: Fraction) -> tuple[list[int], Fraction]:
    common = gcd(*numbers) or 1
    return [number // common for number in numbers], unit * common
