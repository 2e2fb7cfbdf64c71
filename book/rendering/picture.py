"""How pictures look: one style, drawn as SVG into the page, with words for those who do not see them."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from typing import Any

import matplotlib as mpl
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.textpath import text_to_path
from numpy.typing import ArrayLike

from book.rendering.formulas import Html
from book.rendering.prose import prose
from numerics.figures.canvas import style
from theory.bounds import Bounds

COLOURS = ("#0b6bcb", "#c2410c", "#15803d", "#7e22ce", "#a16207", "#0f766e", "#be123c")
"""Colours of the curves, in order; each has enough contrast on white."""


def shades(count: int) -> list[Any]:
    """Colours from dark to light for something that has an order, such as precisions; each can be seen on white."""
    return [mpl.colormaps["viridis"](0.88 * place / max(1, count - 1)) for place in range(count)]


_STYLE: Any = {
    "font.size": 10.0,
    "axes.grid": True,
    "grid.alpha": 0.3,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.prop_cycle": cycler(color=COLOURS),
    "legend.frameon": False,
    "legend.fontsize": 8.5,
    "svg.hashsalt": "minimalist-sharpness",
    "lines.linewidth": 1.5,
}


@contextmanager
def panels(rows: int = 1, height: float = 3.4, **options: Any) -> Iterator[tuple[Figure, Any]]:
    """A figure in the book's style with one or more panels below each other; wide enough for a phone.

    In the end a panel has a legend where its curves have several names that no panel above has, and nobody drew one.
    """
    with style(**_STYLE):
        figure = Figure(figsize=(5.4, height), layout="constrained")
        yield figure, figure.subplots(rows, 1, **options)
        told: set[str] = set()
        for axes in figure.axes:
            names = set(axes.get_legend_handles_labels()[1]) - told
            if len(names) > 1 and not (figure.legends or axes.get_legend()):
                axes.legend()
            told |= names


def band(axes: Axes, places: ArrayLike, bounds: Sequence[Bounds]) -> None:
    """Shade what lies between bounds, one pair for each place."""
    lower, upper = ([float(getattr(one, end)) for one in bounds] for end in ("lower", "upper"))
    axes.fill_between(places, lower, upper, alpha=0.25, label="between bounds")


def line_of_equals(axes: Axes, values: Sequence[float]) -> None:
    """Draw the line on which a prediction is right, from the least to the largest of the values."""
    ends = [min(values), max(values)]
    axes.plot(ends, ends, color="black", linewidth=0.8)


class _Canvas(FigureCanvasBase):
    """Where figures are laid out and drawn by one renderer, which knows the formulas of those before."""

    def __init__(self, figure: Figure, target: io.StringIO) -> None:
        super().__init__(figure)
        figure.dpi = 72
        width, height = 72 * figure.get_size_inches()
        self._renderer = RendererSVG(width, height, target, metadata={"Date": None})  # type: ignore[no-untyped-call]
        self._renderer._text2path = text_to_path

    def get_renderer(self) -> RendererSVG:
        """The renderer, for the figure's layout too."""
        return self._renderer


def picture(figure: Figure, words: str, caption: str) -> Html:
    """The figure in the page.

    Args:
        figure: what was drawn.
        words: what the picture shows, for those who do not see it.
        caption: printed below it, with the mathematics in it as prose has it; none if empty.
    """
    target = io.StringIO()
    with style(**_STYLE):
        renderer = _Canvas(figure, target).get_renderer()
        figure.draw(renderer)  # which `savefig` would do once more, to lay it out
        renderer.finalize()  # type: ignore[no-untyped-call]
    source = base64.b64encode(target.getvalue().encode()).decode()
    below = f"<figcaption>{prose(caption)}</figcaption>" if caption else ""
    return Html(
        f'<figure class="picture"><img alt="{escape(words)}" src="data:image/svg+xml;base64,{source}">{below}</figure>'
    )
