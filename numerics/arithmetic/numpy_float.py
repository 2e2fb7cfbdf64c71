"""IEEE arithmetic as NumPy does it, shared by float32 and float64."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import AbstractContextManager
from fractions import Fraction
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.base import LANES, Arithmetic, Number, Vector
from theory.errors import NotFiniteError, ParameterError


class NumpyFloat(Arithmetic):
    """A NumPy float type: operators round to nearest, overflow gives infinity without a warning."""

    scalar: type[np.floating[Any]]

    def __init__(self) -> None:
        super().__init__(int(np.finfo(self.scalar).nmant) + 1)

    @classmethod
    def form(cls) -> str:
        """What people type to choose it."""
        return cls.kind

    @classmethod
    def from_bits(cls, bits: str | None) -> Self:
        """Make it; its precision is its own."""
        if bits is not None:
            raise ParameterError(f"{cls.kind} has a precision of its own; leave ':{bits}' out")
        return cls()

    @property
    def name(self) -> str:
        """The name that `parse_arithmetic` reads back."""
        return self.kind

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"

    def active(self) -> AbstractContextManager[None]:
        """Silence the warnings of overflow: a run that overflows is reported by its outcome."""
        return np.errstate(all="ignore")

    def number(self, value: object) -> Number:
        """Turn a finite real number into a float; small integers and floats of the same kind take a short way."""
        if (type(value) is int and abs(value) < 2**24) or (type(value) is self.scalar and self.is_finite(value)):
            return self.scalar(value)
        return super().number(value)

    def from_fraction(self, value: Fraction) -> Number:
        """Round an exact rational to the nearest number, once.

        Raises:
            NotFiniteError: the value lies beyond the largest number.
        """
        rounded = round_to_float(value, self.bits, int(np.finfo(self.scalar).minexp))
        if abs(rounded) > float(np.finfo(self.scalar).max):
            raise NotFiniteError(f"a value leaves the range of {self.kind}; rescale it, or use mpfr or mpmath")
        return self.scalar(rounded)

    def vector(self, values: Sequence[object] | NDArray[Any]) -> Vector:
        """Turn a sequence of values into an array of numbers."""
        if isinstance(values, np.ndarray) and values.dtype in (np.float32, np.float64):
            if not np.isfinite(values).all():
                raise NotFiniteError("an array holds NaN or infinity; remove those entries")
            with np.errstate(over="ignore"):
                rounded: Vector = values.astype(self.dtype)
            if not np.isfinite(rounded).all():
                raise NotFiniteError(f"an entry leaves the range of {self.kind}; rescale it, or use mpfr or mpmath")
            return rounded
        return super().vector(values)

    def is_finite(self, value: Number) -> bool:
        """Tell whether a number is neither infinite nor NaN."""
        return math.isfinite(value)

    def sqrt(self, value: Number) -> Number:
        """Give the square root, rounded."""
        return np.sqrt(self.scalar(value))

    def exp(self, value: Number) -> Number:
        """Give the exponential, as NumPy rounds it."""
        return np.exp(self.scalar(value))

    def exponentials(self, values: Vector) -> Vector:
        """Give the exponential of every entry, as NumPy rounds it."""
        return np.asarray(np.exp(values))

    def plain_total(self, terms: Vector) -> Number:
        """Sum in the common order, which NumPy does as quickly."""
        return self.total(terms)

    def largest(self, values: Vector) -> Number:
        """Give a largest entry."""
        return values.max(axis=0)

    def widened(self, values: Vector) -> Vector:
        """Turn float32 numbers into float64, exactly."""
        return values.astype(self.dtype)

    def total(self, terms: Vector) -> Number:
        """Sum along the first axis in the common order, row by row of sixteen lanes."""
        if len(terms) <= LANES:
            return super().total(terms)
        whole = len(terms) // LANES * LANES
        # Along the outer axis NumPy adds whole rows from first to last, never in pairs.
        lanes = np.add.reduce(terms[:whole].reshape(-1, LANES, *terms.shape[1:]), axis=0)
        rest = terms[whole:]
        lanes[: len(rest)] += rest
        return self.total(lanes)


def round_to_float(value: Fraction, bits: int, least_exponent: int) -> float:
    """Round a rational to the nearest float of a given precision, ties to even, subnormal numbers included."""
    if value and bits < 53:  # to 53 bits Python rounds a quotient of integers itself
        size = abs(value)
        exponent = size.numerator.bit_length() - size.denominator.bit_length()
        if size < Fraction(2) ** exponent:
            exponent -= 1
        unit = Fraction(2) ** (max(exponent, least_exponent) - bits + 1)
        value = round(value / unit) * unit
    try:
        return value.numerator / value.denominator
    except OverflowError:
        return math.copysign(math.inf, value)
