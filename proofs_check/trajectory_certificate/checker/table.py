"""The trajectory on a table of numbers, in one weight for each feature: what `trajectory` is for a spectrum.

With z = P X u - y, every step is that on `L = z^T z / (2N)`, `h = eta/N`:

    u+ = u - h P X^T z = u - h P (P G u - b),                 G = X^T X, b = X^T y,
    v_j+ = v_j - h Q_j u^T X^T z = v_j - h Q_j (P u^T G u - u^T b).

No region is known here that the weights never leave, so that nothing is said about later steps.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import prod

from proofs_check.trajectory_certificate.checker.definiteness import definiteness
from proofs_check.trajectory_certificate.checker.enclosure import Enclosure


class Table:
    """Enclosures of the weights of one run on a table.

    Attributes:
        c, v: the weights u and the layers.
    """

    def __init__(
        self,
        features: list[list[Fraction]],
        labels: list[Fraction],
        c: list[Enclosure],
        v: list[Enclosure],
        eta: Fraction,
        p: int,
    ) -> None:
        self.n, self.c, self.v, self.p = len(labels), c, v, p
        self.zero, self.one, self.h = self.of(0), self.of(1), self.of(eta / self.n)
        columns = [[self.of(row[k]) for row in features] for k in range(len(c))]
        y = [self.of(label) for label in labels]
        self.gram = [[self.zero] * len(c) for _ in c]
        for k, first in enumerate(columns):
            for i in range(k + 1):
                self.gram[k][i] = self.gram[i][k] = self.dot(first, columns[i])
        self.b, self.square = [self.dot(column, y) for column in columns], self.dot(y, y)

    def of(self, value: Fraction | int) -> Enclosure:
        """Enclose a rational."""
        return Enclosure.of(value, self.p)

    def dot(self, first: Iterable[Enclosure], second: Iterable[Enclosure]) -> Enclosure:
        """Multiply two vectors."""
        return sum((x * y for x, y in zip(first, second, strict=True)), start=self.zero)

    def product(self, *without: int) -> Enclosure:
        """Multiply the layers but those at the given places."""
        return prod((v for place, v in enumerate(self.v) if place not in without), start=self.one)

    def _pull(self) -> list[Enclosure]:
        """`G u`."""
        return [self.dot(row, self.c) for row in self.gram]

    def step(self) -> None:
        """Take one step of gradient descent."""
        P, others = self.product(), [self.product(j) for j in range(len(self.v))]
        rate, size = self.h * P * P, self.h * self.dot(self.c, self._pull())
        toward = self.h * self.dot(self.c, self.b)
        c = []
        for k, row in enumerate(
            self.gram
        ):  # each weight once in each sum, so that the radii grow no faster than need be
            factors = [(self.one if i == k else self.zero) - rate * entry for i, entry in enumerate(row)]
            c.append(self.dot(factors, self.c) + self.h * P * self.b[k])
        self.c = c
        self.v = [v * (self.one - size * (q * q)) + toward * q for v, q in zip(self.v, others, strict=True)]

    def loss(self) -> Enclosure:
        """`(P^2 u^T G u - 2 P u^T b + y^T y) / (2N)`."""
        P, two = self.product(), self.of(2)
        total = P * P * self.dot(self.c, self._pull()) - two * P * self.dot(self.c, self.b) + self.square
        return total * self.of(Fraction(1, 2 * self.n))

    def loss_side(self, level: Fraction) -> int:
        """1 where the loss is surely above the level, -1 surely below, else 0."""
        return (self.loss() - self.of(level)).sign()

    def sharpness_side(self, level: Fraction) -> int:
        """The same for the sharpness, by elimination in `level N I - N Hess`."""
        P, pull, rank = self.product(), self._pull(), len(self.c)
        others = [self.product(j) for j in range(len(self.v))]
        size = self.dot(self.c, pull)
        coupling = P * size - self.dot(self.c, self.b)
        matrix = [[self.zero] * (rank + len(self.v)) for _ in range(rank + len(self.v))]
        for i in range(rank):
            for k in range(rank):
                matrix[i][k] = self.of(level * self.n if i == k else 0) - P * P * self.gram[i][k]
            for j, q in enumerate(others):
                entry = q * (self.of(2) * P * pull[i] - self.b[i])
                matrix[i][rank + j] = matrix[rank + j][i] = self.zero - entry
        for j, q in enumerate(others):
            for k, other in enumerate(others):
                entry = q * other * size + (coupling * self.product(j, k) if j != k else self.zero)
                matrix[rank + j][rank + k] = self.of(level * self.n if j == k else 0) - entry
        return definiteness(matrix)

    def escape_side(self) -> int:
        """No such region is known."""
        return -1

    def floor_exceeds(self, quantity: str, level: Fraction) -> bool:
        """Nothing is said about later steps."""
        return False
