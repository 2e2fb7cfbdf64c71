"""Tables: for every data set and number of samples a quantity's mean and standard deviation over random subsets."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.reproduce.paper_data import BUNDLED, PAPER_DATA
from numerics.reproduce.published import Agreement, published
from numerics.reproduce.reproduction import SIZES, Reproduction
from numerics.reproduce.spectrum_task import spectrum_of
from numerics.reproduce.target import Report, Target, Used
from numerics.work.task import Arrays, Task
from theory import Spectrum

NO_DATA = "no data"
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """A row of a table.

    Attributes:
        data: key of the data set.
        label: what the row is called, in the table and among the published numbers.
    """

    data: str
    label: str


def rows(label: str) -> list[Row]:
    """Give a row for each data set of the paper."""
    return [Row(key, label) for key in PAPER_DATA]


@dataclass(frozen=True)
class Cell:
    """One cell: our values, one or more for each draw, and the number that the paper prints.

    Attributes:
        row: where.
        samples: where.
        values: shape `(draws,)` or `(draws, k)`; None where the data at hand do not allow the cell.
    """

    row: Row
    samples: int
    values: Values | None

    def record(self, table: str) -> dict[str, Any]:
        """Give everything about the cell, as JSON values: one value a draw, and the comparison where there is one."""
        found: dict[str, Any] = {"data": self.row.data, "row": self.row.label, "samples": self.samples}
        printed = published(table, self.row.data, self.row.label, self.samples)
        if printed is not None:
            found["published"] = dataclasses.asdict(printed)
        if self.values is None:
            return found | {"status": NO_DATA}
        mean, deviation = float(self.values.mean()), float(self.values.std(ddof=1))
        found |= {"status": "computed", "mean": mean, "deviation": deviation, "count": self.values.size}
        found["values"] = (self.values if self.values.ndim == 1 else self.values.mean(axis=1)).tolist()
        if printed is not None:
            found["verdict"] = printed.agreement(mean).value
        return found


class DrawTable(Target):
    """A table over random draws.

    Args:
        name: such as `table-3`.
        title: one line.
        rows: the rows that the paper prints, by data set.
        quantity: gives the value (or values) of a row from the results that belong to one draw.
        columns: numbers of samples N.
    """

    def __init__(
        self,
        name: str,
        title: str,
        rows: Sequence[Row],
        quantity: Callable[[Row, Arrays], Any],
        columns: Sequence[int] = SIZES,
    ) -> None:
        self.name, self.title, self._rows, self._quantity, self._columns = name, title, rows, quantity, tuple(columns)

    def task_of_draw(self, reproduction: Reproduction, where: tuple[str, int, int]) -> Task:
        """Give the task whose result `quantity` looks at; by default the draw's decomposition."""
        return reproduction.decomposition(*where)

    def tasks(self, reproduction: Reproduction) -> list[Task]:
        """Give one task for each draw."""
        return [self.task_of_draw(reproduction, where) for where in self._draws(reproduction)]

    def report(self, reproduction: Reproduction, results: Sequence[Arrays]) -> Report:
        """Compute every cell and compare it."""
        of_draw = dict(zip(self._draws(reproduction), results, strict=True))
        cells = []
        for row in self.rows(reproduction):
            for samples in self._columns:
                values = None
                if reproduction.allows(row.data, samples):
                    draws = (of_draw[row.data, samples, seed] for seed in range(reproduction.draws))
                    values = np.array([self._quantity(row, draw) for draw in draws], dtype=np.float64)
                cells.append(Cell(row, samples, values).record(self.name))
        notes = []
        if reproduction.bundled:
            notes.append("The paper's data are not at hand: these are the bundled digits, with nothing to compare.")
        record = {"target": self.name, "title": self.title, "draws": reproduction.draws, "notes": notes, "cells": cells}
        return Report(record, as_markdown(self.title, cells, notes))

    def used(self, reproduction: Reproduction) -> Used:
        """Draw each row's data as often as is asked for."""
        data = list(dict.fromkeys(key for key, _, _ in self._draws(reproduction)))
        return Used(data, reproduction.draws, range(reproduction.draws))

    def follows(self, reproduction: Reproduction) -> Mapping[str, Collection[object]]:
        """Follow the number of draws."""
        return {"draws": [reproduction.draws]}

    def rows(self, reproduction: Reproduction) -> list[Row]:
        """Give the paper's rows; where none of its data are at hand, those of the digits."""
        if not reproduction.bundled:
            return list(self._rows)
        return list(dict.fromkeys(Row(BUNDLED.key, row.label) for row in self._rows))

    def _draws(self, reproduction: Reproduction) -> list[tuple[str, int, int]]:
        data = dict.fromkeys(row.data for row in self.rows(reproduction))
        return [
            (key, samples, seed)
            for key in data
            for samples in self._columns
            if reproduction.allows(key, samples)
            for seed in range(reproduction.draws)
        ]


def of_spectrum(quantity: Callable[[Row, Spectrum], float]) -> Callable[[Row, Arrays], float]:
    """Make a quantity of a draw out of one of its spectrum."""

    def value(row: Row, draw: Arrays) -> float:
        return float(quantity(row, spectrum_of(draw)))

    return value


def as_markdown(title: str, cells: Iterable[dict[str, Any]], notes: Iterable[str]) -> str:
    """Write a table for people: one line for each data set and row, our number over the paper's and the verdict."""
    cells = list(cells)
    columns = sorted({cell["samples"] for cell in cells})
    lines = [f"## {title}", "", "| data | row | " + " | ".join(f"N = {n}" for n in columns) + " |"]
    lines.append("|---|---|" + "---|" * len(columns))
    names = {**{key: data.name for key, data in PAPER_DATA.items()}, BUNDLED.key: BUNDLED.name}
    for data, row in dict.fromkeys((cell["data"], cell["row"]) for cell in cells):
        of_row = {cell["samples"]: cell for cell in cells if (cell["data"], cell["row"]) == (data, row)}
        lines.append(f"| {names[data]} | {row} | " + " | ".join(_words(of_row.get(n)) for n in columns) + " |")
    if any("verdict" in cell for cell in cells):
        lines.append(
            "\nOurs, then the paper's: mean(standard deviation). The verdict counts the paper's deviations (sd)."
        )
    return "\n".join([*lines, *(f"\n{note}" for note in notes)]) + "\n"


_SHORT = {
    Agreement.WITHIN_ONE.value: "within 1 sd",
    Agreement.WITHIN_TWO.value: "within 2 sd",
    Agreement.DIFFERS.value: "differs",
}


def _words(cell: dict[str, Any] | None) -> str:
    if cell is None:
        return ""
    printed = cell.get("published")
    if cell["status"] == NO_DATA:
        return NO_DATA if printed is None else f"{NO_DATA} (paper {printed['text']})"
    if printed is None:
        return f"{number(cell['mean'])}({number(cell['deviation'])})"
    ours = f"{cell['mean']:.{printed['decimals']}f}({cell['deviation']:.{printed['decimals']}f})"
    return f"{ours}, paper {printed['text']}: {_SHORT[cell['verdict']]}"


def number(value: float) -> str:
    """Write a number with four significant digits, without an exponent where that is short.

    Examples:
        >>> number(0.21434), number(1771.6), number(13555.2)
        ('0.2143', '1772', '13555')
    """
    return f"{value:.0f}" if 1000 <= abs(value) < 1e7 else f"{value:.4g}"
