"""The figure of a study: loss and sharpness over the steps, one colour a precision."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from numerics.work.files import replace_file
from theory.errors import ParameterError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from numerics.precision.study import Study

_HEADROOM = 1.15


def figure_and_canvas(width: float, height: float) -> tuple[Figure, Any]:
    """Make an empty figure and what paints it; no display is needed.

    Raises:
        ParameterError: matplotlib is not installed.
    """
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError:
        raise ParameterError("a figure needs matplotlib; install minimalist-sharpness[plot]") from None
    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, FigureCanvasAgg(figure)


def write_figure(canvas: Any, path: Path) -> None:
    """Write a PNG in one step."""
    target = io.BytesIO()
    canvas.print_png(target)
    replace_file(path, target.getvalue())


def draw_study(study: Study, record: dict[str, Any], path: Path) -> Figure:
    """Draw every run; solid triangles mark the predicted drop steps, hollow circles the measured ones.

    Args:
        study: what was run.
        record: what `Study.record` gave.
        path: where to write the PNG.

    Raises:
        ParameterError: matplotlib is not installed.
    """
    figure, canvas = figure_and_canvas(8.0, 7.0)
    from matplotlib import colormaps

    loss, top = figure.subplots(2, 1, sharex=True)
    edge = float(2 / study.problem.step_size)
    order = sorted(set(study.bits))
    colours = colormaps["viridis"](np.linspace(0.0, 0.9, len(order)))
    highest = edge  # of the axis: a run that diverges leaves it soon after 4 / step size, where others turn back
    for run, bits, arithmetic, entry in zip(study.runs, study.bits, study.arithmetics, record["runs"], strict=True):
        if run is None or not len(run.loss):
            continue
        colour, native = colours[order.index(bits)], arithmetic.name in ("float32", "float64")
        style = "dotted" if native else "solid"
        label = arithmetic.name if native else f"{bits} bits"
        steps = np.arange(len(run.loss))
        positive = run.loss > 0
        loss.plot(steps[positive], run.loss[positive], color=colour, linestyle=style, linewidth=1.0, label=label)
        top.plot(steps, run.sharpness, color=colour, linestyle=style, linewidth=1.0)
        highest = max(highest, 2 * edge if run.diverged else run.peak_sharpness or edge)
        if not native:
            _mark(top, entry["predicted_drop_step"], edge, "v", colour, filled=True)
            _mark(top, entry["drop_step"], edge, "o", colour, filled=False)
    loss.set_yscale("log")
    loss.set_ylabel("loss")
    if loss.lines:  # none where every run was interrupted before it began
        loss.legend(ncols=3, fontsize="small")
    top.axhline(edge, color="black", linestyle="dashed", linewidth=0.8)
    top.annotate("2/step size", (0.01, edge), (0, 3), xycoords=("axes fraction", "data"), textcoords="offset points")
    top.set_ylim(0.0, highest * _HEADROOM)
    top.set_ylabel("sharpness")
    top.set_xlabel("step (triangle: predicted drop, circle: measured)")
    write_figure(canvas, path)
    return figure


def _mark(axes: Any, step: int | None, height: float, marker: str, colour: Any, *, filled: bool) -> None:
    if step is not None:
        face = colour if filled else "none"
        axes.plot([step], [height], marker=marker, markersize=6, markerfacecolor=face, markeredgecolor=colour)
