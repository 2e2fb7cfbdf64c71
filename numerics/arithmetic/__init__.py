"""The kinds of number that every algorithm of `numerics` runs in."""

from __future__ import annotations

from numerics.arithmetic.ball import Ball
from numerics.arithmetic.base import Arithmetic, Number, Vector
from numerics.arithmetic.float32 import Float32
from numerics.arithmetic.float64 import Float64
from numerics.arithmetic.mpfr import Mpfr
from numerics.arithmetic.mpmath import Mpmath
from theory.errors import ParameterError

__all__ = ["Arithmetic", "Ball", "Float32", "Float64", "Mpfr", "Mpmath", "Number", "Vector", "parse_arithmetic"]


def parse_arithmetic(name: str) -> Arithmetic:
    """Read an arithmetic from its name.

    >>> parse_arithmetic("mpfr:200")
    Mpfr(200)
    >>> parse_arithmetic("float64")
    Float64()

    Raises:
        ParameterError: no arithmetic has that name, or its precision is not a whole number of at least 2 bits.
    """
    known = "float32, float64, mpmath:BITS, mpfr:BITS or ball:BITS"
    kind, colon, bits = name.strip().partition(":")
    if not colon and kind == "float32":
        return Float32()
    if not colon and kind == "float64":
        return Float64()
    by_bits: dict[str, type[Mpmath] | type[Mpfr] | type[Ball]] = {"mpmath": Mpmath, "mpfr": Mpfr, "ball": Ball}
    if kind not in by_bits:
        raise ParameterError(f"there is no arithmetic {name!r}; give {known}")
    try:
        precision = int(bits)
    except ValueError:
        raise ParameterError(f"{name!r} names no precision; give it in bits, as {kind}:200") from None
    return by_bits[kind](precision)
