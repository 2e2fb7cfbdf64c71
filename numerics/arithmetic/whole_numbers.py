"""Whole numbers, as people give them."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from typing import Any, cast

from theory.errors import ParameterError


def whole_numbers(given: object, what: str, least: int, most: int, example: str) -> tuple[int, ...]:
    """Read one whole number or several, as a text with commas or as numbers.

    Args:
        given: what people said.
        what: what it is, for the message: `the widths are`.
        least: the least that will do.
        most: the greatest.
        example: how to write it.

    Raises:
        ParameterError: there is none, or one is no such number.

    Examples:
        >>> whole_numbers("2, 3", "the depths are", 2, 9, "2,3"), whole_numbers(4, "the depths are", 2, 9, "2,3")
        ((2, 3), (4,))
        >>> whole_numbers("x", "the depths are", 2, 9, "2,3")
        Traceback (most recent call last):
        theory.errors.ParameterError: the depths are 'x'; give whole numbers from 2 to 9, as 2,3
    """
    parts = given.split(",") if isinstance(given, str) else given if isinstance(given, Iterable) else (given,)
    texts = [str(part).strip() for part in parts]
    digits = len(str(most))
    fits = all(t.isascii() and t.isdigit() and len(t) <= digits and least <= int(t) <= most for t in texts)
    if not texts or not fits:
        raise ParameterError(f"{what} {given!r}; give whole numbers from {least} to {most}, as {example}")
    return tuple(map(int, texts))


def whole(value: object, what: str, least: int = 1) -> int:
    """Read a whole number.

    Raises:
        ParameterError: it is none, or too small.

    Examples:
        >>> whole(3, "the number of steps")
        3
    """
    try:
        number = operator.index(cast(Any, value))
    except TypeError:
        number = least - 1
    if number < least or isinstance(value, bool):
        raise ParameterError(f"{what} is {value!r}; give a whole number of at least {least}")
    return number
