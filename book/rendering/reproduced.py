"""Tables of the paper as `sharpness reproduce` found them, read from the results that the project keeps."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any

from book.rendering.cards import badge
from book.rendering.formulas import Html, scrolling
from book.rendering.picture import panels, picture
from book.rendering.prose import prose
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
        Html(f'<h3 id="{escape(name)}">{prose(found["title"])}</h3>')
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
    drawn = Html("")
    if found["panels"]:
        small = "".join(_panel(panel).text for panel in found["panels"])
        caption = f"{found['title']}. Data: {', '.join(found['data'])}."
        drawn = Html(f'{scrolling(small, "Pictures", "multiples")}<p class="legend">{prose(caption)}</p>')
    verdicts = "".join(
        f"<li>{badge('proved' if one['holds'] else 'refuted', 'seen' if one['holds'] else 'not seen')} "
        f"{prose(one['text'])}</li>"
        for one in found["observations"]
    )
    notes = "".join(f"<p>{prose(note)}</p>" for note in found["notes"])
    return (
        Html(f'<h3 id="{escape(name)}">{prose(found["title"])}</h3>')
        + drawn
        + Html(f"<ul>{verdicts}</ul>" if verdicts else "<p>Drawn without a claim to check.</p>")
        + Html(f"{notes}<p><code>{escape(found['made']['command'])}</code></p>")
    )


def _panel(panel: dict[str, Any]) -> Html:
    """One of several small pictures, with its numbers in words."""
    with panels(1, 3.9) as (figure, axes):
        _draw(panel, axes)
    told = (
        f"{curve['label']} from {ends[0]:.3g} to {ends[-1]:.3g}" for curve in panel["curves"] if (ends := _seen(curve))
    )
    words = f"{panel['y']} against {panel['x']}, {panel['title']}: {'; '.join(told)}"
    return picture(figure, words, "")


def _seen(curve: dict[str, Any]) -> list[float]:
    return [value for value in curve["y"] if value is not None]


def _own(label: str, curves: Sequence[dict[str, Any]]) -> str:
    """What of a label the other curves do not share."""
    parts = [part for part in label.split(", ") if not all(part in curve["label"].split(", ") for curve in curves)]
    return _typeset(", ".join(parts) or label)


def _typeset(text: str) -> str:
    """What is typed as mathematics, as mathematics."""
    return f"${text}$" if {"^", "_"} & set(text) else text.replace("eta", "η").replace(" x ", " × ")


def _draw(panel: dict[str, Any], axes: Any) -> None:
    for curve in panel["curves"]:
        x, y = ([float("nan") if value is None else value for value in curve[key]] for key in ("x", "y"))
        along = all(one <= other for one, other in pairwise(x))  # else the points are no series over time
        axes.plot(x, y, "-" if along else ".", linewidth=1.1, label=_own(curve["label"], panel["curves"]))
    colours = {line.get_label(): line.get_color() for line in axes.get_lines()}
    for level in panel["levels"]:
        colour = colours.get(_own(level["label"], panel["curves"]), "black")
        axes.axhline(level["value"], color=colour, linestyle="dashed", linewidth=0.8)
    if panel["log_x"]:
        axes.set_xscale("log")
    if panel["log_y"]:
        axes.set_yscale("log")
    axes.set_title(_typeset(panel["title"]), fontsize=11)
    axes.set_xlabel(_typeset(panel["x"]))
    axes.set_ylabel(_typeset(panel["y"]))
    if len(panel["curves"]) > 1:
        axes.legend(ncols=2, fontsize=8.5, frameon=True, framealpha=0.85, edgecolor="none", columnspacing=1.0)
