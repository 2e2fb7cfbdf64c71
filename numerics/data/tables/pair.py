"""Two classes as a user names them: `cat,dog`, or two digits; alone, or behind the place where the data are."""

from __future__ import annotations

from pathlib import Path

from numerics.data.formats.files import parse_path

_DIGITS = tuple("0123456789")


def parse_pair(text: str) -> tuple[str, str]:
    """Two different names separated by a comma.

    Raises:
        ValueError: there are not two, one is empty, or they are the same.

    Examples:
        >>> parse_pair("cat, dog")
        ('cat', 'dog')
    """
    names = [part.strip() for part in text.split(",")]
    if len(names) != 2 or not all(names):
        raise ValueError(f"{text!r} does not name two classes")
    first, second = names
    if first == second:
        raise ValueError(f"the two classes are both {first!r}")
    return first, second


def parse_place_and_pair(text: str, what: str) -> tuple[Path, tuple[str, str]]:
    """A path and, behind a colon, a pair.

    Args:
        text: both.
        what: what they are called, for the error message.

    Raises:
        ValueError: one of them is missing, or no pair.
    """
    place, colon, pair = text.rpartition(":")  # the last colon, because a path may hold others
    if not (colon and place):
        raise ValueError(f"{what} are missing")
    return parse_path(place), parse_pair(pair)


def two_digits(pair: tuple[str, str]) -> tuple[int, int]:
    """The digits that a pair names.

    Raises:
        ValueError: one is none.
    """
    for digit in pair:
        if digit not in _DIGITS:
            raise ValueError(f"{digit!r} is not a digit from 0 to 9")
    return int(pair[0]), int(pair[1])
