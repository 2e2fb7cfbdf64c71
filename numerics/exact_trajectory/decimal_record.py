"""Numbers of a trajectory to a given count of digits, each known to be right to half a unit in its last place.

A text such as `4.0216e-1` stands for all numbers within a little more than half a unit of its last digit (by 2^-30
of a unit, so that a number near the middle between two texts may be written as either).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from numerics.arithmetic.ball import Ball
from numerics.arithmetic.base import Number
from numerics.arithmetic.true_digits import leading_place

_SPARE = Fraction(1, 2**31)


@dataclass(frozen=True)
class Rounded:
    """A number rounded to some digits: its text, its value, and the unit of its last digit."""

    text: str
    value: Fraction
    unit: Fraction

    @property
    def reach(self) -> Fraction:
        """How far a number may lie from the value for the text to stand for it, with room for a ball's radius."""
        return self.unit * (Fraction(1, 2) + _SPARE)


def rounded(value: Fraction, digits: int) -> Rounded:
    """Round to `digits` digits; below `10^-digits` in size to a multiple of `10^(1 - 2 digits)`.

    Examples:
        >>> rounded(Fraction(-1, 3), 5).text, rounded(Fraction(1, 10**7), 5).text, rounded(Fraction(0), 2).text
        ('-3.3333e-1', '0.0100e-5', '0.0e-2')
    """
    exponent = max(leading_place(abs(value)), -digits) if value else -digits
    unit = Fraction(10) ** (exponent - digits + 1)
    mantissa = round(abs(value) / unit)
    if mantissa == 10**digits:
        mantissa, exponent, unit = mantissa // 10, exponent + 1, unit * 10
    signed = -mantissa if value < 0 else mantissa
    figures = f"{mantissa:0{digits}d}"
    return Rounded(f"{'-' * (signed < 0)}{figures[0]}.{figures[1:]}e{exponent}", signed * unit, unit)


def decimal_text(ball: Ball, value: Number, digits: int) -> str | None:
    """Round a ball's number to `digits` digits; None where the ball is too wide for that.

    Examples:
        >>> b = Ball(80)
        >>> decimal_text(b, b.number("1/3"), 5), decimal_text(b, b.hull(Fraction(1), Fraction(2)), 5)
        ('3.3333e-1', None)
    """
    if not ball.is_finite(value):
        return None
    found = rounded(ball.to_fraction(value), digits)
    return found.text if ball.radius(value) <= found.unit * _SPARE else None
