"""The loss after the first steps as a rational: where it is at a level, no enclosure can tell.

Rationals grow about threefold in a step, unless the weights do not move, so that only short ones are followed.
"""

from __future__ import annotations

from fractions import Fraction
from math import prod

_LONGEST = 2**16  # bits


class Exactly:
    """The weights of one run as rationals, and the step that they belong to.

    Args:
        rows: X, or the diagonal matrix of the singular values.
        labels: y, or the label coefficients.
        n: N.
    """

    def __init__(
        self,
        rows: list[list[Fraction]],
        labels: list[Fraction],
        c: list[Fraction],
        v: list[Fraction],
        n: int,
        eta: Fraction,
    ) -> None:
        self.rows, self.labels, self.c, self.v, self.n, self.h = rows, labels, c, v, n, eta / n
        self.step, self.rests, self.known = 0, False, _bits([*(x for row in rows for x in row), *labels]) < _LONGEST

    def loss_is(self, step: int, level: Fraction) -> bool:
        """Whether the loss after so many steps is the level, as far as rationals are followed."""
        while self.known and self.step < step:
            self._advance()
        if not self.known:
            return False
        return sum((z * z for z in self._residuals()), Fraction(0)) / (2 * self.n) == level

    def _residuals(self) -> list[Fraction]:
        P = prod(self.v, start=Fraction(1))
        outputs = (sum((x * c for x, c in zip(row, self.c, strict=True)), Fraction(0)) for row in self.rows)
        return [P * f - y for f, y in zip(outputs, self.labels, strict=True)]

    def _advance(self) -> None:
        self.step += 1
        if self.rests:
            return
        z, P = self._residuals(), prod(self.v, start=Fraction(1))
        slopes = [
            sum((row[k] * error for row, error in zip(self.rows, z, strict=True)), Fraction(0))
            for k in range(len(self.c))
        ]
        inner = sum((c * slope for c, slope in zip(self.c, slopes, strict=True)), Fraction(0))
        c = [weight - self.h * P * slope for weight, slope in zip(self.c, slopes, strict=True)]
        v = [
            weight - self.h * prod((w for k, w in enumerate(self.v) if k != j), start=Fraction(1)) * inner
            for j, weight in enumerate(self.v)
        ]
        self.rests = c == self.c and v == self.v
        self.c, self.v = c, v
        self.known = self.rests or _bits([*c, *v]) < _LONGEST


def _bits(values: list[Fraction]) -> int:
    return sum(x.numerator.bit_length() + x.denominator.bit_length() for x in values)
