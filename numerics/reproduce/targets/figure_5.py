"""Figure 5: more samples and more layers sharpen more, along the gradient flow."""

from __future__ import annotations

from collections.abc import Sequence

from numerics.figures.panels import Curve, Panel
from numerics.reproduce.figure import Figure, FigureContent, growing, growth, main_data, sizes
from numerics.reproduce.reproduction import Reproduction
from numerics.reproduce.spectrum_task import spectrum_of
from numerics.reproduce.targets.balanced_minimizer import DEPTHS
from numerics.reproduce.training_task import Run
from numerics.work.task import Arrays
from theory.bounds import predicted_sharpness

STEPS = 20_000
FOR_DEPTH = 300
"""Samples of the panel on depth: their difficulty is above 1, where the bounds grow with depth."""


class _Figure5(Figure[Run]):
    def runs(self, reproduction: Reproduction) -> list[Run]:
        key = main_data(reproduction)
        wanted = [*((samples, 2) for samples in sizes(reproduction, key)), *((FOR_DEPTH, depth) for depth in DEPTHS)]
        return [
            Run(key, samples, depth, "gf-runge-kutta", STEPS, tolerance=1e-4)
            for samples, depth in dict.fromkeys(wanted)
        ]

    def show(self, reproduction: Reproduction, runs: Sequence[Run], results: Sequence[Arrays]) -> FigureContent:
        panels, observations = [], []
        by_size = {f"N = {run.samples}": run for run in runs if run.depth == 2}
        by_depth = {f"D = {run.depth}": run for run in runs if run.samples == FOR_DEPTH}
        for title, more, shown in (
            ("numbers of samples, D = 2", "samples", by_size),
            (f"depths, N = {FOR_DEPTH}", "layers", by_depth),
        ):
            found = {name: results[runs.index(run)] for name, run in shown.items()}
            curves = [Curve(name, result["steps"], result["sharpness"]) for name, result in found.items()]
            levels = [(name, _predicted(reproduction, run)) for name, run in shown.items()]
            panels.append(Panel(title, "step", "sharpness", curves, levels=levels))
            growths = list(map(growth, found.values()))
            observations.append(growing(f"the sharpness grows by a larger factor with more {more}", growths, 4))
        notes = [
            "Runge-Kutta of order 4 with step 1/(2 S), S computed again every 50 steps, from PyTorch's initialization; "
            f"a run ends at loss 1e-4 or after {STEPS} steps. Dashed: the predicted sharpness, for balanced layers, "
            "which these are not."
        ]
        return FigureContent(panels, observations, notes)


def _predicted(reproduction: Reproduction, run: Run) -> float:
    return float(predicted_sharpness(spectrum_of(reproduction.draw(run.data, run.samples, 0)), run.depth))


TARGETS = [_Figure5("figure-5", "Figure 5: sharpness along the gradient flow, by number of samples and depth")]
