"""The figure of a run: loss, sharpness with its limit 2/eta, and the imbalance of every layer."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from numerics.arithmetic.base import exact_fraction
from numerics.work.files import replace_file
from theory.errors import ParameterError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from numerics.trajectory.result import Trajectory


def draw(trajectory: Trajectory, path: Path | str | None = None) -> Figure:
    """Draw the recorded series; write the picture if a path is given. No display is needed."""
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError:
        raise ParameterError("a figure needs matplotlib; install minimalist-sharpness[plot]") from None
    figure = Figure(figsize=(6.4, 7.2), layout="constrained")
    canvas = FigureCanvasAgg(figure)
    loss, sharpness, imbalance = figure.subplots(3, 1, sharex=True)
    steps = trajectory.steps
    if "loss" in trajectory.series:
        values = trajectory.series["loss"]
        positive = values > 0
        if positive.any():
            loss.set_yscale("log")
        loss.plot(steps[positive], values[positive])
    loss.set_ylabel("loss")
    if "sharpness" in trajectory.series:
        sharpness.plot(steps, trajectory.series["sharpness"])
        step_size = trajectory.settings.get("step_size")
        if step_size is not None:
            edge = float(2 / exact_fraction(step_size))
            sharpness.axhline(edge, color="black", linestyle="dashed", label="2/step size")
            sharpness.legend()
    sharpness.set_ylabel("sharpness")
    if "imbalance" in trajectory.series:
        values = trajectory.series["imbalance"]
        for layer, column in enumerate(np.atleast_2d(values.T), start=1):
            imbalance.plot(steps, column, label=f"layer {layer}")
        imbalance.legend()
    imbalance.set_ylabel("imbalance")
    imbalance.set_xlabel("step")
    if path is not None:
        target = io.BytesIO()
        canvas.print_png(target)  # type: ignore[no-untyped-call]
        replace_file(Path(path), target.getvalue())
    return figure
