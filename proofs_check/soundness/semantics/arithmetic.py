"""Numbers with a value everywhere: exact rationals, balls, and either of them with a first derivative."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, TypeAlias

from flint import arb, fmpq

from proofs_check.soundness.semantics.geometric import Geometric
from proofs_check.soundness.semantics.truth import Undecided

Value: TypeAlias = Any
"""`fmpq`, `arb`, `Jet` or `Geometric`."""

ZERO, ONE = fmpq(0), fmpq(1)
_MOST_BITS = 20_000
"""A rational with more bits than this is enclosed in a ball."""


class Jet:
    """`value + slope * h` up to terms of higher order in `h`.

    Attributes:
        value: a number, or a jet of an outer derivative.
        slope: the same.
        level: tells the derivatives inside each other apart: inner ones have higher levels.
    """

    __slots__ = ("level", "slope", "value")

    def __init__(self, value: Value, slope: Value, level: int) -> None:
        self.value, self.slope, self.level = value, slope, level

    def __add__(self, other: Value) -> Value:
        if isinstance(other, Jet) and other.level >= self.level:
            if other.level == self.level:
                return Jet(self.value + other.value, self.slope + other.slope, self.level)
            return Jet(self + other.value, other.slope, other.level)
        return Jet(self.value + other, self.slope, self.level)

    __radd__ = __add__

    def __mul__(self, other: Value) -> Value:
        if isinstance(other, Jet) and other.level >= self.level:
            if other.level == self.level:
                slope = self.value * other.slope + self.slope * other.value
                return Jet(self.value * other.value, slope, self.level)
            return Jet(self * other.value, self * other.slope, other.level)
        return Jet(self.value * other, self.slope * other, self.level)

    __rmul__ = __mul__

    def __neg__(self) -> Value:
        return Jet(-self.value, -self.slope, self.level)

    def __sub__(self, other: Value) -> Value:
        return self + (-other)

    def __rsub__(self, other: Value) -> Value:
        return -self + other


def exact(value: Value) -> Value:
    """A whole number or a fraction as `fmpq`; any other number as it is."""
    if isinstance(value, int | Fraction):
        return fmpq(value.numerator, value.denominator)
    return value


def leading(value: Value) -> Value:
    """The number without its derivatives."""
    while isinstance(value, Jet):
        value = value.value
    return value


def slope(value: Value, level: int) -> Value:
    """The derivative of that level, 0 of a number without."""
    return value.slope if isinstance(value, Jet) and value.level == level else ZERO


def sign(value: Value) -> int:
    """-1, 0 or 1.

    Raises:
        Undecided: a ball around 0, or a sequence with several signs.
    """
    if isinstance(value, fmpq):
        return (value > 0) - (value < 0)
    if isinstance(value, Geometric):
        found = value.signs()
        if len(found) > 1:
            raise Undecided("a sequence with several signs")
        return found.pop()
    if value > 0:
        return 1
    if value < 0:
        return -1
    if value.is_zero():
        return 0
    raise Undecided("a ball around 0")


def signs(value: Value) -> set[int]:
    """The signs that a number has, of which a sequence can have several."""
    return value.signs() if isinstance(value, Geometric) else {sign(value)}


def apart(one: Value, other: Value) -> bool:
    """Whether two numbers surely differ."""
    try:
        return signs(one - other) != {0}
    except Undecided:
        return False


def inverse(value: Value) -> Value:
    """`1 / value`, 0 at 0.

    Raises:
        Undecided: a ball around 0, or the derivative there.
    """
    if isinstance(value, Jet):
        if not sign(leading(value)):
            raise Undecided("the derivative of a quotient whose denominator is 0")
        reciprocal = inverse(value.value)
        return Jet(reciprocal, -(reciprocal * reciprocal) * value.slope, value.level)
    if isinstance(value, fmpq):
        return 1 / value if value else ZERO
    if isinstance(value, Geometric):
        return value.inverse()
    return 1 / value if sign(value) else ZERO


def whole_power(value: Value, exponent: int) -> Value:
    """`value` times itself, `exponent` times."""
    if isinstance(value, fmpq):
        return value**exponent
    result: Value = ONE
    while exponent:  # arb knows no power of a ball around 0
        if exponent & 1:
            result = result * value
        value, exponent = value * value, exponent >> 1
    return result


def real_power(base: Value, exponent: Value) -> Value:
    """`base ** exponent`: 0 for a negative base, and at 0 unless the exponent is 0.

    Raises:
        Undecided: a ball around 0, or a derivative there, or one in base and exponent.
    """
    if isinstance(exponent, Jet):
        if isinstance(base, Jet) or not sign(base):
            raise Undecided("a derivative in an exponent of 0, or in base and exponent")
        if sign(base) < 0:
            return ZERO
        found = real_power(base, exponent.value)
        return Jet(found, found * logarithm(base) * exponent.slope, exponent.level)
    if isinstance(base, Jet):
        place = sign(leading(base))
        if place < 0:
            return ZERO
        if place == 0:
            raise Undecided("the derivative of a power at 0")
        change = exponent * real_power(base.value, exponent - 1) * base.slope
        return Jet(real_power(base.value, exponent), change, base.level)
    place = sign(base)
    if place <= 0:
        return ONE if place == 0 and sign(exponent) == 0 else ZERO
    if isinstance(base, fmpq) and isinstance(exponent, fmpq):
        found = _exact_power(base, exponent)
        if found is not None:
            return found
    return _ball(base) ** _ball(exponent)


def _ball(value: Value) -> arb:
    if isinstance(value, Geometric):
        raise Undecided("a function of a geometric sequence")
    return arb(value)


def _exact_power(base: fmpq, exponent: fmpq) -> fmpq | None:
    """The power where it is rational and not too long."""
    if base == 1:
        return ONE
    order, times = int(exponent.q), int(exponent.p)
    top, bottom = base.p, base.q
    if order > 64 or (top.bit_length() + bottom.bit_length()) * abs(times) > _MOST_BITS * order:
        return None
    if order > 1:
        top, bottom = top.root(order), bottom.root(order)
        if top**order != base.p or bottom**order != base.q:
            return None
    found = fmpq(top, bottom) ** abs(times)
    return found if times >= 0 else 1 / found


def exponential(value: Value) -> Value:
    """`exp(value)`."""
    if isinstance(value, Jet):
        found = exponential(value.value)
        return Jet(found, found * value.slope, value.level)
    return ONE if value == 0 else _ball(value).exp()


def logarithm(value: Value) -> Value:
    """`log(value)`, and 0 where the value is not positive, which no rule may rest on.

    Raises:
        Undecided: a ball around 0, or a derivative at 0.
    """
    if isinstance(value, Jet):
        place = sign(leading(value))
        if place < 0:
            return ZERO
        if place == 0:
            raise Undecided("the derivative of a logarithm at 0")
        return Jet(logarithm(value.value), inverse(value.value) * value.slope, value.level)
    if sign(value) <= 0:
        return ZERO
    return ZERO if value == 1 else _ball(value).log()


def polynomial(coefficients: tuple[Value, ...], value: Value) -> Value:
    """`c_0 + c_1 x + c_2 x^2 + ...`."""
    result: Value = ZERO
    for coefficient in reversed(coefficients):
        result = result * value + coefficient
    return result
