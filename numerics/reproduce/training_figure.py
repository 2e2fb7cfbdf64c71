"""Figures: panels of curves, and what is to be seen in them, decided by the numbers."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import isfinite
from typing import Any

from numerics.figures.panels import Panel
from numerics.reproduce.paper_data import BUNDLED, PAPER_DATA
from numerics.reproduce.reproduction import SIZES, Reproduction
from numerics.reproduce.table import number
from numerics.reproduce.target import Report, Target, Used
from numerics.reproduce.training_task import Run
from numerics.work.task import Arrays, Task


@dataclass(frozen=True)
class Observation:
    """A sentence about a figure, and whether its numbers bear it out. It proves nothing."""

    text: str
    holds: bool


def grows(values: Sequence[float]) -> bool:
    """Whether these are two finite numbers or more, each greater than the one before.

    Examples:
        >>> grows([1.0, 2.0, 4.0]), grows([1.0, 1.0]), grows([1.0, float("inf")]), grows([1.0])
        (True, False, False, False)
    """
    return len(values) > 1 and all(map(isfinite, values)) and all(one < other for one, other in pairwise(values))


@dataclass
class FigureContent:
    """What a figure shows.

    Attributes:
        panels: what is drawn.
        observations: what is to be seen.
        notes: what a reader must know, such as settings that are ours.
        table: rows of numbers by column name, the same columns in each.
    """

    panels: list[Panel]
    observations: list[Observation] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    table: list[dict[str, Any]] = field(default_factory=list)


class TrainingFigure(Target):
    """A figure made of training runs.

    Args:
        name: such as `figure-5`.
        title: one line.
    """

    def __init__(self, name: str, title: str) -> None:
        self.name, self.title = name, title

    @abstractmethod
    def runs(self, reproduction: Reproduction) -> list[Run]:
        """Give the runs that the figure shows; none where the data do not allow it."""

    @abstractmethod
    def show(self, reproduction: Reproduction, runs: Sequence[Run], results: Sequence[Arrays]) -> FigureContent:
        """Make panels and observations out of the runs."""

    def tasks(self, reproduction: Reproduction) -> list[Task]:
        """Give one task for each run."""
        return [run.task(reproduction) for run in self.runs(reproduction)]

    def used(self, reproduction: Reproduction) -> Used:
        """Train on the first subset, with the seeds of the runs."""
        return Used.of_runs(pair for run in self.runs(reproduction) for pair in ((run.data, 0), (run.data, run.seed)))

    def report(self, reproduction: Reproduction, results: Sequence[Arrays]) -> Report:
        """Make the figure."""
        runs = self.runs(reproduction)
        shown = self.show(reproduction, runs, results) if runs else FigureContent([], notes=["no data"])
        data = [
            f"{reproduction.pool(key).name}, N = {n}"
            for key, n in dict.fromkeys((run.data, run.samples) for run in runs)
        ]
        return figure_report(self.name, self.title, shown, data)


def figure_report(name: str, title: str, shown: FigureContent, data: Sequence[str] = ()) -> Report:
    """Put a figure's record and text together."""
    lines = [f"## {title}", ""]
    if data:
        lines += [f"Data: {'; '.join(data)}.", ""]
    lines += [f"{note}\n" for note in shown.notes]
    lines += [f"- {'holds' if seen.holds else 'DOES NOT HOLD'}: {seen.text}" for seen in shown.observations]
    lines += _table_lines(shown.table)
    record = {
        "target": name,
        "title": title,
        "data": list(data),
        "notes": list(shown.notes),
        "observations": [{"text": seen.text, "holds": seen.holds} for seen in shown.observations],
        "table": shown.table,
        "panels": [panel.record() for panel in shown.panels],
    }
    return Report(record, "\n".join(lines).rstrip() + "\n", tuple(shown.panels))


def _table_lines(rows: Sequence[dict[str, Any]]) -> list[str]:
    if not rows:
        return []
    lines = ["", "| " + " | ".join(rows[0]) + " |", "|" + "---|" * len(rows[0])]
    for row in rows:
        cells = (number(value) if isinstance(value, float) else str(value) for value in row.values())
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def main_data(reproduction: Reproduction) -> str:
    """Give the data set that figures use: CIFAR10 where it is at hand, as in the paper, else what is."""
    return next(key for key in (*PAPER_DATA, BUNDLED.key) if key in reproduction.pools)


def sizes(reproduction: Reproduction, key: str) -> list[int]:
    """Give the paper's numbers of samples that a data set allows."""
    return [samples for samples in SIZES if reproduction.allows(key, samples)]
