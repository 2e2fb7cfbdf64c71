"""Quotients of polynomials in unknown entries, as a kind of number: sums, products and whole powers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import fmpq, fmpq_mpoly

from theory.errors import StatementError


class Undefined(StatementError):  # noqa: N818 - no fault of the program
    """A division by zero, a root of a negative number, or a number that a model does not tell."""


def is_polynomial(value: Any) -> bool:
    """Whether a value has unknowns in it."""
    return isinstance(value, fmpq_mpoly | Quotient)


@dataclass(frozen=True)
class Quotient:
    """`top / bottom`, the bottom not the zero polynomial."""

    top: Any
    bottom: Any

    def __add__(self, other: Any) -> Quotient:
        if isinstance(other, Quotient):
            if self.bottom == other.bottom:
                return Quotient(self.top + other.top, self.bottom)
            return Quotient(self.top * other.bottom + other.top * self.bottom, self.bottom * other.bottom)
        return Quotient(self.top + other * self.bottom, self.bottom)

    def __mul__(self, other: Any) -> Quotient:
        if isinstance(other, Quotient):
            return Quotient(self.top * other.top, self.bottom * other.bottom)
        return Quotient(self.top * other, self.bottom)

    __radd__, __rmul__ = __add__, __mul__

    def __pow__(self, exponent: int) -> Quotient:
        return Quotient(self.top**exponent, self.bottom**exponent)


def inverse(value: Any) -> Any:
    """`1 / value`.

    Raises:
        Undefined: the value is 0.
    """
    if isinstance(value, Quotient):
        if value.top == 0:
            raise Undefined("a division by zero")
        return Quotient(value.bottom, value.top)
    if isinstance(value, fmpq_mpoly):
        if value.is_constant():
            return inverse(value.leading_coefficient() if value else fmpq(0))
        return Quotient(value * 0 + 1, value)
    if value == 0:
        raise Undefined("a division by zero")
    return 1 / value


def numerator(value: Any) -> Any:
    """What is 0 where the value is."""
    return value.top if isinstance(value, Quotient) else value if isinstance(value, fmpq_mpoly) else fmpq(value)
