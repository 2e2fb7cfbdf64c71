"""The cells of a table as people, spreadsheets and Fortran write them: numbers, missing values, texts."""

from __future__ import annotations

import re
from fractions import Fraction

from numerics.arithmetic.number_text import number_from_text
from theory.errors import DataFileError, NotFiniteError, SharpnessError

_MINUS = "\u2212"  # the typographic minus of spreadsheets and papers
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eEdD][+-]?\d+)?", re.ASCII)
_NUMBER_LIKE = re.compile(r"[-+.,\s'\u00a0\u2019\u202f%$€£\d]*\d[-+.,\s'\u00a0\u2019\u202f%$€£\deEdD]*", re.ASCII)
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:[,.]\d{3})+", re.ASCII)
_IN_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?:([,.'_\u2019\s])\d{3})(?:\1\d{3})*(?:[,.]\d+)?")
_MISSING = frozenset(("", "-", "--", ".", "?", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "missing"))
_NOT_FINITE = re.compile(r"[+-]?(?:inf|infinity|nan)", re.IGNORECASE)


def plain_number(cell: str, decimal: str = ".") -> str | None:
    """The number of a cell as Python writes it, or None.

    Understood beside plain decimals: a typographic minus, Fortran's exponent D, and a comma before decimals where
    `decimal` says so. Digits in groups are not: `1,234` is a number of another size to other readers.

    Examples:
        >>> plain_number("\u22121.5D+02"), plain_number("1,5", decimal=","), plain_number("1,234")
        ('-1.5E+02', '1.5', None)
    """
    text = cell.strip()
    if text.startswith(_MINUS):
        text = "-" + text[1:]
    if decimal == ",":
        if "." in text:
            return None
        text = text.replace(",", ".")
    if _NUMBER.fullmatch(text) is None:
        return None
    return text.replace("D", "E").replace("d", "e")


def number(cell: str, decimal: str = ".") -> float | None:
    """The float64 nearest to a cell's number, which may overflow to infinity, or None where the cell holds none.

    Examples:
        >>> number(" 1e3 "), number("1_000"), number("dog")
        (1000.0, None, None)
    """
    plain = plain_number(cell, decimal)
    return None if plain is None else float(plain)


def is_zero(cell: str) -> bool:
    """Whether a number is 0 as it is written, not only in float64.

    Examples:
        >>> is_zero("0.0e5"), is_zero("1e-400")
        (True, False)
    """
    return not re.search(r"[1-9]", re.split("[eEdD]", cell)[0])


def is_missing(cell: str) -> bool:
    """Whether a cell says that its value is missing: empty, `NA`, `-`, `?` and the like.

    Examples:
        >>> is_missing(" NA "), is_missing("-"), is_missing("0")
        (True, True, False)
    """
    return cell.strip().lower() in _MISSING


def is_name(cell: str) -> bool:
    """Whether a cell can be a column's name: neither a number, nor written like one, nor a missing value.

    Examples:
        >>> is_name("width"), is_name("1,234"), is_name("NA"), is_name("2nd")
        (True, False, False, True)
    """
    text = cell.strip().replace(_MINUS, "-")
    return not (is_missing(text) or plain_number(text) or _NUMBER_LIKE.fullmatch(text) or _NOT_FINITE.fullmatch(text))


def is_grouped(cell: str, mark: str = ",") -> bool:
    """Whether a cell may hold one number with a mark before decimals and another with digits in groups of three.

    Examples:
        >>> is_grouped("1,234"), is_grouped("1,2345"), is_grouped("0,123"), is_grouped("1.234", ".")
        (True, False, False, True)
    """
    text = cell.strip().replace(_MINUS, "-")
    return _GROUPED.fullmatch(text) is not None and set(text) & set(",.") == {mark}


def fault(cell: str, decimal: str = ".") -> tuple[type[SharpnessError], str]:
    """Say what a cell holds in place of a number, and what can be done.

    Examples:
        >>> fault("dog")[1]
        "'dog' is not a number; correct it, or leave the column out with --drop"
    """
    text = cell.strip()
    if _NOT_FINITE.fullmatch(text):
        return NotFiniteError, f"{text} is not a finite number; remove or replace it"
    if is_missing(text):
        what = f"{text!r} stands for a missing value" if text else "the cell is empty"
        return DataFileError, f"{what}; remove the row, or replace it, or leave the column out with --drop"
    if decimal == "." and is_grouped(text):
        meanings = f"{text.replace(',', '')} or {text.replace(',', '.')}"
        return DataFileError, f"{text!r} is {meanings}; write it plainly, or say --decimal ,"
    if _IN_GROUPS.fullmatch(text):
        return DataFileError, f"{text!r} has digits in groups; write it without what separates them"
    if decimal == "." and plain_number(text, ","):
        return DataFileError, f"{text!r} is not a number; if it has a decimal comma, say --decimal ,"
    return DataFileError, f"{text!r} is not a number; correct it, or leave the column out with --drop"


def fraction(cell: str, decimal: str = ".") -> Fraction:
    """Read a cell that holds a number exactly.

    Raises:
        ParameterError: its exponent is beyond 2000.

    Examples:
        >>> fraction("0.1"), fraction("1,5D0", ",")
        (Fraction(1, 10), Fraction(3, 2))
    """
    return number_from_text(plain_number(cell, decimal) or cell)
