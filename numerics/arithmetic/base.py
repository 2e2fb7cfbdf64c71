"""What an algorithm may ask of a kind of number."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from fractions import Fraction
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.number_text import number_from_text
from theory.errors import NotFiniteError, NumberKindError, ParameterError

Number = Any
"""One number of an arithmetic: np.float64, mpf, mpfr or arb. It carries the operators + - * / and <."""

Vector = NDArray[Any]
"""A NumPy array of such numbers: of a float dtype, or of dtype object."""

LANES = 16
"""How many interleaved partial sums `total` keeps."""


class Arithmetic(ABC):
    """One kind of number, and how to round it.

    Algorithms take an arithmetic as an argument and then use ordinary operators on its numbers and on NumPy
    arrays of them, inside ``with arithmetic.active():``. Leaving that block restores whatever precision the
    rest of the process was using.
    """

    kind: str
    """The word before the colon in the arithmetic's name: ``"mpfr"`` in ``"mpfr:200"``."""

    summary: str
    """One line of help."""

    dtype: type
    """The NumPy dtype of its vectors."""

    exact_enclosure: bool = False
    """Whether a number is a set that holds the true value, so that comparisons may be undecided."""

    def __init__(self, bits: int) -> None:
        if isinstance(bits, bool) or not isinstance(bits, int):
            raise ParameterError(f"a precision is a whole number of bits, not {bits!r}; give an int such as 200")
        if bits < 2:
            raise ParameterError(f"a precision of {bits} bits is too small; give at least 2 bits")
        if bits > 1_000_000:
            raise ParameterError(f"a precision of {bits} bits is too large; give at most 1000000 bits")
        self.bits = bits

    @classmethod
    def form(cls) -> str:
        """What people type to choose it."""
        return f"{cls.kind}:BITS"

    @classmethod
    def from_bits(cls, bits: str | None) -> Self:
        """Make it from what stands behind the colon of its name; None where there is no colon.

        Raises:
            ParameterError: that is no precision that it can have.
        """
        try:
            precision = int(bits or "")
        except ValueError:
            raise ParameterError(f"{cls.kind} names no precision; give it in bits, as {cls.kind}:200") from None
        return cls(precision)

    @property
    def name(self) -> str:
        """The name that `parse_arithmetic` reads back."""
        return f"{self.kind}:{self.bits}"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.bits})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Arithmetic) and self.name == other.name

    def __hash__(self) -> int:
        return hash(self.name)

    def active(self) -> AbstractContextManager[None]:
        """Make operators round to this arithmetic's precision inside the block."""
        return nullcontext()

    @abstractmethod
    def from_fraction(self, value: Fraction) -> Number:
        """Round an exact rational to the nearest number."""

    def to_fraction(self, value: Number) -> Fraction:
        """Give the exact value of a finite number (of a ball: of its midpoint)."""
        if not self.is_finite(value):
            raise NotFiniteError(f"{value} has no exact value; give a finite number")
        return exact_fraction(value)

    def mantissa_exponent(self, value: Number) -> tuple[int, int]:
        """Give integers with `value = mantissa 2^exponent`, exactly."""
        exact = self.to_fraction(value)
        return exact.numerator, 1 - exact.denominator.bit_length()

    def from_mantissa_exponent(self, mantissa: int, exponent: int) -> Number:
        """Make the number `mantissa 2^exponent`, rounded to nearest."""
        return self.from_fraction(mantissa * Fraction(2) ** exponent)

    @abstractmethod
    def is_finite(self, value: Number) -> bool:
        """Tell whether a number is neither infinite nor NaN."""

    @abstractmethod
    def sqrt(self, value: Number) -> Number:
        """Give the square root, rounded."""

    @abstractmethod
    def exp(self, value: Number) -> Number:
        """Give the exponential, rounded."""

    def number(self, value: object) -> Number:
        """Turn an int, float, Fraction, decimal text or another arithmetic's finite number into one of this.

        Raises:
            NotFiniteError: the value is infinite or NaN.
            NumberKindError: the value is not a real number.
        """
        return self.from_fraction(exact_fraction(value))

    def vector(self, values: Sequence[object] | NDArray[Any]) -> Vector:
        """Turn a sequence of values into an array of numbers."""
        return np.array([self.number(value) for value in values], dtype=self.dtype)

    def matrix(self, rows: Sequence[Sequence[object]] | NDArray[Any]) -> Vector:
        """Turn rows of values into a two-dimensional array of numbers."""
        array = rows if isinstance(rows, np.ndarray) else np.asarray(rows, dtype=object)
        return self.vector(array.ravel()).reshape(array.shape)

    def exponentials(self, values: Vector) -> Vector:
        """Give the exponential of every entry, rounded."""
        return np.array([self.exp(value) for value in values.ravel()], dtype=self.dtype).reshape(values.shape)

    def total(self, terms: Vector) -> Number:
        """Sum a vector in the order that every arithmetic and every fast path keeps.

        Lane k adds the terms k, k + 16, k + 32, ... from left to right; the lanes are then added in pairs
        eight, four, two and one apart. Lanes beyond the number of terms do not take part.
        """
        return self.total_of(list(terms))

    def total_of(self, terms: list[Number]) -> Number:
        """Sum a list in the same order."""
        if not terms:
            return self.number(0)
        if len(terms) <= 2:
            return terms[0] if len(terms) == 1 else terms[0] + terms[1]
        lanes = terms[:LANES]
        for start in range(LANES, len(terms), LANES):
            for k, term in enumerate(terms[start : start + LANES]):
                lanes[k] = lanes[k] + term
        for apart in (8, 4, 2, 1):
            if len(lanes) > apart:
                for k in range(len(lanes) - apart):
                    lanes[k] = lanes[k] + lanes[k + apart]
                del lanes[apart:]
        return lanes[0]

    def plain_total(self, terms: Vector) -> Number:
        """Sum from left to right, where the order need not be the common one: quicker for Python's numbers."""
        return sum(terms.tolist(), self.number(0))

    def largest(self, values: Vector) -> Number:
        """Give a largest entry."""
        return max(values.tolist())

    def apply(self, matrix: Vector, values: Vector) -> Vector:
        """Multiply a matrix by a vector or a matrix."""
        return np.asarray(matrix @ values)

    def widened(self, values: Vector) -> Vector:
        """Turn numbers of a narrower arithmetic of the same kind into numbers of this, exactly."""
        return values

    def wider(self, extra: int) -> Arithmetic:
        """Give this arithmetic with more bits, for steps in between; fixed precisions stay as they are."""
        return type(self)(self.bits + extra)

    def to_float(self, value: Number) -> float:
        """Round a number to float64; beyond its range give infinity."""
        try:
            return float(value)
        except OverflowError:
            return float("inf") if value > 0 else float("-inf")

    def to_text(self, value: Number) -> str:
        """Write a finite number exactly, as ``odd mantissa p exponent`` in hexadecimal: 1.5 is ``3p-1``."""
        return fraction_to_text(self.to_fraction(value))

    def from_text(self, text: str) -> Number:
        """Read back exactly what `to_text` wrote."""
        return self.from_fraction(fraction_from_text(text))


