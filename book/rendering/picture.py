"""How pictures look: one style, drawn as SVG into the page, with words for those who do not see them."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from operator import add
from typing import Any

import matplotlib as mpl
from cycler import cycler
from matplotlib.axis import Axis
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D, Bbox

from book.rendering.formulas import Html
from book.rendering.prose import prose
from numerics.figures.canvas import style

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
    "axes.labelpad": 3.0,
    "axes.titley": 1.0,
    "figure.subplot.bottom": 0.15,
    "figure.subplot.left": 0.15,
    "figure.subplot.right": 0.98,
    "axes.prop_cycle": cycler(color=COLOURS),
    "legend.frameon": False,
    "legend.fontsize": 8.5,
    "svg.hashsalt": "minimalist-sharpness",
    "lines.linewidth": 1.5,
}

_PAD = 3.0
"""Points between the words around a panel and what is next to them."""


@contextmanager
def panels(rows: int = 1, height: float = 3.4, **options: Any) -> Iterator[tuple[Figure, Any]]:
    """A figure in the book's style with one or more panels below each other; wide enough for a phone."""
    with style(**_STYLE):
        figure = Figure(figsize=(5.4, height))
        yield figure, figure.subplots(rows, 1, **options)


class _Canvas(FigureCanvasBase):
    """Where figures are laid out and drawn by one renderer, which knows the formulas of those before."""

    def __init__(self, figure: Figure, target: io.StringIO) -> None:
        super().__init__(figure)
        figure.dpi = 72
        width, height = figure.bbox.size
        self._renderer = RendererSVG(width, height, target, metadata={"Date": None})  # type: ignore[no-untyped-call]
        self._renderer._text2path = text_to_path

    def get_renderer(self) -> RendererSVG:
        """The renderer, for the figure's layout too."""
        return self._renderer


def _lay_out(figure: Figure, renderer: RendererSVG) -> None:
    """Make room for the words around panels below each other, each measured once; heights first: ticks follow them."""
    width, height = figure.bbox.size
    titles = [axes.title.get_window_extent(renderer) for axes in figure.axes]
    above = [_PAD + (title.height and title.y1 - axes.bbox.y1) for axes, title in zip(figure.axes, titles, strict=True)]
    above[0] += sum(legend.get_window_extent(renderer).height + 2 * _PAD for legend in figure.legends)
    below, right = zip(*(_beside(axes.xaxis, 1, renderer) for axes in figure.axes), strict=True)
    gap = max(map(add, below, above[1:]), default=0.0)
    panel = (height - above[0] - below[-1] + gap) / len(figure.axes) - gap
    figure.subplots_adjust(bottom=below[-1] / height, top=1 - above[0] / height, hspace=gap / panel)
    left, _ = zip(*(_beside(axes.yaxis, 0, renderer) for axes in figure.axes), strict=True)
    figure.subplots_adjust(left=max(left) / width, right=1 - max(right) / width)


def _beside(axis: Axis, side: int, renderer: RendererSVG) -> tuple[float, float]:
    """Put an axis' label next to the words at its ticks; how much room both take there, and the words at their end."""
    axis.set_label_coords(0.5, 0.5)  # inside, so that the words at the ticks are measured alone
    panel = axis.axes.bbox
    words = Bbox.union([panel, axis.get_tightbbox(renderer, for_layout_only=True) or panel])
    away = words.min[side] - panel.min[side] - axis.labelpad
    moved = Affine2D().translate(away * (1 - side), away * side)
    axis.set_label_coords(0.5 * side, 0.5 * (1 - side), axis.axes.transAxes + moved)
    room = axis.label.get_window_extent(renderer).size[side] - away
    return _PAD + room, _PAD + words.max[1 - side] - panel.max[1 - side]


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
        if figure.get_layout_engine() is None:
            _lay_out(figure, renderer)
        figure.draw(renderer)
        renderer.finalize()  # type: ignore[no-untyped-call]
    source = base64.b64encode(target.getvalue().encode()).decode()
    below = f"<figcaption>{prose(caption)}</figcaption>" if caption else ""
    return Html(
        f'<figure class="picture"><img alt="{escape(words)}" src="data:image/svg+xml;base64,{source}">{below}</figure>'
    )
