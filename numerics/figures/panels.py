"""What a figure shows, as numbers first and as a picture second."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from numerics.figures.canvas import canvas

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MOST_POINTS = 200  # of a curve that is kept as numbers; more would not be seen


@dataclass(frozen=True, eq=False)
class Curve:
    """A series over steps, or points with `dots`.

    Attributes:
        label: its name in the legend; none for an empty one.
        x, y: shape `(K,)`.
        dots: whether the points are drawn unconnected.
        shade: where the run stands among runs that have an order, such as precisions: from 0, dark, to 1, light.
        style: what else matplotlib's `plot` is told.
    """

    label: str
    x: NDArray[np.generic]
    y: NDArray[np.generic]
    dots: bool = False
    shade: float | None = None
    style: Mapping[str, Any] = field(default_factory=dict)

    def thinned(self) -> Curve:
        """Keep the first and the last point and evenly many between."""
        if self.dots or len(self.x) <= _MOST_POINTS:
            return self
        keep = np.unique(np.linspace(0, len(self.x) - 1, _MOST_POINTS).round().astype(np.int64))
        return Curve(self.label, self.x[keep], self.y[keep])

    def record(self) -> dict[str, object]:
        """Give the points as JSON values, null for what is not finite."""
        return {"label": self.label, "x": list(map(_plain, self.x)), "y": list(map(_plain, self.y))}


@dataclass(frozen=True, eq=False)
class Panel:
    """One pair of axes.

    Attributes:
        title, x_label, y_label: what is written around it.
        curves: what is drawn.
        log_x, log_y: whether an axis is logarithmic.
        levels: horizontal lines, by label; a label that is a curve's is drawn in its colour.
        diagonal: whether `y = x` is drawn.
        limits: the ends of the vertical axis; None to show everything.
    """

    title: str
    x_label: str
    y_label: str
    curves: Sequence[Curve]
    log_x: bool = False
    log_y: bool = False
    levels: Sequence[tuple[str, float]] = ()
    diagonal: bool = False
    limits: tuple[float, float] | None = None

    def record(self) -> dict[str, object]:
        """Give the panel as JSON values."""
        return {
            "title": self.title,
            "x": self.x_label,
            "y": self.y_label,
            "log_x": self.log_x,
            "log_y": self.log_y,
            "levels": [{"label": label, "value": _plain(value)} for label, value in self.levels],
            "curves": [curve.thinned().record() for curve in self.curves],
        }


def _plain(value: Any) -> float | int | None:
    if isinstance(value, (int, np.integer)):
        return int(value)
    return float(f"{value:.7g}") if math.isfinite(value) else None


def draw_panels(panels: Sequence[Panel], path: Path | None = None, *, columns: int | None = None) -> Figure:
    """Draw panels, by default side by side in rows of two or three; write the picture if a path is given.

    Raises:
        ParameterError: matplotlib is not installed.
        OSError: the file cannot be written; a former one is untouched.
    """
    if columns is None:
        columns = min(3, len(panels)) if len(panels) % 2 else 2  # what comes in pairs stays in pairs
    rows = -(-len(panels) // columns)
    with canvas(max(7.0, 4.6 * columns), 3.5 * rows, path) as figure:
        grid = figure.subplots(rows, columns, squeeze=False)
        for axes, panel in zip(grid.flat, panels, strict=False):
            draw_panel(axes, panel)
        for axes in list(grid.flat)[len(panels) :]:
            axes.set_visible(False)
    return figure


_LEVELS: Sequence[tuple[str, Literal["dashed", "dashdot", "dotted"]]] = (
    ("black", "dashed"),
    ("tab:orange", "dashdot"),
    ("tab:green", "dotted"),
    ("tab:red", "dotted"),
)
"""Colours and dashes of the horizontal lines that belong to no curve."""


def draw_panel(axes: Axes, panel: Panel) -> None:
    """Draw one panel; what is not finite, or not positive on a logarithmic axis, is left out."""
    from matplotlib import colormaps

    colours: dict[str, Any] = {}
    for curve in panel.curves:
        x, y = np.asarray(curve.x, dtype=np.float64), np.asarray(curve.y, dtype=np.float64)
        good = np.isfinite(y) & ((y > 0) | (not panel.log_y)) & ((x > 0) | (not panel.log_x))
        style: dict[str, Any] = (
            {"linestyle": "none", "marker": ".", "markersize": 4} if curve.dots else {"linewidth": 1.0}
        )
        if curve.shade is not None:
            style["color"] = colormaps["viridis"](0.9 * curve.shade)
        (line,) = axes.plot(x[good], y[good], label=curve.label, **{**style, **curve.style})
        colours[curve.label] = line.get_color()
    styles = itertools.cycle(_LEVELS)
    for label, value in panel.levels:
        known = label in colours
        colour, dashes = (colours[label], "dashed") if known else next(styles)
        axes.axhline(value, color=colour, linestyle=dashes, linewidth=0.9, label=None if known else label)
    if panel.log_x:
        axes.set_xscale("log")
    else:
        axes.locator_params(axis="x", nbins=5)
    if panel.log_y:
        axes.set_yscale("log")
    if panel.limits is not None:
        axes.set_ylim(*panel.limits)
    if panel.diagonal:
        low, high = max(axes.get_xlim()[0], axes.get_ylim()[0]), min(axes.get_xlim()[1], axes.get_ylim()[1])
        axes.plot([low, high], [low, high], color="black", linestyle="dashed", linewidth=0.9, label="equal")
    axes.set_title(panel.title, fontsize=10)
    axes.set_xlabel(panel.x_label)
    axes.set_ylabel(panel.y_label)
    labels = axes.get_legend_handles_labels()[1]
    if labels:
        axes.legend(fontsize=7, ncols=1 + len(labels) // 8)