def exact_fraction(value: object) -> Fraction:
    """Give the exact rational value of any finite real number; of a text, the decimal or quotient that it writes.

    >>> exact_fraction(0.5), exact_fraction("0.1"), exact_fraction("2/1.2")
    (Fraction(1, 2), Fraction(1, 10), Fraction(5, 3))

    Raises:
        NotFiniteError: the value is infinite or NaN.
        NumberKindError: the value is not a real number.
        ParameterError: a text is too long, or its exponent too large.
    """
    if isinstance(value, (bool, complex, bytes)):
        raise NumberKindError(f"{value!r} is not a real number; give an int, a float, a Fraction or a decimal text")
    if hasattr(value, "_mpf_") and not hasattr(value, "as_integer_ratio"):  # mpmath's own numbers
        sign, mantissa, exponent, bits = value._mpf_
        if mantissa == 0 and bits != 0:  # mpmath marks infinity and NaN so
            raise NotFiniteError(f"{value} is not finite; give a finite number")
        return Fraction((-1) ** sign * int(mantissa)) * Fraction(2) ** int(exponent)
    if isinstance(value, np.floating):
        value = float(value)
    if isinstance(value, str):
        return number_from_text(value)
    try:
        if hasattr(value, "as_integer_ratio"):
            numerator, denominator = value.as_integer_ratio()
            return Fraction(int(numerator), int(denominator))
        if isinstance(value, np.integer):
            return Fraction(int(value))
        if isinstance(value, int):
            return Fraction(value)
    except (OverflowError, ZeroDivisionError):
        raise NotFiniteError(f"{value} is not finite; give a finite number") from None
    except ValueError:
        raise NotFiniteError(f"{value} is not finite; give a finite number") from None
    raise NumberKindError(f"{value!r} is not a real number; give an int, a float, a Fraction or a decimal text")


def fraction_to_text(value: Fraction) -> str:
    """Write a dyadic rational as ``mantissa p exponent``.

    >>> fraction_to_text(Fraction(-3, 8))
    '-3p-3'
    """
    if value == 0:
        return "0p0"
    exponent = 1 - value.denominator.bit_length()
    mantissa = value.numerator
    if value.denominator == 1:
        exponent = (mantissa & -mantissa).bit_length() - 1
        mantissa >>= exponent
    return f"{mantissa:x}p{exponent}"


def fraction_from_text(text: str) -> Fraction:
    """Read what `fraction_to_text` wrote.

    >>> fraction_from_text("-3p-3")
    Fraction(-3, 8)
    """
    try:
        mantissa, exponent = text.split("p")
        return int(mantissa, 16) * Fraction(2) ** int(exponent)
    except ValueError:
        raise NumberKindError(f"{text!r} is not an exact number; write mantissa p exponent, as 3p-1") from None
