"""`X^T X` and `X^T y` of many rows, a block of rows at a time, in nearly 80 bits and with a bound on the rest.

In units in which no entry of X is above `2^bits`, let A be X rounded to whole numbers and B what is left, at most 1/2.
A library's product `A^T A` of so few rows is exact in whatever order it adds, since no sum has more than 53 bits, and
whole numbers of 64 bits add exactly. The rest of `X^T X` is `C^T B` plus its transpose, with `C = A + B/2`; it is
`2^bits` times smaller, and so is its rounding. Sums over rows can be made anywhere and in any order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.spectrum.split_products import ROUNDOFF, Floats, Pair, SplitMatrix, length, sum_of

ROWS = 2048
"""Of a block: the products of whole numbers of 21 bits, so many of them, have 53 bits together."""


@dataclass(frozen=True)
class Scale:
    """Powers of two by which X and y are divided, so that their largest entries are about 1."""

    data: int
    labels: int

    def blocks(self, X: NDArray[Any], y: NDArray[Any]) -> Iterator[tuple[Floats, Floats]]:
        """Give the scaled rows, a block at a time, in float64."""
        for first in range(0, len(X), ROWS):
            rows = slice(first, first + ROWS)
            yield (
                np.ldexp(np.asarray(X[rows], dtype=np.float64), -self.data),
                np.ldexp(np.asarray(y[rows], dtype=np.float64), -self.labels),
            )


def bits_for(rows: int) -> int:
    """How many bits whole numbers may have so that the products of so many rows add up within 62 bits.

    Examples:
        >>> bits_for(50_000), bits_for(2**24)
        (21, 18)
    """
    return min(21, (62 - rows.bit_length()) // 2)


@dataclass(frozen=True, eq=False)
class Gram:
    """`X^T X` and `X^T y` of scaled data.

    Args:
        high, low: their sum is `X^T X`, shape `(d, d)`.
        error: of it, in the Frobenius norm.
        correlations: `X^T y`, shape `(d,)`.
    """

    high: Floats
    low: Floats
    error: float
    correlations: Pair


@dataclass(eq=False)
class GramSum:
    """`X^T X` and `X^T y` of some rows of scaled data, to which those of others can be added in any order.

    Args:
        whole, rest: see above, shape `(d, d)`, in units of `2^(-2 bits)`.
        correlations: `X^T y`, shape `(d,)`.
        lengths: of C and B, shape `(2,)`.
    """

    whole: NDArray[np.int64]
    rest: Floats
    correlations: Pair
    lengths: Floats

    @classmethod
    def of_none(cls, size: int) -> GramSum:
        """That of no rows."""
        square = (size, size)
        return cls(np.zeros(square, dtype=np.int64), np.zeros(square), Pair.of(np.zeros(size)), np.zeros(2))

    def add(self, part: GramSum) -> None:
        """Add a part."""
        self.whole += part.whole
        self.rest += part.rest
        self.correlations = sum_of(self.correlations, part.correlations)
        self.lengths = np.hypot(self.lengths, part.lengths) * (1 + 4 * ROUNDOFF)

    def total(self, rows: int) -> Gram:
        """Give the sum over so many rows, all there are, each part of which is at most all in blocks of their own."""
        high = self.whole.astype(np.float64)
        low = (self.whole - high.astype(np.int64)).astype(np.float64)
        low += self.rest + self.rest.T
        unit, additions = -2 * bits_for(rows), 2 * (rows // ROWS + 2)
        products = float(self.lengths[0] * self.lengths[1])
        error = (ROWS + additions + 16) * ROUNDOFF * 1.01 * 2 * products + 8 * ROUNDOFF * length(low)
        return Gram(np.ldexp(high, unit), np.ldexp(low, unit), float(np.ldexp(error, unit)), self.correlations)


def gram_of_rows(configuration: Mapping[str, int], arrays: Mapping[str, NDArray[Any]]) -> GramSum:
    """Sum over some rows: a task's function.

    Args:
        configuration: `data` and `labels`, the `Scale`, and `bits`.
        arrays: `X`, shape `(n, d)`, and `y`, shape `(n,)`.
    """
    scale, bits = Scale(configuration["data"], configuration["labels"]), configuration["bits"]
    size = arrays["X"].shape[1]
    total = GramSum.of_none(size)
    for X, y in scale.blocks(arrays["X"], arrays["y"]):
        along = SplitMatrix(X).transposed.residual(Pair.of(np.zeros(size)), Pair.of(y))
        X = np.ldexp(X, bits)
        A = np.rint(X)
        B = X - A
        whole = (A.T @ A).astype(np.int64)
        A += B / 2
        total.add(GramSum(whole, A.T @ B, along.negated, np.array([length(A), length(B)])))
    return total
