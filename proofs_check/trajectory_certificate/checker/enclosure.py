"""A number known up to a radius, in Python's integers.

`(m +- r) 2^-p` with whole m and r stands for every number within r units of m. Each operation holds the results for
all numbers in its operands: the midpoint is rounded down by less than a unit, and the radius upwards. Where a radius is
long, the leading bits of what it is multiplied by are enough.
"""

from __future__ import annotations

from fractions import Fraction


class Enclosure:
    """All numbers within r of m, both in units of `2^-p`."""

    __slots__ = ("m", "p", "r")

    def __init__(self, m: int, r: int, p: int) -> None:
        self.m, self.r, self.p = m, r, p

    @classmethod
    def of(cls, value: Fraction | int, p: int) -> Enclosure:
        """Enclose a rational."""
        m, rest = divmod(value.numerator << p, value.denominator)
        return cls(m, int(rest != 0), p)

    def __add__(self, other: Enclosure) -> Enclosure:
        return Enclosure(self.m + other.m, self.r + other.r, self.p)

    def __sub__(self, other: Enclosure) -> Enclosure:
        return Enclosure(self.m - other.m, self.r + other.r, self.p)

    def __mul__(self, other: Enclosure) -> Enclosure:
        spread = product_bound(abs(self.m), other.r, self.p) + product_bound(abs(other.m) + other.r, self.r, self.p)
        return Enclosure((self.m * other.m) >> self.p, spread + 1, self.p)

    def times(self, number: int) -> Enclosure:
        """Multiply by a whole number that is not negative."""
        return Enclosure(self.m * number, self.r * number, self.p)

    def __truediv__(self, other: Enclosure) -> Enclosure:
        size = abs(other.m)
        spread = (abs(self.m) * other.r + size * self.r) << self.p
        return Enclosure((self.m << self.p) // other.m, -(-spread // (size * (size - other.r))) + 1, self.p)

    def sign(self) -> int:
        """1 or -1 where every number has that sign, else 0."""
        return 1 if self.m > self.r else -1 if self.m < -self.r else 0

    def within(self, low: Fraction, high: Fraction) -> bool:
        """Whether every number lies between the two."""
        least, most = self._ends()
        return low <= least and most <= high

    def apart(self, low: Fraction, high: Fraction) -> bool:
        """Whether none does."""
        least, most = self._ends()
        return most < low or high < least

    def _ends(self) -> tuple[Fraction, Fraction]:
        unit = Fraction(1, 1 << self.p)
        return (self.m - self.r) * unit, (self.m + self.r) * unit


_LEADING = 64


def product_bound(size: int, radius: int, p: int) -> int:
    """Give a whole number of at least `size radius 2^-p`, from the leading bits of each."""
    shift = p
    if (below := size.bit_length() - _LEADING) > 0:
        size, shift = (size >> below) + 1, shift - below
    if (below := radius.bit_length() - _LEADING) > 0:
        radius, shift = (radius >> below) + 1, shift - below
    return -(-size * radius >> shift) if shift > 0 else size * radius << -shift
