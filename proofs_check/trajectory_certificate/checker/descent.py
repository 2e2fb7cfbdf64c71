"""The exact trajectory of gradient descent, enclosed or in rationals, and on which side of a level a quantity lies.

The steps are those on `L = ||P A c - y||^2 / (2N)`, with P the product of the layers v_j, `h = eta/N`, Q the product of
the layers but v_j, `G = A^T A` and `b = A^T y`:

    c_k+ = c_k - h P (P (G c)_k - b_k)         = sum_i (1_(i=k) - h P^2 G_ki) c_i + h P b_k,
    v_j+ = v_j - h Q (P c^T G c - c^T b)       = v_j (1 - h Q^2 c^T G c) + h Q c^T b.

A side is 1 where the quantity is above the level for all numbers enclosed, -1 where it is below for all, else 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import prod
from operator import add, mul
from typing import Any, TypeAlias

from proofs_check.trajectory_certificate.checker.enclosure import Enclosure

Number: TypeAlias = Any
"""An `Enclosure`, or a `Fraction`."""


@dataclass
class Descent:
    """One run, from its exact start on.

    Attributes:
        gram: rows of G, but for entries that are 0.
        b: as above.
        label_norm_squared: `y^T y`.
        c, v: the weights.
        n: `N`.
        eta: the step size.
        of: makes a number of a rational.
    """

    gram: list[dict[int, Number]]
    b: list[Number]
    label_norm_squared: Number
    c: list[Number]
    v: list[Number]
    n: int
    eta: Fraction
    of: Callable[[Fraction | int], Number]

    def __post_init__(self) -> None:
        self.zero, self.one, self.h = self.of(0), self.of(1), self.of(self.eta / self.n)
        self.shrink = [{i: self.h * entry for i, entry in row.items()} for row in self.gram]
        self.drive = [self.h * entry for entry in self.b]
        self.look()

    def look(self) -> None:
        """Multiply what steps and comparisons share."""
        self.P = self.product()

    def product(self, *without: int) -> Number:
        """Multiply the layers but those at the given places."""
        taken = [v for place, v in enumerate(self.v) if place not in without]
        return prod(taken[1:], start=taken[0]) if taken else self.one

    def pull(self) -> list[Number]:
        """`G c`."""
        return [dot(row.values(), (self.c[i] for i in row)) for row in self.gram]

    def forms(self) -> tuple[Number, Number]:
        """`c^T G c` and `c^T b`."""
        return dot(self.c, self.pull()), dot(self.c, self.b)

    def squares(self) -> Number:
        """`||P A c - y||^2 = P^2 c^T G c - 2 P c^T b + y^T y`."""
        size, toward = self.forms()
        return self.P * self.P * size - self.of(2) * self.P * toward + self.label_norm_squared

    def step(self) -> None:
        """Take one step of gradient descent."""
        P, squared = self.P, self.P * self.P
        size, toward = (self.h * form for form in self.forms())
        self.c = [  # each weight once in each sum, so that the radii grow no faster than need be
            sum(
                (((self.one if i == k else self.zero) - squared * entry) * self.c[i] for i, entry in row.items()),
                start=drive * P,
            )
            for k, (row, drive) in enumerate(zip(self.shrink, self.drive, strict=True))
        ]
        if len(self.v) == 1:
            self.v = [self.v[0] * (self.one - size) + toward]
        else:
            others = [self.product(j) for j in range(len(self.v))]
            self.v = [v * (self.one - size * (q * q)) + toward * q for v, q in zip(self.v, others, strict=True)]
        self.look()

    def loss(self) -> Number:
        """`||P A c - y||^2 / (2N)`."""
        return self.squares() * self.of(Fraction(1, 2 * self.n))

    def loss_side(self, level: Fraction) -> int:
        """1 where the loss is surely above the level, -1 surely below, else 0."""
        return int((self.squares() - self.of(2 * self.n * level)).sign())

    def sharpness_side(self, level: Fraction) -> int:
        """The same for the sharpness, by elimination in `level N I - N Hess`."""
        P, pull, rank = self.P, self.pull(), len(self.c)
        others = [self.product(j) for j in range(len(self.v))]
        size, toward = self.forms()
        coupling, top, squared, twice = P * size - toward, self.of(level * self.n), P * P, self.of(2) * P
        matrix = [[self.zero] * (rank + len(self.v)) for _ in range(rank + len(self.v))]
        for i, row in enumerate(self.gram):
            for k, entry in row.items():
                matrix[i][k] = (top if i == k else self.zero) - squared * entry
            for j, q in enumerate(others):
                matrix[i][rank + j] = matrix[rank + j][i] = q * (self.b[i] - twice * pull[i])
        for j, q in enumerate(others):
            for k, other in enumerate(others):
                entry = q * other * size + (coupling * self.product(j, k) if j != k else self.zero)
                matrix[rank + j][rank + k] = (top if j == k else self.zero) - entry
        return definiteness(matrix)

    def escape_side(self) -> int:
        """-1: no region is known here that the weights never leave."""
        return -1

    def floor_exceeds(self, quantity: str, level: Fraction) -> bool:
        """Whether a quantity is above a level for ever: nothing is said about later steps here."""
        return False


def dot(first: Iterable[Number], second: Iterable[Number]) -> Number:
    """Multiply two vectors."""
    return reduce(add, map(mul, first, second))


def products(rows: list[list[Number]], labels: list[Number]) -> tuple[list[dict[int, Number]], list[Number], Number]:
    """G by rows, b and `y^T y` of a table."""
    columns = list(zip(*rows, strict=True))
    gram: list[dict[int, Number]] = [{} for _ in columns]
    for k, first in enumerate(columns):
        for i in range(k + 1):
            gram[k][i] = gram[i][k] = dot(first, columns[i])
    return gram, [dot(column, labels) for column in columns], dot(labels, labels)


def definiteness(matrix: list[list[Enclosure]]) -> int:
    """-1 where every pivot of a symmetric matrix is surely positive, 1 where one is surely negative, else 0."""
    for k in range(len(matrix)):
        pivot = matrix[k][k]
        if pivot.sign() != 1:
            return -pivot.sign()
        for i in range(k + 1, len(matrix)):
            if matrix[i][k].m or matrix[i][k].r:
                factor = matrix[i][k] / pivot
                for j in range(i, len(matrix)):
                    matrix[i][j] = matrix[j][i] = matrix[i][j] - factor * matrix[k][j]
    return -1
