"""The exact trajectory of gradient descent, enclosed, and on which side of a level its loss and sharpness lie.

The steps are those on `L = sum_i (s_i c_i P - d_i)^2 / (2N)`, with P the product of the layers v_j, `h = eta/N` and Q
the product of the layers but v_j:

    c_i+ = c_i - h s_i P (s_i c_i P - d_i)            = c_i (1 - h s_i^2 P^2) + h s_i d_i P,
    v_j+ = v_j - h Q sum_i s_i c_i (s_i c_i P - d_i)  = v_j (1 - h Q^2 sum_i (s_i c_i)^2) + h Q sum_i s_i c_i d_i.

A side is 1 where the quantity is above the level for all numbers enclosed, -1 where it is below for all, else 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from proofs_check.trajectory_certificate.checker.definiteness import definiteness
from proofs_check.trajectory_certificate.checker.enclosure import Enclosure


@dataclass
class Trajectory:
    """Enclosures of the weights of one run, from its exact start on.

    Attributes:
        n: `N`.
        s, d: singular values and label coefficients.
        c, v: the weights.
        eta: the step size.
        p: bits after the point.
    """

    n: int
    s: list[Enclosure]
    d: list[Enclosure]
    c: list[Enclosure]
    v: list[Enclosure]
    eta: Fraction
    p: int

    def __post_init__(self) -> None:
        self.zero, self.one = self.of(0), self.of(1)
        self.h = self.of(self.eta / self.n)
        self.shrink = [self.h * s * s for s in self.s]
        self.drive = [self.h * s * d for s, d in zip(self.s, self.d, strict=True)]
        self.label_norm_squared = self.total(d * d for d in self.d)
        self._look()

    def _look(self) -> None:
        """Multiply what steps and comparisons share: P, the `s_i c_i`, and the outputs `s_i c_i P`."""
        self.P, self.f = self.product(), [s * c for s, c in zip(self.s, self.c, strict=True)]
        self.outputs = [f * self.P for f in self.f]

    def of(self, value: Fraction | int) -> Enclosure:
        """Enclose a rational."""
        return Enclosure.of(value, self.p)

    def total(self, terms: Iterable[Enclosure]) -> Enclosure:
        """Sum."""
        return sum(terms, start=self.zero)

    def product(self, *without: int) -> Enclosure:
        """Multiply the layers but those at the given places."""
        taken = [v for place, v in enumerate(self.v) if place not in without]
        return prod(taken[1:], start=taken[0]) if taken else self.one

    def step(self) -> None:
        """Take one step of gradient descent."""
        P, squared = self.P, self.P * self.P
        size = self.h * self.total(f * f for f in self.f)
        pull = self.h * self.total(f * d for f, d in zip(self.f, self.d, strict=True))
        self.c = [c * (self.one - a * squared) + b * P for c, a, b in zip(self.c, self.shrink, self.drive, strict=True)]
        if len(self.v) == 1:
            self.v = [self.v[0] * (self.one - size) + pull]
        else:
            others = [self.product(j) for j in range(len(self.v))]
            self.v = [v * (self.one - size * (q * q)) + pull * q for v, q in zip(self.v, others, strict=True)]
        self._look()

    def residuals(self) -> list[Enclosure]:
        """`s_i c_i P - d_i`."""
        return [output - d for output, d in zip(self.outputs, self.d, strict=True)]

    def loss(self) -> Enclosure:
        """`sum_i (s_i c_i P - d_i)^2 / (2N)`."""
        return self._squares() * self.of(Fraction(1, 2 * self.n))

    def _squares(self) -> Enclosure:
        return self.total(z * z for z in self.residuals())

    def loss_side(self, level: Fraction) -> int:
        """1 where the loss is surely above the level, -1 surely below, else 0."""
        return (self._squares() - self.of(2 * self.n * level)).sign()

    def sharpness_side(self, level: Fraction) -> int:
        """The same for the sharpness, by elimination in `level N I - N Hess`."""
        P, z, rank = self.P, self.residuals(), len(self.c)
        others = [self.product(j) for j in range(len(self.v))]
        size = self.total(f * f for f in self.f)
        coupling = self.total(f * error for f, error in zip(self.f, z, strict=True))
        matrix = [[self.zero] * (rank + len(self.v)) for _ in range(rank + len(self.v))]
        for i, (s, output, error) in enumerate(zip(self.s, self.outputs, z, strict=True)):
            matrix[i][i] = self.of(level * self.n) - P * P * s * s
            for j, q in enumerate(others):
                matrix[i][rank + j] = matrix[rank + j][i] = self.zero - q * s * (output + error)
        for j, q in enumerate(others):
            for k, other in enumerate(others):
                entry = q * other * size + (coupling * self.product(j, k) if j != k else self.zero)
                matrix[rank + j][rank + k] = (self.of(level * self.n) if j == k else self.zero) - entry
        return definiteness(matrix)

    def escape_side(self) -> int:
        """Tell by its sign whether the weights are in the region that they never leave again.

        There `h (b^2 - sum_i d_i^2) > 6 w^2` for w = c_1 and every w = v_j, with `b = s_1 c_1 P`; every later step at
        least doubles these weights (`theory/formulas/escape.py`; for two layers the statement own-escape).
        """
        b, least = self.outputs[0], 1
        room = self.h * (b * b - self.label_norm_squared)
        for w in (*self.v, self.c[0]):
            least = min(least, (room - (w * w).times(6)).sign())
            if least < 0:
                break
        return least

    def floor_exceeds(self, quantity: str, level: Fraction) -> bool:
        """Whether, in the escape region, the quantity is above the level now and for ever.

        The loss is at least `(b^2/2 - sum_i d_i^2) / (2N)`, the sharpness at least `s_1^2 P^2 / N`, and both grow.
        """
        if quantity == "sharpness":
            floor = self.s[0] * self.s[0] * self.P * self.P * self.of(Fraction(1, self.n))
        else:
            b = self.outputs[0]
            floor = (b * b * self.of(Fraction(1, 2)) - self.label_norm_squared) * self.of(Fraction(1, 2 * self.n))
        return (floor - self.of(level)).sign() > 0
