"""The figures of one run and of several runs of one problem: loss and sharpness with its limit 2/eta."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.base import exact_fraction
from numerics.figures.panels import Curve, Panel
from numerics.prediction.comparison import Comparison
from numerics.trajectory.edge import Edge
from numerics.trajectory.result import Outcome, Trajectory

_BEYOND = 3.0  # times 2/eta: a sharpness that has left the stable range for good, where a run diverges
_ROUNDING = 1e-9  # a change of this share of the size is none to be looked at
_BEFORE = 12  # steps before that are shown with the blow-up itself


def trajectory_panels(run: Trajectory, comparison: Comparison | None = None) -> list[Panel]:
    """Show loss, sharpness and the imbalance of every layer of one run, with what the theory says of its limit.

    Where the run diverged the three end where the sharpness has left the range of the edge, and a fourth shows the
    blow-up, on a logarithmic scale: its last numbers would flatten all others.
    """
    step_size = run.settings.get("step_size")
    edge = None if step_size is None else float(2 / exact_fraction(step_size))
    series, layers = run.series, np.atleast_2d(run.series["imbalance"].T)
    levels = [*([] if edge is None else [("2/step size", edge)]), *([] if comparison is None else comparison.levels())]
    least = [] if comparison is None or not comparison.least_loss > 0 else [("least possible", comparison.least_loss)]
    tops = [Curve("", run.steps, series["sharpness"])]
    crossing = None if edge is None else Edge.of(run, edge).crossing_step
    if crossing is not None:
        place = np.flatnonzero(run.steps == crossing)[:1]
        mark = {"marker": "o", "fillstyle": "none", "color": "black"}
        tops.append(
            Curve(f"above 2/step size at step {crossing}", run.steps[place], series["sharpness"][place], style=mark)
        )
    calm = _before_the_blow_up(run, edge)
    loss_limits = top_limits = None
    layer_limits = _if_it_is_kept(layers)
    blow_up = []
    if edge is not None and calm is not None:
        losses = series["loss"][:calm]
        if np.any(losses > 0):
            loss_limits = float(losses[losses > 0].min()) / 3, 1e3 * float(losses.max())
        low, high = float(layers[:, :calm].min()), float(layers[:, :calm].max())
        layer_limits = _if_it_is_kept(layers[:, :calm]) or (low - 0.1 * (high - low), high + 0.1 * (high - low))
        top_limits = 0.0, _BEYOND * edge
        last = slice(max(0, calm - _BEFORE), None)
        end = Curve("", run.steps[last], series["sharpness"][last], style={"marker": "."})
        title = f"the blow-up: {_largest(end.y)} at step {run.steps[-1]}"
        ends = edge / 4, 1e6 * edge
        multiples = [("2/step size", edge), ("4/step size", 2 * edge)]
        blow_up = [Panel(title, "step", "sharpness", [end], log_y=True, levels=multiples, limits=ends)]
    shown = slice(None if calm is None else calm + 1)  # beyond it the axis ends
    sizes = [Curve(f"layer {k}", run.steps[shown], one[shown]) for k, one in enumerate(layers, start=1)]
    return [
        Panel("", "", "loss", [Curve("", run.steps, series["loss"])], log_y=True, levels=least, limits=loss_limits),
        Panel("", "", "sharpness", tops, levels=levels, limits=top_limits),
        Panel("", "step", "imbalance", sizes, limits=layer_limits),
        *blow_up,
    ]


def _if_it_is_kept(values: NDArray[np.generic]) -> tuple[float, float] | None:
    """Ends of an axis about values that rounding alone moves: else their last digits would fill the picture."""
    low, high = float(values.min()), float(values.max())
    size = max(1.0, abs(low), abs(high))
    return (low - 0.1 * size, high + 0.1 * size) if high - low <= _ROUNDING * size else None


def _before_the_blow_up(run: Trajectory, edge: float | None) -> int | None:
    """How many records of a run that diverged come before its sharpness has left the range of the edge."""
    if edge is None or run.outcome is not Outcome.DIVERGED:
        return None
    gone = np.flatnonzero(~(run.series["sharpness"] <= _BEYOND * edge))
    calm = int(gone[0]) if len(gone) else len(run.steps)
    return calm or None


def _largest(values: NDArray[np.generic]) -> str:
    """The power of ten of the last number."""
    last = float(values[-1])
    return f"sharpness 10^{int(np.floor(np.log10(last)))}" if 0 < last < np.inf else "no number any more"


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
            limits=(0.0, 1.2 * max([threshold, *peaks])),
        ),
    ]
