"""The figures of one run and of several runs of one problem: loss and sharpness with its limit 2/eta."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from numerics.arithmetic.base import exact_fraction
from numerics.figures.panels import Curve, Panel
from numerics.prediction.comparison import Comparison
from numerics.trajectory.edge import Edge
from numerics.trajectory.result import Outcome, Trajectory


def trajectory_panels(run: Trajectory, comparison: Comparison | None = None) -> list[Panel]:
    """Show loss, sharpness and the imbalance of every layer of one run, with what the theory says of its limit."""
    step_size = run.settings.get("step_size")
    edge = [] if step_size is None else [("2/step size", float(2 / exact_fraction(step_size)))]
    gone = edge and run.outcome is Outcome.DIVERGED  # the last steps would flatten all others
    levels = [*edge, *([] if comparison is None else comparison.levels())]
    least = [] if comparison is None or not comparison.least_loss > 0 else [("least possible", comparison.least_loss)]
    sharpness = [Curve("", run.steps, run.series["sharpness"])]
    layers = np.atleast_2d(run.series["imbalance"].T)
    return [
        Panel("", "", "loss", [Curve("", run.steps, run.series["loss"])], log_y=True, levels=least),
        Panel("", "", "sharpness", sharpness, levels=levels, highest=3 * edge[0][1] if gone else None),
        Panel("", "step", "imbalance", [Curve(f"layer {k}", run.steps, one) for k, one in enumerate(layers, start=1)]),
    ]


def panels_of_runs(runs: Mapping[str, Trajectory], threshold: float) -> list[Panel]:
    """Show loss and sharpness of all runs, with `2/eta`.

    Args:
        runs: by the name that the legend gives them, in the order of the colours.
        threshold: `2/eta`.
    """
    # The first runs are drawn widest, so that those that coincide with a later one still show.
    shades, widths = np.linspace(0.0, 1.0, len(runs)), np.linspace(3.2, 1.0, len(runs))

    def curves(quantity: str) -> list[Curve]:
        return [
            Curve(name, run.steps, run.series[quantity], shade=shade, style={"linewidth": width})
            for (name, run), shade, width in zip(runs.items(), shades, widths, strict=True)
        ]

    peaks = [Edge.of(run, threshold).peak_sharpness for run in runs.values() if run.outcome is not Outcome.DIVERGED]
    return [
        Panel("", "", "loss", curves("loss"), log_y=True),
        Panel(
            "",
            "step",
            "sharpness",
            curves("sharpness"),
            levels=[("2/step size", threshold)],
            highest=1.2 * max([threshold, *peaks]),
        ),
    ]
