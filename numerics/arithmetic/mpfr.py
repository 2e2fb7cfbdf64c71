"""Arbitrary precision by MPFR, through gmpy2: bit for bit the numbers of mpmath, faster."""

from __future__ import annotations

from contextlib import AbstractContextManager
from fractions import Fraction
from math import isfinite
from typing import Any

import numpy as np

from numerics.arithmetic.base import Arithmetic, Number
from numerics.arithmetic.mpmath import Mpmath
from theory.errors import ParameterError

try:
    import gmpy2  # type: ignore[import-untyped]
except ImportError:  # pragma: no cover - depends on how the package was installed
    gmpy2 = None


class Mpfr(Arithmetic):
    """MPFR numbers of `bits` bits, rounded to nearest.

    Needs the package gmpy2. Its context is set inside `active()` only, and is a thread's own.

    >>> from numerics.arithmetic import Mpmath
    >>> third = [a.number("1/3") for a in (Mpfr(90), Mpmath(90))]
    >>> Mpfr(90).to_fraction(third[0]) == Mpmath(90).to_fraction(third[1])
    True
    """

    kind = "mpfr"
    summary = "arbitrary precision by MPFR (through gmpy2; without it by mpmath, the same numbers)"
    dtype = np.object_

    def __init__(self, bits: int) -> None:
        super().__init__(bits)
        if gmpy2 is None:
            raise ParameterError("mpfr needs the package gmpy2; install it, or use mpmath at the same bits")
        self._context: Any = gmpy2.context(
            precision=bits,
            round=gmpy2.RoundToNearest,
            emax=gmpy2.get_emax_max(),
            emin=gmpy2.get_emin_min(),
        )
        self._zero, self._one = gmpy2.mpfr(0), gmpy2.mpfr(1)

    @classmethod
    def from_bits(cls, bits: str | None) -> Arithmetic:  # type: ignore[override]
        """Make it; without gmpy2 it is mpmath at the same bits."""
        return super().from_bits(bits) if gmpy2 is not None else Mpmath.from_bits(bits)

    def __reduce__(self) -> tuple[type[Mpfr], tuple[int]]:
        return type(self), (self.bits,)

    def active(self) -> AbstractContextManager[None]:
        """Make operators on mpfr round to this precision inside the block."""
        inside: AbstractContextManager[None] = gmpy2.context(self._context)
        return inside

    def number(self, value: object) -> Number:
        """Turn a finite real number into an mpfr; integers, floats and other mpfr take a short way."""
        if type(value) is int or (isinstance(value, gmpy2.mpfr) and gmpy2.is_finite(value)):
            return self.times(self._one, value)
        if isinstance(value, float) and isfinite(value):
            return self._context.add(self._zero, float(value))
        return super().number(value)

    def from_fraction(self, value: Fraction) -> Number:
        """Round an exact rational to the nearest number, once."""
        with self.active():
            return gmpy2.mpfr(gmpy2.mpq(value.numerator, value.denominator), self.bits)

    def mantissa_exponent(self, value: Number) -> tuple[int, int]:
        """Give integers with `value = mantissa 2^exponent`, exactly."""
        mantissa, exponent = value.as_mantissa_exp()
        return int(mantissa), int(exponent)

    def from_mantissa_exponent(self, mantissa: int, exponent: int) -> Number:
        """Make the number `mantissa 2^exponent`, rounded to nearest."""
        return self.times(self._context.exp2(exponent), mantissa)

    def is_finite(self, value: Number) -> bool:
        """Tell whether a number is neither infinite nor NaN."""
        return bool(gmpy2.is_finite(value))

    def times(self, x: Number, y: object) -> Number:
        """Give the product with a number of any precision, an int or a float, rounded once; `active()` is not needed.

        gmpy2's own ways to change a precision or an exponent take some thirty times as long as this.
        """
        return self._context.mul(x, y)

    def sqrt(self, value: Number) -> Number:
        """Give the square root, rounded to nearest."""
        return self._context.sqrt(value)

    def exp(self, value: Number) -> Number:
        """Give the exponential, rounded to nearest."""
        return self._context.exp(value)


ARITHMETIC = Mpfr
