"""The runs of Figures 4, 9 and 21 to 26: SGD with several batch sizes and step sizes from one start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from numerics.figures.panels import Curve, Panel
from numerics.reproduce.reproduction import Reproduction
from numerics.reproduce.training_figure import FigureContent, Observation, TrainingFigure, main_data, sizes
from numerics.reproduce.training_task import Run
from numerics.work.task import Arrays

BATCHES = (25, 50, 200, None)
PAPER_STEPS = (3000, 6000, 12000, 18000)
"""The paper's step sizes are 2 over these."""
NOTE = (
    "The paper's number of samples for these runs is not known to us: drawn with the largest of its sizes that the "
    "data allow. Every run covers the same training time, step size times steps, from the same start (seed 0)."
)
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Grid:
    """The runs and what is looked at.

    Attributes:
        reproduction: what all targets share.
        runs, results: every run with its result.
        series: the figure's quantity along each run.
    """

    reproduction: Reproduction
    runs: Sequence[Run]
    results: Sequence[Arrays]
    series: Sequence[Values]

    def ends(self) -> dict[tuple[int | None, str | None], tuple[float, float]]:
        """Give the quantity's first and last value, by batch size and step size."""
        return {
            (run.batch_size, run.step_size): (float(values[0]), float(values[-1]))
            for run, values in zip(self.runs, self.series, strict=True)
        }


Observe = Callable[[Grid], list[Observation]]


def sgd_runs(reproduction: Reproduction) -> list[Run]:
    """Give the grid of batch sizes and step sizes.

    The bundled digits are less sharp than the paper's images: there 2/eta is a tenth, so that steps are as large.
    """
    key = main_data(reproduction)
    samples = max(sizes(reproduction, key))
    scale = 10 if reproduction.bundled else 1

    def optimizer(batch: int | None) -> str:
        return "gd" if batch is None else "sgd-reshuffle"

    return [
        Run(key, samples, 2, optimizer(batch), limit * 10 // 3, f"2/{limit // scale}", batch, terms=True)
        for batch in BATCHES
        for limit in PAPER_STEPS
    ]


def label(run: Run) -> str:
    """Name a run in a legend."""
    return f"B = {run.samples if run.batch_size is None else run.batch_size}, eta = {run.step_size}"


def time_of(result: Arrays) -> Values:
    """Give the training time of each record: step size times step."""
    return np.asarray(result["steps"] * float(result["step_size"]), dtype=np.float64)


class BatchFigure(TrainingFigure):
    """A figure of one quantity along the runs: one panel for each step size, one for the smallest batch.

    Args:
        name: such as `figure-9`.
        title: one line.
        quantity: gives the series of a run.
        y_label: what it is called.
        observe: gives the observations.
        log: whether the quantity is shown on a logarithmic scale.
        relative: whether the curves are those of the quantity less that of the full batch with the same step size, in
            percent of it, so that small differences show; the full batch's own stands in a panel by itself.
    """

    def __init__(
        self,
        name: str,
        title: str,
        quantity: Callable[[Arrays], Values],
        y_label: str,
        observe: Observe,
        *,
        log: bool = False,
        relative: bool = False,
    ) -> None:
        super().__init__(name, title)
        self._quantity, self._y_label, self._observe, self._log = quantity, y_label, observe, log
        self._relative = relative

    def runs(self, reproduction: Reproduction) -> list[Run]:
        """Give the grid."""
        return sgd_runs(reproduction)

    def show(self, reproduction: Reproduction, runs: Sequence[Run], results: Sequence[Arrays]) -> FigureContent:
        """Draw the quantity over the training time."""
        series = [self._quantity(result) for result in results]
        full = {run.step_size: values for run, values in zip(runs, series, strict=True) if run.batch_size is None}
        curves = [
            (run, Curve(label(run), time_of(result), self._shown(values, full[run.step_size])))
            for run, result, values in zip(runs, results, series, strict=True)
        ]
        what = f"{self._y_label} less the full batch's, %" if self._relative else self._y_label
        panels = [
            self._panel(f"step size {eta}", what, [curve for run, curve in curves if run.step_size == eta])
            for eta in full
        ]
        small = min(run.batch_size or run.samples for run in runs)
        of_small = [curve for run, curve in curves if run.batch_size == small]
        panels.append(self._panel(f"batch size {small}", what, of_small))
        if self._relative:
            whole = [
                Curve(label(run), time_of(result), values)
                for run, result, values in zip(runs, results, series, strict=True)
                if run.batch_size is None
            ]
            panels.append(self._panel("the full batch", self._y_label, whole))
        return FigureContent(panels, self._observe(Grid(reproduction, runs, results, series)), [NOTE])

    def _shown(self, values: Values, full_batch: Values) -> Values:
        if not self._relative:
            return values
        shared = min(len(values), len(full_batch))  # a run that diverged is shorter
        return np.concatenate(
            [100 * (values[:shared] / full_batch[:shared] - 1), np.full(len(values) - shared, np.nan)]
        )

    def _panel(self, title: str, what: str, curves: list[Curve]) -> Panel:
        return Panel(title, "step size x steps", what, curves, log_y=self._log)


def nonnegative(what: str) -> Observe:
    """Observe that a quantity is never negative."""

    def observe(grid: Grid) -> list[Observation]:
        least = min(float(values.min()) for values in grid.series)
        return [Observation(f"{what} in all {len(grid.runs)} runs; least value recorded {least:.4g}", least >= 0)]

    return observe


def exceeds(what: str, other: int) -> Observe:
    """Observe where the quantity is larger than another recorded term: at the end of the runs, and all along."""

    def observe(grid: Grid) -> list[Observation]:
        quotients = [values / term(other)(result) for values, result in zip(grid.series, grid.results, strict=True)]
        last, every = min(float(values[-1]) for values in quotients), np.concatenate(quotients)
        runs, share = len(grid.runs), float(np.mean(every > 1))
        return [
            Observation(f"{what} at the end of all {runs} runs; there the least quotient is {last:.4g}", last > 1),
            Observation(
                f"{what} at {share:.2%} of all {len(every)} records; the least quotient is {every.min():.4g}",
                share == 1,
            ),
        ]

    return observe


def nothing(grid: Grid) -> list[Observation]:
    """Observe nothing: the figure is for looking at."""
    return []


def term(index: int) -> Callable[[Arrays], Values]:
    """Give one of the six recorded terms of Theorem 5.9 (`theory.formulas.imbalance.StepTerms`)."""
    return lambda result: result["step_terms"][:, index]
