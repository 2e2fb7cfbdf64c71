"""The runs of Figures 4, 9 and 21 to 26: SGD with several batch sizes and step sizes from one start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from numerics.figures.panels import Curve, Panel
from numerics.reproduce.figure import Figure, FigureContent, Observation, main_data, sizes
from numerics.reproduce.reproduction import Reproduction
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


def nothing(grid: Grid) -> list[Observation]:
    """Observe nothing: the figure is for looking at."""
    return []


@dataclass(frozen=True)
class BatchFigure(Figure[Run]):
    """A figure of one quantity along the runs: one panel for each step size, one for the smallest batch.

    Attributes:
        quantity: gives the series of a run.
        y_label: what it is called.
        observe: gives the observations.
        log: whether the quantity is shown on a logarithmic scale.
        relative: whether the curves are those of the quantity less that of the full batch with the same step size, in
            percent of it, so that small differences show; the full batch's own stands in a panel by itself.
    """

    quantity: Callable[[Arrays], Values]
    y_label: str
    observe: Callable[[Grid], list[Observation]] = nothing
    log: bool = False
    relative: bool = False

    def runs(self, reproduction: Reproduction) -> list[Run]:
        """Give the grid of batch sizes and step sizes.

        The bundled digits are less sharp than the paper's images: there 2/eta is a tenth, so that steps are as large.
        """
        key = main_data(reproduction)
        samples = max(sizes(reproduction, key))
        scale = 10 if reproduction.bundled else 1
        rules = {batch: "gd" if batch is None else "sgd-reshuffle" for batch in BATCHES}
        return [
            Run(key, samples, 2, rule, limit * 10 // 3, f"2/{limit // scale}", batch, terms=True)
            for batch, rule in rules.items()
            for limit in PAPER_STEPS
        ]

    def show(self, reproduction: Reproduction, runs: Sequence[Run], results: Sequence[Arrays]) -> FigureContent:
        """Draw the quantity over the training time."""
        series = [self.quantity(result) for result in results]
        full = {run.step_size: values for run, values in zip(runs, series, strict=True) if run.batch_size is None}
        small = min(run.batch_size or run.samples for run in runs)
        drawn = list(zip(runs, results, series, strict=True))
        curves = [(run, _curve(run, result, self._shown(values, full[run.step_size]))) for run, result, values in drawn]
        what = f"{self.y_label} less the full batch's, %" if self.relative else self.y_label
        panels = [
            self._panel(f"step size {eta}", what, [curve for run, curve in curves if run.step_size == eta])
            for eta in full
        ]
        of_small = [curve for run, curve in curves if run.batch_size == small]
        panels.append(self._panel(f"batch size {small}", what, of_small))
        if self.relative:
            whole = [_curve(run, result, values) for run, result, values in drawn if run.batch_size is None]
            panels.append(self._panel("the full batch", self.y_label, whole))
        return FigureContent(panels, self.observe(Grid(reproduction, runs, results, series)), [NOTE])

    def _shown(self, values: Values, full_batch: Values) -> Values:
        if not self.relative:
            return values
        shared = min(len(values), len(full_batch))  # a run that diverged is shorter
        return np.concatenate(
            [100 * (values[:shared] / full_batch[:shared] - 1), np.full(len(values) - shared, np.nan)]
        )

    def _panel(self, title: str, what: str, curves: list[Curve]) -> Panel:
        return Panel(title, "step size x steps", what, curves, log_y=self.log)


def _curve(run: Run, result: Arrays, values: Values) -> Curve:
    """Draw values over the training time, step size times step."""
    label = f"B = {run.samples if run.batch_size is None else run.batch_size}, eta = {run.step_size}"
    return Curve(label, result["steps"] * float(result["step_size"]), values)
