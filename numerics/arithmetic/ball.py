"""Rigorous balls by Arb, through python-flint: every result holds the true value.

The package is loaded with the first ball, since most runs have none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

import numpy as np

from numerics.arithmetic.base import Arithmetic, Number, Vector, fraction_from_text, fraction_to_text
from theory.errors import NotFiniteError, NumberKindError


class Ball(Arithmetic):
    """Arb balls with midpoints of `bits` bits, rounded outward.

    A comparison is true only where it holds for all values in the balls. Arb's precision belongs to the whole
    process; `active()` sets it and puts the former value back.

    >>> b = Ball(80)
    >>> b.encloses(b.number("1/3"), Fraction(1, 3))
    True
    """

    kind = "ball"
    summary = "rigorous balls by Arb: every number with its error"
    dtype = np.object_
    exact_enclosure = True

    @contextmanager
    def active(self) -> Iterator[None]:
        """Make operators on arb round outward at this precision inside the block."""
        import flint

        before = flint.ctx.prec
        flint.ctx.prec = self.bits
        try:
            yield
        finally:
            flint.ctx.prec = before

    def from_fraction(self, value: Fraction) -> Number:
        """Give a ball that holds the rational; exact where it has at most `bits` bits."""
        import flint

        with self.active():
            return flint.arb(flint.fmpq(value.numerator, value.denominator))

    def to_fraction(self, value: Number) -> Fraction:
        """Give the exact value of the midpoint."""
        if not value.is_finite():
            raise NotFiniteError(f"{value} has no exact midpoint; give a finite ball")
        return dyadic(value.mid())

    def radius(self, value: Number) -> Fraction:
        """Give the exact radius of a finite ball."""
        if not value.is_finite():
            raise NotFiniteError(f"{value} has no finite radius; give a finite ball")
        return dyadic(value.rad())

    def encloses(self, value: Number, exact: Fraction) -> bool:
        """Tell whether a finite ball holds a rational number."""
        return bool(value.is_finite()) and abs(exact - self.to_fraction(value)) <= self.radius(value)

    def number(self, value: object) -> Number:
        """Turn a finite real number into a ball that holds it; a ball is rounded outward to `bits` bits."""
        import flint

        if isinstance(value, flint.arb):
            if not value.is_finite():
                raise NotFiniteError(f"{value} is not finite; give a finite ball")
            with self.active():
                return +value
        return super().number(value)

    def largest(self, values: Vector) -> Number:
        """Enclose the largest entry."""
        with self.active():
            best = values[0]
            for value in values[1:]:
                best = best.max(value)
            return best

    def hull(self, low: Fraction, high: Fraction) -> Number:
        """Give a ball that holds the interval from `low` to `high`."""
        with self.active():
            return self.from_fraction(low).union(self.from_fraction(high))

    def is_finite(self, value: Number) -> bool:
        """Tell whether both midpoint and radius are finite."""
        return bool(value.is_finite())

    def sqrt(self, value: Number) -> Number:
        """Enclose the square root."""
        with self.active():
            return value.sqrt()

    def exp(self, value: Number) -> Number:
        """Enclose the exponential."""
        with self.active():
            return value.exp()

    def to_text(self, value: Number) -> str:
        """Write midpoint and radius exactly, with ``+-`` between them."""
        return f"{fraction_to_text(self.to_fraction(value))}+-{fraction_to_text(self.radius(value))}"

    def from_text(self, text: str) -> Number:
        """Read back exactly what `to_text` wrote."""
        middle, _, radius = text.partition("+-")
        return _with_radius(fraction_from_text(middle), fraction_from_text(radius or "0p0"))


ARITHMETIC = Ball


def _with_radius(middle: Fraction, radius: Fraction) -> Any:
    """Make the ball whose radius is exactly the given one: 30 bits, as every radius of Arb's."""
    import flint

    center = _exact(middle)
    if radius == 0:
        return center
    # Arb moves a radius that it is given up by one unit in its last place, so it is given one a unit below.
    mantissa, exponent = radius.numerator, 1 - radius.denominator.bit_length()
    up = 30 - mantissa.bit_length()
    mantissa, exponent = (mantissa << up if up >= 0 else mantissa >> -up), exponent - up
    for below in ((mantissa - 1, exponent), (2 * mantissa - 1, exponent - 1), (mantissa, exponent)):
        ball = flint.arb(center, flint.arb(below))
        if dyadic(ball.rad()) == radius:
            return ball
    raise NumberKindError(f"the radius {float(radius):g} is none that Arb holds; give one that to_text wrote")


def _exact(value: Fraction) -> Any:
    import flint

    return flint.arb((value.numerator, 1 - value.denominator.bit_length()))


def dyadic(value: Any) -> Fraction:
    """Give what an exact ball is."""
    mantissa, exponent = value.man_exp()
    return int(mantissa) * Fraction(2) ** int(exponent)
