"""Truncated power series: numbers with their first coefficients in a variable."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from operator import mul
from typing import Any

from flint import fmpq


def whole_power(base: Any, exponent: int) -> Any:
    """`base` multiplied by itself `exponent` times."""
    return prod([base] * exponent, start=fmpq(1))


def coefficient(series: Any, order: int) -> Any:
    """The coefficient of a power of the variable; a number without series is its own constant."""
    if isinstance(series, Truncated):
        return series.coefficients[order]
    return series if order == 0 else fmpq(0)


@dataclass(frozen=True)
class Truncated:
    """A number with its first coefficients in a variable; sums and products follow the rules of power series."""

    coefficients: tuple[Any, ...]

    @classmethod
    def variable(cls, order: int) -> Truncated:
        """The variable itself, up to an order."""
        return cls(tuple(fmpq(int(k == 1)) for k in range(order + 1)))

    def __add__(self, other: Any) -> Truncated:
        if not isinstance(other, Truncated):
            return Truncated((self.coefficients[0] + other, *self.coefficients[1:]))
        return Truncated(tuple(a + b for a, b in zip(self.coefficients, other.coefficients, strict=True)))

    def __mul__(self, other: Any) -> Truncated:
        if not isinstance(other, Truncated):
            return Truncated(tuple(a * other for a in self.coefficients))
        a, b = self.coefficients, other.coefficients
        return Truncated(tuple([sum(map(mul, a, b[k::-1]), start=fmpq(0)) for k in range(len(a))]))

    __radd__, __rmul__, __pow__ = __add__, __mul__, whole_power

    def __neg__(self) -> Truncated:
        return self.__mul__(-1)

    def __sub__(self, other: Any) -> Truncated:
        return self.__add__(-other)

    def __rsub__(self, other: Any) -> Truncated:
        return self.__neg__().__add__(other)

    def __truediv__(self, other: Any) -> Truncated:
        return self.__mul__(1 / fmpq(other) if isinstance(other, int) else 1 / other)
