"""Arbitrary precision by mpmath: the reference that the other arithmetics are compared with.

The package is loaded with the first number, since MPFR takes its place where it is installed.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from numerics.arithmetic.base import Arithmetic, Number, Vector


class Mpmath(Arithmetic):
    """mpmath numbers of `bits` bits, rounded to nearest, with an exponent without limits.

    The context is this object's own, so `mpmath.mp` keeps its precision and two precisions run side by side.

    >>> Mpmath(100).number("0.1") == Mpmath(100).number(1) / 10
    True
    """

    kind = "mpmath"
    summary = "arbitrary precision in Python, the same bits as mpfr"
    dtype = np.object_

    def __init__(self, bits: int) -> None:
        import mpmath

        super().__init__(bits)
        self.context: Any = mpmath.MPContext()
        self.context.prec = bits

    def __reduce__(self) -> tuple[type[Mpmath], tuple[int]]:
        return type(self), (self.bits,)

    def from_fraction(self, value: Fraction) -> Number:
        """Round an exact rational to the nearest number, once."""
        from mpmath import libmp

        return self.context.make_mpf(libmp.from_rational(value.numerator, value.denominator, self.bits, "n"))

    def widened(self, values: Vector) -> Vector:
        """Give the same numbers in this context: an operation rounds as its left operand's context says."""
        out = np.empty(values.shape, dtype=object)
        for place, value in np.ndenumerate(values):
            out[place] = self.context.make_mpf(value._mpf_)
        return out

    def is_finite(self, value: Number) -> bool:
        """Tell whether a number is neither infinite nor NaN."""
        return bool(self.context.isfinite(value))

    def sqrt(self, value: Number) -> Number:
        """Give the square root, rounded to nearest."""
        return self.context.sqrt(value)

    def exp(self, value: Number) -> Number:
        """Give the exponential, rounded to nearest."""
        from mpmath import libmp

        # The result may be an ulp off. More bits, until both ends of their error round alike, give the nearest.
        bits = self.bits + 40
        while True:
            wide = libmp.mpf_exp(value._mpf_, bits, "n")
            _, mantissa, exponent, size = wide
            if not mantissa:
                return self.context.make_mpf(wide)
            error = libmp.from_man_exp(1, exponent + size - bits + 2)
            low, high = (combine(wide, error, self.bits, "n") for combine in (libmp.mpf_sub, libmp.mpf_add))
            if low == high:
                return self.context.make_mpf(low)
            bits *= 2


ARITHMETIC = Mpmath
