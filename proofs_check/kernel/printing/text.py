"""Pieces of Coq, and brackets around those that something else would tear apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

SUM, PRODUCT, OPPOSITE, RAISED, APPLIED, ATOM = range(6)
"""How tightly a piece of text holds together."""


@dataclass(frozen=True)
class Text:
    """A piece of Coq and how tightly it holds together."""

    words: str
    level: int = ATOM

    def within(self, level: int) -> str:
        """The text where something of this level is needed."""
        return self.words if self.level >= level else f"({self.words})"


def number(value: Fraction) -> Text:
    """A rational number.

    >>> number(Fraction(-3, 2)).words
    '- (3 / 2)'
    """
    plain = str(abs(value.numerator)) + (f" / {value.denominator}" if value.denominator != 1 else "")
    level = ATOM if value.denominator == 1 else PRODUCT
    return Text(plain, level) if value >= 0 else Text(f"- {Text(plain, level).within(ATOM)}", OPPOSITE)


def sum_of(parts: list[Text]) -> Text:
    """A sum, what is subtracted last."""
    said = ""
    for part in sorted(parts, key=lambda one: one.words.startswith("- ")):
        if said and part.words.startswith("- ") and part.level == OPPOSITE:
            bare = part.words[2:]
            said += f" - {bare[1:-1]}" if _one_bracket(bare) else f" - {bare}"
        else:
            said += (" + " if said else "") + part.within(PRODUCT)
    return Text(said, SUM)


def _one_bracket(text: str) -> bool:
    """Whether a bracket that opens at the beginning closes at the end."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return sign == ")" and place == len(text) - 1
    return False


def whole(parts: Iterable[str]) -> str:
    """A sum of numbers and names of whole numbers.

    >>> whole(["1", "0%nat"]), whole(["1", "L", "1"]), whole(["a"])
    ('1%nat', '(2 + L)%nat', 'a')
    """
    plain = [part.removesuffix("%nat") for part in parts]
    known = sum(int(one) for one in plain if one.isdigit())
    names = [one for one in plain if not one.isdigit()]
    said = " + ".join([*([str(known)] if known or not names else []), *names])
    if said in names and not said.startswith("("):
        return said
    return f"{said}%nat" if said in names or said.isdigit() else f"({said})%nat"
