"""Lists of numbers on the command line."""

from __future__ import annotations

from collections.abc import Sequence
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


def as_number_list(numbers: Sequence[int | Fraction]) -> str:
    """Write numbers as `number_list` reads them, as `FIRST:LAST:COUNT` where that is shorter.

    >>> as_number_list([24, 53]), as_number_list([20, 40, 60, 80]), as_number_list([Fraction(5, 2)])
    ('24,53', '20:80:4', '5/2')
    """
    listed = ",".join(map(str, numbers))
    if not 2 <= len(numbers) <= _MOST:
        return listed
    spaced = f"{numbers[0]}:{numbers[-1]}:{len(numbers)}"
    return spaced if len(spaced) < len(listed) and number_list(spaced) == list(numbers) else listed
