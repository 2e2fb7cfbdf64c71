"""Tables: every cell is taken over random draws, and stands beside the paper's."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Generic

import numpy as np

from numerics.reproduce.drawn_run import AnyRun, DrawnRun
from numerics.reproduce.paper_data import BUNDLED, PAPER_DATA
from numerics.reproduce.published import Agreement, published
from numerics.reproduce.reproduction import SIZES, Reproduction
from numerics.reproduce.spectrum_task import spectrum_of
from numerics.reproduce.target import Report, Target, Used
from numerics.work.task import Arrays, Task
from theory import Bounds, Spectrum
from theory.language.numbers import Number

NO_DATA = "no data"
NAMES = {key: data.name for key, data in {**PAPER_DATA, BUNDLED.key: BUNDLED}.items()}
"""What tables call the data sets, by key."""


class Table(Target, Generic[AnyRun]):
    """A table whose cells are runs, each on many draws."""

    @abstractmethod
    def runs(self, reproduction: Reproduction) -> list[AnyRun]:
        """Give the first run of each cell; where none of the paper's data are at hand, on the digits."""

    @abstractmethod
    def draws(self, reproduction: Reproduction) -> int:
        """Give the number of draws of each cell."""

    @abstractmethod
    def cell(self, run: AnyRun, results: Sequence[Arrays] | None) -> dict[str, Any]:
        """Give everything about a cell, as JSON values, from the results of its draws; None for no data."""

    @abstractmethod
    def lines(self, cells: Sequence[Mapping[str, Any]]) -> list[str]:
        """Write the cells for people."""

    def notes(self, draws: int) -> list[str]:
        """Give what a reader must know."""
        return []

    def tasks(self, reproduction: Reproduction) -> list[Task]:
        """Give one task for each cell and draw; cells may share them."""
        draws = range(self.draws(reproduction))
        runs = [replace(run, seed=seed) for run in self._allowed(reproduction) for seed in draws]
        return [run.task(reproduction) for run in runs]

    def report(self, reproduction: Reproduction, results: Sequence[Arrays]) -> Report:
        """Compute every cell and compare it."""
        remaining, draws = iter(results), self.draws(reproduction)
        allowed = set(self._allowed(reproduction))
        cells = [
            self.cell(run, [next(remaining) for _ in range(draws)] if run in allowed else None)
            for run in self.runs(reproduction)
        ]
        notes = self.notes(draws)
        if reproduction.bundled:
            notes.append("The paper's data are not at hand: these are the bundled digits, with nothing to compare.")
        record = {"target": self.name, "title": self.title, "draws": draws, "notes": notes, "cells": cells}
        lines = [f"## {self.title}", "", *self.lines(cells), *(f"\n{note}" for note in notes)]
        return Report(record, "\n".join(lines) + "\n")

    def used(self, reproduction: Reproduction) -> Used:
        """Draw each cell's data as often as is asked for."""
        draws = self.draws(reproduction)
        return Used(list(dict.fromkeys(run.data for run in self._allowed(reproduction))), draws, range(draws))

    def _allowed(self, reproduction: Reproduction) -> list[AnyRun]:
        return [run for run in self.runs(reproduction) if reproduction.allows(run.data, run.samples)]


@dataclass(frozen=True)
class Decomposed(DrawnRun):
    """A draw's decomposition, as a row looks at it.

    Attributes:
        row: what the row is called, in the table and among the published numbers.
    """

    row: str
    cost = 0.0  # shared with everything that asks for the decomposition

    def task(self, reproduction: Reproduction) -> Task:
        """Give the task, the same for all rows."""
        return reproduction.decomposition(self.data, self.samples, self.seed)


