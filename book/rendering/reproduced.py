"""Tables of the paper as `sharpness reproduce` found them, read from the results that the project keeps."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any

from book.rendering.cards import badge
from book.rendering.formulas import Html
from book.rendering.picture import panels, picture
from book.rendering.tables import plain_table

RESULTS = Path(__file__).resolve().parents[1] / "data" / "reproduced"


def reproduced(name: str) -> Html:
    """A table beside the paper's, with the command that made it.

    Args:
        name: the target, such as `table-1`.

    Raises:
        FileNotFoundError: no result of that name is kept.
    """
    found = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    rows = [_row(cell) for cell in found["cells"] if cell["status"] == "computed"]
    missing = sorted(
        {f"{cell['data']} N = {cell['samples']}" for cell in found["cells"] if cell["status"] != "computed"}
    )
    data = "; ".join(f"{pool['name']}: {pool['samples']} images" for pool in found["made"]["data"])
    return (
        Html(f'<h3 id="{escape(name)}">{escape(found["title"])}</h3>')
        + plain_table(("data", "row", "N", "here, mean (deviation)", "the paper", "apart"), rows)
        + Html(f"<p>{escape(comparison(found['cells']))}</p>")
        + Html(
            f"<p>{badge('quiet', 'measured')} <code>{escape(found['made']['command'])}</code>, {found['draws']} "
            f"draws each, from {escape(data)}. No data here: {escape(', '.join(missing)) or 'none'}.</p>"
        )
    )


def comparison(cells: Sequence[dict[str, Any]]) -> str:
    """How a table compares with the paper's: cells within its standard deviations, and rows that move as its do.

    Args:
        cells: of the result, those without data too.
    """
    both = [cell for cell in cells if cell["status"] == "computed" and "published" in cell]
    if not both:
        return "No cell can be compared."
    apart = [abs(cell["mean"] - cell["published"]["mean"]) / cell["published"]["deviation"] for cell in both]
    within = [sum(distance <= limit for distance in apart) for limit in (1, 2)]
    rows: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for cell in both:
        rows.setdefault((cell["data"], cell["row"]), []).append(cell)
    series = [sorted(row, key=lambda cell: int(cell["samples"])) for row in rows.values() if len(row) > 1]
    steps = [(here, there) for row in series for here, there in pairwise(row)]
    alike = sum(
        (there["mean"] > here["mean"]) == (there["published"]["mean"] > here["published"]["mean"])
        for here, there in steps
    )
    words = (
        f"Cells within one of the paper's standard deviations of its mean: {within[0]} of {len(both)}; within two: "
        f"{within[1]}; the farthest is {max(apart):.2f} deviations away."
    )
    if steps:
        words += f" Steps from one N to the next that go in the paper's direction: {alike} of {len(steps)}."
    return words


def _row(cell: dict[str, Any]) -> tuple[str, ...]:
    decimals = cell["published"]["decimals"]
    return (
        cell["data"],
        cell["row"].replace(" ", "\u00a0"),
        str(cell["samples"]),
        f"{cell['mean']:.{decimals}f} ({cell['deviation']:.{decimals}f})",
        cell["published"]["text"],
        cell["verdict"].removeprefix("agrees ").partition(" standard")[0].replace(" ", "\u00a0"),
    )


def reproduced_figure(name: str) -> Html:
    """A figure of the paper as it came out here, with what was looked for in it and whether it is there.

    Args:
        name: the target, such as `figure-4`.

    Raises:
        FileNotFoundError: no result of that name is kept.
    """
    found = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    shown = found["panels"]
    drawn = Html("")
    if shown:
        with panels(len(shown), 2.6 * len(shown), squeeze=False) as (figure, axes):
            for panel, place in zip(shown, axes[:, 0], strict=True):
                _draw(panel, place)
        drawn = picture(figure, found["title"], f"{found['title']}. Data: {', '.join(found['data'])}.")
    verdicts = "".join(
        f"<li>{badge('proved' if one['holds'] else 'refuted', 'seen' if one['holds'] else 'not seen')} "
        f"{escape(one['text'])}</li>"
        for one in found["observations"]
    )
    notes = "".join(f"<p>{escape(note)}</p>" for note in found["notes"])
    return (
        Html(f'<h3 id="{escape(name)}">{escape(found["title"])}</h3>')
        + drawn
        + Html(f"<ul>{verdicts}</ul>" if verdicts else "<p>Drawn without a claim to check.</p>")
        + Html(f"{notes}<p><code>{escape(found['made']['command'])}</code></p>")
    )


def _draw(panel: dict[str, Any], axes: Any) -> None:
    for curve in panel["curves"]:
        x, y = ([float("nan") if value is None else value for value in curve[key]] for key in ("x", "y"))
        along = all(one <= other for one, other in pairwise(x))  # else the points are no series over time
        axes.plot(x, y, "-" if along else ".", linewidth=1, label=curve["label"])
    colours = {line.get_label(): line.get_color() for line in axes.get_lines()}
    for level in panel["levels"]:
        colour = colours.get(level["label"], "black")
        axes.axhline(level["value"], color=colour, linestyle="dashed", linewidth=0.8)
    if panel["log_x"]:
        axes.set_xscale("log")
    if panel["log_y"]:
        axes.set_yscale("log")
    axes.set_title(panel["title"], fontsize=9)
    axes.set_xlabel(panel["x"])
    axes.set_ylabel(panel["y"])
    if len(panel["curves"]) > 1:
        axes.legend(ncols=2, fontsize=7.5, frameon=True, framealpha=0.85, edgecolor="none", columnspacing=1.0)
