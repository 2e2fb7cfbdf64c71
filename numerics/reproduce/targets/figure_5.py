"""Figure 5: more samples and more layers sharpen more, along the gradient flow."""

from __future__ import annotations

from collections.abc import Sequence

from numerics.figures.panels import Curve, Panel
from numerics.reproduce.balanced_minimizer import DEPTHS
from numerics.reproduce.reproduction import Reproduction
from numerics.reproduce.spectrum_task import spectrum_of
from numerics.reproduce.training_figure import FigureContent, Observation, TrainingFigure, grows, main_data, sizes
from numerics.reproduce.training_task import Run
from numerics.work.task import Arrays
from theory.bounds import predicted_sharpness

STEPS = 20_000
FOR_DEPTH = 300
"""Samples of the panel on depth: their difficulty is above 1, where the bounds grow with depth."""


class _Figure5(TrainingFigure):
    def runs(self, reproduction: Reproduction) -> list[Run]:
        key = main_data(reproduction)
        by_size = [
            Run(key, samples, 2, "gf-runge-kutta", STEPS, tolerance=1e-4) for samples in sizes(reproduction, key)
        ]
        by_depth = [Run(key, FOR_DEPTH, depth, "gf-runge-kutta", STEPS, tolerance=1e-4) for depth in DEPTHS]
        return list(dict.fromkeys([*by_size, *by_depth]))

    def show(self, reproduction: Reproduction, runs: Sequence[Run], results: Sequence[Arrays]) -> FigureContent:
        by_size = [pair for pair in zip(runs, results, strict=True) if pair[0].depth == 2]
        by_depth = [pair for pair in zip(runs, results, strict=True) if pair[0].samples == FOR_DEPTH]
        growth_of_size = [float(result["sharpness"][-1] / result["sharpness"][0]) for _, result in by_size]
        growth_of_depth = [float(result["sharpness"][-1] / result["sharpness"][0]) for _, result in by_depth]
        panels = [
            Panel(
                "numbers of samples, D = 2",
                "step",
                "sharpness",
                [Curve(f"N = {run.samples}", result["steps"], result["sharpness"]) for run, result in by_size],
                levels=[(f"N = {run.samples}", _predicted(reproduction, run)) for run, _ in by_size],
            ),
            Panel(
                f"depths, N = {FOR_DEPTH}",
                "step",
                "sharpness",
                [Curve(f"D = {run.depth}", result["steps"], result["sharpness"]) for run, result in by_depth],
                levels=[(f"D = {run.depth}", _predicted(reproduction, run)) for run, _ in by_depth],
            ),
        ]
        observations = [
            Observation(
                "the sharpness grows by a larger factor with more samples: "
                + ", ".join(f"{value:.4g}" for value in growth_of_size),
                grows(growth_of_size),
            ),
            Observation(
                "the sharpness grows by a larger factor with more layers: "
                + ", ".join(f"{value:.4g}" for value in growth_of_depth),
                grows(growth_of_depth),
            ),
        ]
        notes = [
            "Runge-Kutta of order 4 with step 1/(2 S), S computed again every 50 steps, from PyTorch's initialization; "
            f"a run ends at loss 1e-4 or after {STEPS} steps. Dashed: the predicted sharpness, for balanced layers, "
            "which these are not."
        ]
        return FigureContent(panels, observations, notes)


def _predicted(reproduction: Reproduction, run: Run) -> float:
    return float(predicted_sharpness(spectrum_of(reproduction.draw(run.data, run.samples, 0)), run.depth))


TARGET = _Figure5("figure-5", "Figure 5: sharpness along the gradient flow, by number of samples and depth")