@dataclass(frozen=True)
class DrawTable(Table[Decomposed]):
    """A table of quantities of a draw: their mean and standard deviation.

    Attributes:
        data: keys of the data sets that the paper prints.
        rows: by what a row is called, its value (or values) from the result of one draw.
        columns: numbers of samples N.
        run: what makes the results.
    """

    data: Collection[str]
    rows: Mapping[str, Callable[[Arrays], Any]]
    columns: Sequence[int] = SIZES
    run: type[Decomposed] = Decomposed

    def runs(self, reproduction: Reproduction) -> list[Decomposed]:
        """Give the first run of each cell; where none of the paper's data are at hand, on the digits."""
        data = dict.fromkeys(map(reproduction.at_hand, self.data))
        return [self.run(key, samples, row) for key in data for row in self.rows for samples in self.columns]

    def draws(self, reproduction: Reproduction) -> int:
        """Give the number that is asked for."""
        return reproduction.draws

    def follows(self, reproduction: Reproduction) -> Mapping[str, Collection[object]]:
        """Follow the number of draws."""
        return {"draws": [reproduction.draws]}

    def cell(self, run: Decomposed, results: Sequence[Arrays] | None) -> dict[str, Any]:
        """Give one value a draw, mean and deviation of all values, and the comparison where there is one."""
        found: dict[str, Any] = {"data": run.data, "row": run.row, "samples": run.samples}
        printed = published(self.name, run.data, run.row, run.samples)
        if printed is not None:
            found["published"] = asdict(printed)
        if results is None:
            return found | {"status": NO_DATA}
        values = np.array([self.rows[run.row](draw) for draw in results], dtype=np.float64)
        mean, deviation = float(values.mean()), float(values.std(ddof=1))
        found |= {"status": "computed", "mean": mean, "deviation": deviation, "count": values.size}
        found["values"] = (values if values.ndim == 1 else values.mean(axis=1)).tolist()
        if printed is not None:
            found["verdict"] = printed.agreement(mean).value
        return found

    def lines(self, cells: Sequence[Mapping[str, Any]]) -> list[str]:
        """Write one line for each data set and row: our number, the paper's and the verdict."""
        rows: dict[tuple[str, str], list[str]] = {}
        for cell in cells:
            rows.setdefault((NAMES[cell["data"]], cell["row"]), []).append(_words(cell))
        head = ["data", "row", *(f"N = {samples}" for samples in self.columns)]
        lines = markdown_table(head, [[*place, *words] for place, words in rows.items()])
        if any("verdict" in cell for cell in cells):
            lines.append(
                "\nOurs, then the paper's: mean(standard deviation). The verdict counts the paper's deviations (sd)."
            )
        return lines


def gap(bounds: Bounds) -> Number:
    """Give what two bounds leave open."""
    return bounds.upper - bounds.lower


def of_spectrum(quantity: Callable[[Spectrum], Number]) -> Callable[[Arrays], Number]:
    """Make a quantity of a draw out of one of its spectrum."""
    return lambda draw: quantity(spectrum_of(draw))


_SHORT = {
    Agreement.WITHIN_ONE.value: "within 1 sd",
    Agreement.WITHIN_TWO.value: "within 2 sd",
    Agreement.DIFFERS.value: "differs",
}


def _words(cell: Mapping[str, Any]) -> str:
    printed = cell.get("published")
    if cell["status"] == NO_DATA:
        return NO_DATA if printed is None else f"{NO_DATA} (paper {printed['text']})"
    if printed is None:
        return f"{number(cell['mean'])}({number(cell['deviation'])})"
    ours = f"{cell['mean']:.{printed['decimals']}f}({cell['deviation']:.{printed['decimals']}f})"
    return f"{ours}, paper {printed['text']}: {_SHORT[cell['verdict']]}"


def markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Write a table in Markdown, line by line.

    Examples:
        >>> markdown_table(["N", "Q"], [["100", "2.5"]])
        ['| N | Q |', '|---|---|', '| 100 | 2.5 |']
    """
    first, *others = (f"| {' | '.join(row)} |" for row in (head, *rows))
    return [first, "|" + "---|" * len(head), *others]


def number(value: float) -> str:
    """Write a number with four significant digits, without an exponent where that is short.

    Examples:
        >>> number(0.21434), number(1771.6), number(13555.2)
        ('0.2143', '1772', '13555')
    """
    return f"{value:.0f}" if 1000 <= abs(value) < 1e7 else f"{value:.4g}"
