"""The figure of runs at many precisions: loss and sharpness, one colour a precision; float64 under its ceiling."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from numerics.arithmetic.numpy_float import NumpyFloat
from numerics.figures.oscillations import oscillation_panels
from numerics.figures.panels import Curve, Panel
from numerics.finite_precision.precision_runs import PrecisionRecord, PrecisionRuns
from numerics.oscillation.oscillations import Oscillations

_HEADROOM = 1.15


def precision_panels(study: PrecisionRuns, record: PrecisionRecord) -> list[Panel]:
    """Show every run; solid triangles mark the predicted drop steps, hollow circles the measured ones.

    Args:
        study: what was run.
        record: what `PrecisionRuns.record` gave.
    """
    edge = float(2 / study.problem.step_size)
    order = sorted(set(study.bits))
    losses, tops, marks = [], [], []
    highest = edge  # of the axis: a run that diverges leaves it soon after 4 / step size, where others turn back
    for run, bits, arithmetic, entry in zip(study.runs, study.bits, study.arithmetics, record["runs"], strict=True):
        if run is None or not len(run.loss):
            continue
        shade, native = order.index(bits) / max(1, len(order) - 1), isinstance(arithmetic, NumpyFloat)
        style = {"linestyle": "dotted" if native else "solid"}
        label, steps = arithmetic.name if native else f"{bits} bits", np.arange(len(run.loss))
        losses.append(Curve(label, steps, run.loss, shade=shade, style=style))
        tops.append(Curve("", steps, run.sharpness, shade=shade, style=style))
        highest = max(highest, 2 * edge if run.diverged else run.peak_sharpness or edge)
        for step, marker, fill in ((entry["predicted_drop_step"], "v", "full"), (entry["drop_step"], "o", "none")):
            if step is not None and not native:
                mark = {"marker": marker, "markersize": 6, "fillstyle": fill}
                marks.append(Curve("", np.array([step]), np.array([edge]), shade=shade, style=mark))
    loss_limits = None
    if any(run is not None and run.diverged for run in study.runs):
        found = np.concatenate([run.loss for run in study.runs if run is not None])
        first = max(float(run.loss[0]) for run in study.runs if run is not None and len(run.loss))
        loss_limits = float(found[found > 0].min(initial=first)) / 3, 1e3 * first
    words = "step (triangle: predicted drop, circle: measured)"
    levels = [("2/step size", edge)]
    return [
        Panel("", "", "loss", losses, log_y=True, limits=loss_limits),
        Panel("", words, "sharpness", [*tops, *marks], levels=levels, limits=(0.0, highest * _HEADROOM)),
        *_beside_the_ceiling(study),
    ]


def _beside_the_ceiling(study: PrecisionRuns) -> list[Panel]:
    """The float64 run, where it is one of them, under the ceiling that its imbalances set."""
    found = [
        Oscillations(study.problem, run)
        for run, arithmetic in zip(study.runs, study.arithmetics, strict=True)
        if run is not None and len(run.loss) and arithmetic.name == "float64"
    ]
    return [replace(panel, title="float64") for one in found for panel in oscillation_panels(one)]
