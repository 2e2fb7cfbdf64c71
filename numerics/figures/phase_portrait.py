"""Self-stabilization on given axes: phase portrait and sharpness of the map, with the true run over them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from numerics.self_stabilization.comparison import Oscillation, Prediction

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_phase_portrait(axes: Axes, run: Oscillation, predictions: Mapping[str, Prediction]) -> None:
    """Draw `|x|` against `y` from the reference point on: the sign of `x` turns at every step.

    The dotted line is `|x| = sqrt(2 alpha / beta)`, where the map's sharpness turns.
    """
    start, end = run.reference, _last(run, predictions)
    for name, prediction in predictions.items():
        axes.plot(np.abs(prediction.displacement), prediction.excess, label=name)
    shown = slice(start, min(end, len(run.sharpness)))
    axes.plot(np.abs(run.displacement[shown]), run.excess[shown], ".", markersize=3, color="black", label="true run")
    alpha, beta = float(run.constants.sharpening), float(run.constants.stabilizing)
    if alpha > 0:
        axes.axvline((2 * alpha / beta) ** 0.5, color="grey", linestyle="dotted")
    axes.axhline(0.0, color="black", linewidth=0.8)
    axes.set_xscale("log")
    widest = max((prediction.amplitude for prediction in predictions.values()), default=run.amplitude)
    axes.set_xlim(1e-6, 10 * widest)
    axes.set_ylim(*_limits(run, predictions, shown))
    axes.set_xlabel("displacement |x| along the unstable direction")
    axes.set_ylabel("excess y = S - 2/step size")
    axes.legend()


def draw_sharpness(axes: Axes, run: Oscillation, predictions: Mapping[str, Prediction]) -> None:
    """Draw the sharpness of the run and of the predictions over the steps, with `2/eta`."""
    end = min(_last(run, predictions), len(run.sharpness))
    for name, prediction in predictions.items():
        steps = prediction.reference + np.arange(len(prediction.excess))
        axes.plot(steps, prediction.excess + run.threshold, label=name)
    axes.plot(np.arange(end), run.sharpness[:end], color="black", label="true run")
    axes.axhline(run.threshold, color="black", linestyle="dashed", linewidth=0.8)
    low, high = _limits(run, predictions, slice(run.reference, end))
    axes.set_ylim(min(0.0, low + run.threshold), high + run.threshold)
    axes.set_xlabel("step")
    axes.set_ylabel("sharpness")
    axes.legend()


def _last(run: Oscillation, predictions: Mapping[str, Prediction]) -> int:
    ends: list[Any] = [run.end, *(p.reference + len(p.excess) for p in predictions.values())]
    return int(max(ends)) + 1


def _limits(run: Oscillation, predictions: Mapping[str, Prediction], shown: slice) -> tuple[float, float]:
    """Room for what stays within a few times `2/eta`; a blow-up leaves the picture."""
    values = np.concatenate([run.excess[shown], *(p.excess for p in predictions.values())])
    values = values[np.isfinite(values) & (np.abs(values) < 3 * run.threshold)]
    return max(float(values.min()), -run.threshold) - 0.05, float(values.max()) * 1.1 + 0.05
