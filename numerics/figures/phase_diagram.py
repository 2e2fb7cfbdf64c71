"""The phase diagram over step size and bits: each cell a run, the predicted boundaries over it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from numerics.figures.canvas import canvas
from theory.errors import ParameterError

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

    from numerics.finite_precision.diagram import Column

COLOURS = {
    "no crossing": "#d9d9d9",
    "survives": "#a6cee3",
    "blows up": "#fdbf6f",
    "survives as in exact arithmetic": "#1f78b4",
    "blows up as in exact arithmetic": "#e31a1c",
}
"""What a cell can be (`numerics.finite_precision.diagram.region`), and its colour."""

_BOUNDARIES: Sequence[tuple[Literal["critical_bits", "blowup_bits"], Literal["solid", "dashed"], str]] = (
    ("critical_bits", "solid", "predicted critical precision"),
    ("blowup_bits", "dashed", "predicted least precision that blows up"),
)


def draw_diagram(columns: Sequence[Column], path: Path | None = None) -> Figure:
    """Draw the cells and, over them, the predicted critical and blow-up precisions; write it if a path is given.

    Args:
        columns: what `numerics.finite_precision.diagram.run_diagram` gave.
        path: where to write the PNG.

    Raises:
        ParameterError: matplotlib is not installed, or there is no column.
        OSError: the file cannot be written; a former one is untouched.
    """
    if not columns:
        raise ParameterError("no column of the diagram is complete")
    with canvas(8.0, 6.0, path) as figure:
        from matplotlib.colors import BoundaryNorm, ListedColormap
        from matplotlib.patches import Patch

        axes = figure.subplots()
        names = list(COLOURS)
        bits = [cell["bits"] for cell in columns[0]["cells"]]
        sizes = [column["step_size"] for column in columns]
        values = [[names.index(column["cells"][row]["region"]) for column in columns] for row in range(len(bits))]
        colours = ListedColormap(list(COLOURS.values()))
        axes.pcolormesh(
            _edges(sizes), _edges(bits), values, cmap=colours, norm=BoundaryNorm(range(len(names) + 1), colours.N)
        )
        handles: list[Artist] = [Patch(color=colour, label=name) for name, colour in COLOURS.items()]
        for name, style, label in _BOUNDARIES:
            heights = [math.nan if least is None else least for least in (column[name] for column in columns)]
            handles += axes.plot(sizes, heights, color="black", linestyle=style, label=label)
        axes.set_xlim(_edges(sizes)[0], _edges(sizes)[-1])
        axes.set_ylim(_edges(bits)[0], _edges(bits)[-1])
        axes.set_xlabel("step size")
        axes.set_ylabel("bits")
        figure.legend(handles=handles, loc="outside lower center", ncols=2, fontsize="small")
    return figure


def _edges(centres: Sequence[float]) -> list[float]:
    if len(centres) == 1:
        return [0.95 * centres[0], 1.05 * centres[0]]
    between = [(one + other) / 2 for one, other in itertools.pairwise(centres)]
    return [2 * centres[0] - between[0], *between, 2 * centres[-1] - between[-1]]
