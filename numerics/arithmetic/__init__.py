"""The kinds of number that every algorithm of `numerics` runs in.

One file of this folder is one arithmetic; a new arithmetic is one new file that defines `ARITHMETIC`.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

from numerics.arithmetic.ball import Ball
from numerics.arithmetic.base import Arithmetic, Number, Vector
from numerics.arithmetic.float32 import Float32
from numerics.arithmetic.float64 import Float64
from numerics.arithmetic.mpfr import Mpfr
from numerics.arithmetic.mpmath import Mpmath
from numerics.discovery import defined_in
from theory.did_you_mean import did_you_mean
from theory.errors import ParameterError

__all__ = [
    "Arithmetic",
    "Ball",
    "Float32",
    "Float64",
    "Mpfr",
    "Mpmath",
    "Number",
    "Vector",
    "arithmetics",
    "at_precision",
    "parse_arithmetic",
]


@functools.cache
def arithmetics() -> Mapping[str, type[Arithmetic]]:
    """Every arithmetic of this folder by its kind, in alphabetical order.

    >>> list(arithmetics())
    ['ball', 'float32', 'float64', 'mpfr', 'mpmath']
    """
    return defined_in(__name__, "ARITHMETIC", lambda arithmetic: arithmetic.kind)


def parse_arithmetic(name: str) -> Arithmetic:
    """Read an arithmetic from its name.

    >>> parse_arithmetic("mpfr:200")
    Mpfr(200)
    >>> parse_arithmetic("float64")
    Float64()

    Without gmpy2 `mpfr` is mpmath at the same bits, which gives the same numbers.

    Raises:
        ParameterError: no arithmetic has that name, or its precision is not a whole number of at least 2 bits.
    """
    kind, colon, bits = name.strip().partition(":")
    if kind not in arithmetics():
        known = ", ".join(found.form() for found in arithmetics().values())
        raise ParameterError(f"there is no arithmetic {name!r}; give one of {known}{did_you_mean(kind, arithmetics())}")
    return arithmetics()[kind].from_bits(bits if colon else None)


def at_precision(bits: int) -> Arithmetic:
    """Give numbers of `bits` bits: MPFR's, or mpmath's where gmpy2 is not installed; both round alike.

    >>> at_precision(113).bits
    113
    """
    return parse_arithmetic(f"mpfr:{bits}")
