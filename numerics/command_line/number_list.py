"""Lists of numbers on the command line."""

from __future__ import annotations

from fractions import Fraction

from numerics.arithmetic.base import exact_fraction

_MOST = 1000


def number_list(text: str) -> list[Fraction]:
    """Read numbers separated by commas, or `FIRST:LAST:COUNT` for so many at equal distances.

    >>> [str(number) for number in number_list("24,2/0.8")], [str(number) for number in number_list("1:2:3")]
    (['24', '5/2'], ['1', '3/2', '2'])

    Raises:
        ValueError: the text is no such list.
    """
    if ":" not in text:
        return [exact_fraction(part) for part in text.split(",")]
    parts = text.split(":")
    if len(parts) != 3:
        raise ValueError(f"{text!r} is not FIRST:LAST:COUNT")
    first, last, count = map(exact_fraction, parts)
    if count.denominator != 1 or not 2 <= count <= _MOST:
        raise ValueError(f"{parts[2]!r} is no whole number from 2 to {_MOST}")
    return [first + (last - first) * k / (int(count) - 1) for k in range(int(count))]
