"""Products with float64 matrices in about 80 bits, with a bound on what is still rounded.

Numbers are cut into the multiples of a unit and a small rest (Ozaki). Where the unit is chosen by the lengths of rows
and columns, no sum of products of multiples has more than 53 bits, so that a library's product of these parts is exact
in whatever order it adds. What is left is small, and so is its rounding.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ROUNDOFF = 2.0**-53
TINY = 2.0**-500  # counts as nothing beside numbers of size 1; squares of smaller numbers underflow
_BITS = 26
_BLOCK = 1 << 24  # numbers that are worked on at a time


def length(values: Floats) -> float:
    """An upper bound on the Euclidean (or Frobenius) norm.

    Examples:
        >>> 5.0 <= length(np.array([3.0, 4.0])) < 5.1
        True
    """
    return float(np.linalg.norm(values)) * (1 + (values.size + 2) * ROUNDOFF) + TINY


def exponent(size: float) -> int:
    """A b with `size <= 0.98 * 2^b`, the least but for rounding.

    Examples:
        >>> exponent(0.9), exponent(1.0)
        (0, 1)
    """
    return int(np.frexp(size / 0.97)[1])


def cut(values: Floats, bits: int) -> Floats:
    """Round to multiples of `2^(bits - 26)`."""
    unit = np.ldexp(1.5, 52 - _BITS + bits)
    multiples: Floats = (values + unit) - unit
    return multiples


def distance_to_product(values: Floats, left: Floats, right: Floats, bits: int) -> float:
    """Bound the Frobenius norm of `values - left @ right`.

    Args:
        values: shape `(n, m)`.
        left: shape `(n, k)`, rows of length at most 1.01.
        right: shape `(k, m)`, columns of length at most `0.98 * 2^bits`.
        bits: see above.

    Examples:
        >>> distance_to_product(np.eye(2), np.eye(2), np.eye(2), 1) < 1e-15
        True
    """
    right_high = cut(right, bits)
    right_low = right - right_high
    high_length = low_length = squares = 0.0
    rows = max(1, _BLOCK // values.shape[1])
    for first in range(0, len(values), rows):
        block = slice(first, first + rows)
        high = cut(left[block], 0)
        low = left[block] - high
        rest = values[block] - high @ right_high
        rest -= high @ right_low
        rest -= low @ right
        squares += length(rest) ** 2
        high_length, low_length = np.hypot(high_length, length(high)), np.hypot(low_length, length(low))
    small = float(high_length * length(right_low) + low_length * length(right))
    root = float(np.sqrt(squares))
    return float(root * (1 + 16 * ROUNDOFF) + (left.shape[1] + 16) * 2 * ROUNDOFF * small)


@dataclass(frozen=True, eq=False)
class Pair:
    """The vector `high + low`, right to `error` in length."""

    high: Floats
    low: Floats
    error: float = 0.0

    @classmethod
    def of(cls, values: Floats) -> Pair:
        """Take a vector as it is."""
        return cls(values, np.zeros_like(values))

    @property
    def negated(self) -> Pair:
        """The negative."""
        return Pair(-self.high, -self.low, self.error)

    @property
    def length(self) -> float:
        """An upper bound on its length."""
        return length(self.high) + length(self.low) + self.error


@dataclass(frozen=True, eq=False)
class SplitMatrix:
    """A matrix that multiplies vectors in about 80 bits.

    Args:
        values: shape `(n, m)`.

    Examples:
        >>> X = SplitMatrix(np.array([[1.0, 2.0**-30]]))
        >>> rest = X.residual(Pair.of(np.array([1.0])), Pair.of(np.array([1.0, 1.0])))
        >>> (rest.high + rest.low).tolist() == [-(2.0**-30)]
        True
    """

    values: Floats

    @cached_property
    def transposed(self) -> SplitMatrix:
        """The transposed matrix."""
        return SplitMatrix(self.values.T)

    @cached_property
    def size(self) -> float:
        """An upper bound on the Frobenius norm."""
        return length(self.values)

    @cached_property
    def bits(self) -> int:
        """No row is longer than `0.98 * 2^bits`."""
        return exponent(float(np.sqrt(np.einsum("ij,ij->i", self.values, self.values).max())) * (1 + 1e-9) + TINY)

    def residual(self, start: Pair, vector: Pair) -> Pair:
        """Give `start - values @ vector`."""
        size = length(vector.high)
        multiple = cut(vector.high, exponent(size))
        low = vector.high - multiple
        exact, small = np.empty(len(self.values)), np.empty(len(self.values))
        low_length = 0.0
        rows = max(1, _BLOCK // self.values.shape[1])
        for first in range(0, len(self.values), rows):
            block = self.values[first : first + rows]
            multiples = cut(block, self.bits)
            small_part = block - multiples
            exact[first : first + rows] = multiples @ multiple
            small[first : first + rows] = (multiples @ low + small_part @ vector.high) + block @ vector.low
            low_length = float(np.hypot(low_length, length(small_part)))
        total, lost = _sum(start.high, -exact)
        rest = (lost + start.low) - small
        high, low_part = _sum(total, rest)
        rounded = self.size * (length(low) + length(vector.low)) + low_length * size
        error = (self.values.shape[1] + 8) * 2 * ROUNDOFF * rounded + 4 * ROUNDOFF * (
            length(lost) + length(start.low) + length(small)
        )
        return Pair(high, low_part, error + start.error + self.size * vector.error + TINY)


def sum_of(first: Pair, second: Pair) -> Pair:
    """Add two vectors.

    Examples:
        >>> total = sum_of(Pair.of(np.array([1.0])), Pair.of(np.array([2.0**-60])))
        >>> (total.high.item(), total.low.item()) == (1.0, 2.0**-60)
        True
    """
    high, lost = _sum(first.high, second.high)
    low = (lost + first.low) + second.low
    error = 4 * ROUNDOFF * (length(lost) + length(first.low) + length(second.low))
    return Pair(high, low, first.error + second.error + error)


def _sum(first: Floats, second: Floats) -> tuple[Floats, Floats]:
    """The rounded sum and what it rounded off (Knuth)."""
    total = first + second
    back = total - first
    return total, (first - (total - back)) + (second - back)
