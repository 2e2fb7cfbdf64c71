"""The paper's printed numbers, and whether ours agree with them."""

from __future__ import annotations

import enum
import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

_CELL = re.compile(r"(\d+(?:\.(\d+))?)\((\d+(?:\.(\d+))?)\)")


class Agreement(enum.Enum):
    """How far our mean lies from the paper's, in the paper's own standard deviations."""

    WITHIN_ONE = "agrees within one standard deviation"
    WITHIN_TWO = "agrees within two standard deviations"
    DIFFERS = "differs"


@dataclass(frozen=True)
class Published:
    """A cell of the paper: a mean over its draws and their standard deviation.

    Examples:
        >>> cell = Published.parse("6.0(1.2)")
        >>> cell.mean, cell.deviation, cell.agreement(5.0), cell.agreement(9.0).value
        (6.0, 1.2, <Agreement.WITHIN_ONE: 'agrees within one standard deviation'>, 'differs')
    """

    text: str
    mean: float
    deviation: float
    decimals: int

    @classmethod
    def parse(cls, text: str) -> Published:
        """Read `mean(deviation)`. A deviation that is printed as 0 counts as half a unit of its last place.

        Raises:
            ValueError: the text has another form.
        """
        found = _CELL.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} is not of the form mean(deviation)")
        mean, decimals, deviation, last = found.groups()
        return cls(text, float(mean), float(deviation) or 0.5 * 10.0 ** -len(last or ""), len(decimals or ""))

    def agreement(self, mean: float) -> Agreement:
        """Compare our mean."""
        distance = abs(mean - self.mean)
        if distance <= self.deviation:
            return Agreement.WITHIN_ONE
        return Agreement.WITHIN_TWO if distance <= 2 * self.deviation else Agreement.DIFFERS


def published(table: str, data: str, row: str, samples: int) -> Published | None:
    """Give a cell, or None where the paper prints none.

    Examples:
        >>> published("table-2", "cifar10", "T_1", 100).text
        '6.0(1.2)'
        >>> published("table-1", "cifar10", "Q", 500) is None
        True
    """
    found = printed_numbers("published.toml").get(table, {})
    cells = found.get(data, {}).get(row)
    if cells is None or samples not in found["columns"]:
        return None
    return Published.parse(cells[found["columns"].index(samples)])


@functools.cache
def printed_numbers(file: str) -> Mapping[str, Any]:
    """Read a file of numbers that the paper prints."""
    return tomllib.loads((files("numerics.reproduce") / file).read_text(encoding="utf-8"))
