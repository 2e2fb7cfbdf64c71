"""Pieces of Coq, and brackets around those that something else would tear apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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
