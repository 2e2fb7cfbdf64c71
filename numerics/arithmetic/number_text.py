"""Numbers as people write them, read without rounding."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from theory.errors import NotFiniteError, NumberKindError, ParameterError

LARGEST_EXPONENT = 2000
LONGEST = 2000

_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE]([+-]?[0-9]+))?")


@lru_cache(maxsize=256)
def number_from_text(text: str) -> Fraction:
    """Read a decimal or a quotient of two decimals.

    >>> number_from_text("1e-3"), number_from_text("2/1.2")
    (Fraction(1, 1000), Fraction(5, 3))

    Raises:
        NumberKindError: the text is neither.
        NotFiniteError: it divides by 0.
        ParameterError: it is longer than anyone would type, or an exponent is beyond 2000: 1e999999999 would fill the
            memory.
    """
    if len(text) > LONGEST:
        raise ParameterError(f"a number of {len(text)} characters is too long; give at most {LONGEST}")
    top, slash, bottom = text.partition("/")
    numerator, denominator = _decimal(top, text), _decimal(bottom, text) if slash else Fraction(1)
    if denominator == 0:
        raise NotFiniteError(f"{text.strip()!r} divides by 0; give a finite number")
    return numerator / denominator


def _decimal(part: str, text: str) -> Fraction:
    found = _DECIMAL.fullmatch(part.strip())
    if found is None:
        raise NumberKindError(f"{text.strip()!r} is not a number; write it as 0.1, 1e-3 or 1/3")
    exponent = found[1] or "0"
    if len(exponent.lstrip("+-0")) > len(str(LARGEST_EXPONENT)) or abs(int(exponent)) > LARGEST_EXPONENT:
        raise ParameterError(f"{text.strip()!r} has an exponent beyond {LARGEST_EXPONENT}; give a smaller one")
    return Fraction(part.strip())
