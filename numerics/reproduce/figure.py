"""Figures: panels of curves, and what is to be seen in them, decided by the numbers."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from math import isfinite
from typing import Any, Generic

from numerics.figures.panels import Panel
from numerics.reproduce.drawn_run import AnyRun
from numerics.reproduce.paper_data import BUNDLED, PAPER_DATA
from numerics.reproduce.reproduction import SIZES, Reproduction
from numerics.reproduce.table import markdown_table, number
from numerics.reproduce.target import Report, Target, Used
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


def growth(result: Arrays) -> float:
    """Give the last sharpness over the first."""
    return float(result["sharpness"][-1] / result["sharpness"][0])


def growing(text: str, values: Sequence[float], digits: int = 3, after: str = "") -> Observation:
    """Observe that some values grow, with their numbers behind the text."""
    return Observation(f"{text}: {numbers_in_words(values, digits)}{after}", grows(values))


def numbers_in_words(values: Sequence[float], digits: int = 3) -> str:
    """Write numbers to some digits, with commas.

    Examples:
        >>> numbers_in_words([3.14159, 20.0])
        '3.14, 20'
    """
    return ", ".join(f"{value:.{digits}g}" for value in values)


@dataclass
class FigureContent:
    """What a figure shows.

    Attributes:
        panels: what is drawn.
        observations: what is to be seen.
        notes: what a reader must know, such as settings that are ours.
        table: rows of numbers by column name, the same columns in each.
        data: what was drawn from, in words, where that is not the data sets and numbers of samples of the runs.
        points: for the record, the numbers of each run.
        title_goes_on: what the title says behind the target's.
    """

    panels: list[Panel]
    observations: list[Observation] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    table: list[dict[str, Any]] = field(default_factory=list)
    data: Sequence[str] = ()
    points: Sequence[Mapping[str, Any]] = ()
    title_goes_on: str = ""


class Figure(Target, Generic[AnyRun]):
    """A figure made of runs."""

    @abstractmethod
    def runs(self, reproduction: Reproduction) -> list[AnyRun]:
        """Give the runs that the figure shows, each once; none where the data do not allow it."""

    @abstractmethod
    def show(self, reproduction: Reproduction, runs: Sequence[AnyRun], results: Sequence[Arrays]) -> FigureContent:
        """Make panels and observations out of the runs."""

    def tasks(self, reproduction: Reproduction) -> list[Task]:
        """Give one task for each run."""
        return [run.task(reproduction) for run in self.runs(reproduction)]

    def used(self, reproduction: Reproduction) -> Used:
        """Draw what the runs draw."""
        runs = self.runs(reproduction)
        seeds = {run.draw for run in runs}
        data = list(dict.fromkeys(run.data for run in runs))
        return Used(data, len(seeds) or 1, sorted(seeds | {run.seed for run in runs}))

    def report(self, reproduction: Reproduction, results: Sequence[Arrays]) -> Report:
        """Make the figure."""
        runs = self.runs(reproduction)
        shown = self.show(reproduction, runs, results) if runs else FigureContent([], notes=["no data"])
        drawn = dict.fromkeys((run.data, run.samples) for run in runs)
        shown.data = shown.data or [f"{reproduction.pool(key).name}, N = {n}" for key, n in drawn]
        title = self.title + shown.title_goes_on
        lines = [f"## {title}", ""]
        if shown.data:
            lines += [f"Data: {'; '.join(shown.data)}.", ""]
        lines += [f"{note}\n" for note in shown.notes]
        lines += [f"- {'holds' if seen.holds else 'DOES NOT HOLD'}: {seen.text}" for seen in shown.observations]
        if shown.table:
            cells = [[number(x) if isinstance(x, float) else str(x) for x in row.values()] for row in shown.table]
            lines += ["", *markdown_table(list(shown.table[0]), cells)]
        record = {
            "target": self.name,
            "title": title,
            "data": list(shown.data),
            "notes": shown.notes,
            "observations": [asdict(seen) for seen in shown.observations],
            "table": shown.table,
            "panels": [panel.record() for panel in shown.panels],
            **({"points": shown.points} if shown.points else {}),
        }
        return Report(record, "\n".join(lines).rstrip() + "\n", shown.panels)


def main_data(reproduction: Reproduction) -> str:
    """Give the data set that figures use: CIFAR10 where it is at hand, as in the paper, else what is."""
    return next(key for key in (*PAPER_DATA, BUNDLED.key) if key in reproduction.pools)


def sizes(reproduction: Reproduction, key: str) -> list[int]:
    """Give the paper's numbers of samples that a data set allows."""
    return [samples for samples in SIZES if reproduction.allows(key, samples)]
