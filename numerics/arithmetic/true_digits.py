"""Decimal digits of which every one is certain."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import log10
from typing import TYPE_CHECKING

from numerics.arithmetic.ball import dyadic

if TYPE_CHECKING:
    from flint import arb


@dataclass(frozen=True)
class Digits:
    """A decimal `sign 0.d_1 d_2 ... 10^exponent` to which every number of a ball rounds; no digits where there is none.

    Args:
        digits: `d_1 d_2 ...`, the first not 0; `0` where the number is 0; empty where not one digit is certain.
        exponent: of ten.
        negative: whether the number is below 0.
        bound: where no digit is certain, a power of ten that the number does not exceed in size, if there is one.
    """

    digits: str
    exponent: int = 0
    negative: bool = False
    bound: int | None = None

    def __str__(self) -> str:
        if not self.digits:
            if self.bound is None:
                return "not known"
            return f"0 to within 1e{self.bound:+03d}"
        sign = "-" if self.negative else ""
        if self.digits == "0":
            return "0"
        point, count = self.exponent, len(self.digits)
        if -4 < point <= 0:
            return f"{sign}0.{'0' * -point}{self.digits}"
        if 0 < point <= count:
            return sign + f"{self.digits[:point]}.{self.digits[point:]}".rstrip(".")
        rest = f".{self.digits[1:]}" if count > 1 else ""
        return f"{sign}{self.digits[0]}{rest}e{point - 1:+03d}"

    def shortened(self) -> Digits:
        """Leave out zeros at the end, but for those of a whole number that is written out.

        Examples:
            >>> [str(Digits("3000", exponent).shortened()) for exponent in (1, 4, 9)]
            ['3', '3000', '3e+08']
        """
        whole = self.exponent if 0 < self.exponent <= len(self.digits) else 1
        short = self.digits[:whole] + self.digits[whole:].rstrip("0")
        return Digits(short, self.exponent, self.negative, self.bound)


def certain_digits(ball: arb, most: int) -> Digits:
    """Give as many digits, up to `most`, as every number in a ball shares when it is rounded to so many.

    One digit more where only that decides: a number that is half-way between two roundings has none of `most` digits.

    Examples:
        >>> from flint import arb, fmpq
        >>> str(certain_digits(arb(fmpq(1, 3)), 10)), str(certain_digits(arb(2.5, 0.01), 10))
        ('0.3333333333', '2.5')
        >>> str(certain_digits(arb(1444.25, 1e-12), 5)), str(certain_digits(arb(1444.26, 1e-12), 5))
        ('1444.25', '1444.3')
        >>> str(certain_digits(arb(0, 1e-7), 10)), str(certain_digits(arb(0), 10))
        ('0 to within 1e-06', '0')
    """
    if not ball.is_finite():
        return Digits("")
    middle, radius = dyadic(ball.mid()), dyadic(ball.rad())
    low, high = middle - radius, middle + radius
    if low == high == 0:
        return Digits("0")
    for count in (most, most + 1, *range(most - 1, 0, -1)) if low > 0 or high < 0 else ():
        first, second = _rounded(abs(low), count), _rounded(abs(high), count)
        if first == second:
            return Digits(str(first[0]), first[1], middle < 0)
    return Digits("", bound=leading_place(max(abs(low), abs(high))) + 1)


def _rounded(value: Fraction, count: int) -> tuple[int, int]:
    """Round to `count` digits, half to even: the digits and the exponent of `0.digits 10^exponent`."""
    place = leading_place(value)
    digits = round(value * Fraction(10) ** (count - 1 - place))
    if digits == 10**count:
        return digits // 10, place + 2
    return digits, place + 1


def leading_place(value: Fraction) -> int:
    """Give the p with `10^p <= value < 10^(p + 1)`, for a positive number."""
    bits = value.numerator.bit_length() - value.denominator.bit_length()
    place = int(bits * log10(2)) - 2
    while value >= Fraction(10) ** (place + 1):
        place += 1
    return place
