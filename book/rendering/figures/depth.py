"""Trained networks by depth and width: on tables that are no images, and draw by draw on the paper's images."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

import numpy as np
from matplotlib.axis import Axis
from matplotlib.ticker import LogLocator

from book.rendering.figures.results import made_by, result
from book.rendering.formulas import Html, number
from book.rendering.picture import line_of_equals, panels, picture
from book.rendering.prose import prose
from book.rendering.tables import plain_table
from numerics.networks.starts import isotropy, mean_kernel_scale
from numerics.reproduce.correlation import interval
from numerics.reproduce.network_table import printed_for
from numerics.reproduce.network_task import NetworkRun
from numerics.reproduce.paper_data import PAPER_DATA
from numerics.reproduce.targets.depth_and_width import DEPTHS, PREDICTIONS, WIDTHS, directions, ended, mean_error

Cell = Mapping[str, Any]


def at_the_start(width: int = WIDTHS[-1]) -> Html:
    """The mean kernel of a wide start by the number of columns: of the images of Figure 7, and of each table."""
    made = [result(f"reproduced/{name}")["made"] for name in ("figure-7", "depth-and-width")]
    rows = []
    for features in sorted({data["features"] for one in made for data in one["data"]}, reverse=True):
        kappa = isotropy(features, width)
        scales = (mean_kernel_scale(kappa, depth) for depth in DEPTHS)
        rows.append((features, *(number(one, 2) for one in (kappa, *scales))))
    return plain_table(("columns", f"kappa at width {width}", *(f"D = {depth}" for depth in DEPTHS)), rows)


def depth_on_tables() -> Html:
    """How much sharper five layers end than two: predicted for linear networks, and over the width for all."""
    found = result("reproduced/depth-and-width")
    linear = [point for point in ended(found["points"]) if point["activation"] == "identity"]
    trained = [point["grown"] for point in linear]
    with panels(2, 7.2) as (figure, (above, below)):
        for way, label, mark in (("predicted", "the paper's", "o"), ("law", "the law", "D")):
            grown = [point[way][-1] / point[way][0] for point in linear]
            above.plot(trained, grown, mark, markersize=3.5, alpha=0.7, label=label)
        line_of_equals(above, trained)
        for line in (above.axhline, above.axvline, below.axhline):
            line(1.0, color="black", linestyle="dotted", linewidth=0.8)
        above.set(xscale="log", yscale="log", xlabel="after training", ylabel="predicted")
        above.set_title("linear networks: S of 5 layers / S of 2")
        _plain_numbers(above.xaxis)
        for activation, draws in _by("activation", found["points"]).items():
            of_width = _by("width", draws)
            medians = [np.median([point["grown"] for point in ended(points)]) for points in of_width.values()]
            below.plot(list(of_width), medians, "o-", markersize=4, label=activation)
        below.set(xscale="log", yscale="log", xlabel="neurons in each hidden layer", ylabel="median after training")
        below.set_title("S of 5 layers / S of 2, by width")
        below.set_xticks(WIDTHS, labels=map(str, WIDTHS))
        for axis in (above.yaxis, below.yaxis):
            _plain_numbers(axis)
        for axes in (above, below):
            axes.minorticks_off()
    return (
        picture(
            figure,
            "Sharpness of five layers over that of two: what is predicted over what training gives in "
            f"{len(linear)} draws of linear networks, the law on the diagonal and the paper's beside it; and its "
            "median over the width",
            "On the line a prediction is right, and on the same side of both dotted lines its direction is.",
        )
        + plain_table(
            ("activation", "width", "draws that end", *(f"direction right: {words}" for words in PREDICTIONS)),
            _rows(found),
        )
        + Html(f"<p>{escape(_errors(linear))}</p>" + "".join(f"<p>{prose(note)}</p>" for note in found["notes"]))
        + made_by(found)
    )


def _plain_numbers(axis: Axis) -> None:
    axis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axis.set_major_formatter("{x:g}")


def _by(key: str, points: Iterable[Cell]) -> dict[Any, list[Cell]]:
    """The draws by what they have there, in order."""
    found: dict[Any, list[Cell]] = {}
    for point in points:
        found.setdefault(point[key], []).append(point)
    return found


def _rows(found: Cell) -> Iterator[tuple[str, ...]]:
    """Linear networks, which have a law, by their width; those of another activation all together."""
    for activation, draws in _by("activation", found["points"]).items():
        groups = {"all": draws} if draws[0]["law"][0] is None else _by("width", draws)
        for width, points in groups.items():
            sides = (directions(points, key) if points[0][key][0] is not None else () for key in PREDICTIONS.values())
            counts = ("\u00a0of\u00a0".join(map(str, side)) for side in sides)
            yield activation, str(width), f"{len(ended(points))}\u00a0of\u00a0{len(points)}", *counts


def _errors(points: Sequence[Mapping[str, Any]]) -> str:
    shown = ", ".join(f"{words} {100 * mean_error(points, key):.2g}%" for words, key in PREDICTIONS.items())
    return f"Mean error of the sharpness of linear networks, over all depths and widths: {shown}."


def figure_7() -> Html:
    """Final over predicted sharpness of the paper's Figure 7, a dot a draw, where the data are at hand."""
    found = result("reproduced/figure-7")
    computed = [cell for cell in found["cells"] if cell["status"] == "computed"]
    with panels(len(computed), 3.4 * len(computed), squeeze=False) as (figure, axes):
        for cell, place in zip(computed, axes[:, 0], strict=True):
            place.plot(cell["predicted_values"], cell["values"], "o", markersize=4)
            place.set(xlabel="predicted sharpness", ylabel="sharpness after training", title=_network(cell))
    words = "; ".join(
        f"{_network(cell)}: from {min(cell['values']):.0f} to {max(cell['values']):.0f}" for cell in computed
    )
    told = "".join(f"<p>{escape(_beside_table_5(cell))}</p>" for cell in computed)
    missing = [
        f"{_network(cell)} on {PAPER_DATA[cell['data']].name}"
        for cell in found["cells"]
        if cell["status"] != "computed"
    ]
    left_out = f"<p>Left out, without its data: {escape('; '.join(missing))}.</p>" if missing else ""
    return (
        picture(figure, f"Sharpness after training over that predicted: {words}", "")
        + Html(told + left_out)
        + made_by(found)
    )


def _network(cell: Cell) -> str:
    return f"{cell['activation']}, {cell['depth']} layers of width {cell['width']}, N = {cell['samples']}"


def _beside_table_5(cell: Cell) -> str:
    """Correlation and mean beside those that the paper's Table 5 prints for this network."""
    network = NetworkRun(*(cell[key] for key in ("data", "samples", "activation", "depth", "width")))
    correlation, mean = (printed_for("table-5", network, name) for name in ("correlation", "mean"))
    low, high = interval(cell["correlation"], len(cell["values"]))
    return (
        f"{len(cell['values'])} draws: correlation {cell['correlation']:.3f} ({low:.2f} to {high:.2f}), the paper's "
        f"{correlation:.2f}; mean after training {cell['trained']:.0f}, the paper's {mean:.0f}; predicted "
        f"{cell['predicted']:.0f}, by the law {cell['law']:.0f}, which misses by {100 * cell['law_error']:.2g}% on "
        "average."
    )
