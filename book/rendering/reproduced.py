"""Tables of the paper as `sharpness reproduce` found them, read from the results that the project keeps."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise
from typing import Any

from book.rendering.cards import badge
from book.rendering.figures.results import made_by, result
from book.rendering.formulas import Html, scrolling
from book.rendering.picture import panels, picture
from book.rendering.prose import prose
from book.rendering.tables import table


def reproduced(name: str) -> Html:
    """A table beside the paper's, with the command that made it.

    Args:
        name: the target, such as `table-1`.

    Raises:
        FileNotFoundError: no result of that name is kept.
    """
    found = result(f"reproduced/{name}")
    missing = sorted(
        {f"{cell['data']} N = {cell['samples']}" for cell in found["cells"] if cell["status"] != "computed"}
    )
    data = "; ".join(f"{pool['name']}: {pool['samples']} images" for pool in found["made"]["data"])
    return (
        Html(f'<h3 id="{escape(name)}">{prose(found["title"])}</h3>')
        + table(
            [cell for cell in found["cells"] if cell["status"] == "computed"],
            ("data", "data"),
            ("row", lambda cell: cell["row"].replace(" ", "\u00a0")),
            ("N", "samples"),
            ("here, mean (deviation)", _mean_and_deviation),
            ("the paper", lambda cell: cell["published"]["text"]),
            ("apart", _apart),
        )
        + Html(f"<p>{escape(comparison(found['cells']))}</p>")
        + made_by(found, f", {found['draws']} draws each, from {data}. No data here: {', '.join(missing) or 'none'}.")
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


def _mean_and_deviation(cell: dict[str, Any]) -> str:
    decimals = cell["published"]["decimals"]
    return f"{cell['mean']:.{decimals}f} ({cell['deviation']:.{decimals}f})"


def _apart(cell: dict[str, Any]) -> str:
    verdict: str = cell["verdict"]
    return verdict.removeprefix("agrees ").partition(" standard")[0].replace(" ", "\u00a0")


def reproduced_figure(name: str) -> Html:
    """A figure of the paper as it came out here, with what was looked for in it and whether it is there.

    Args:
        name: the target, such as `figure-4`.

    Raises:
        FileNotFoundError: no result of that name is kept.
    """
    found = result(f"reproduced/{name}")
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
    axes.set(**{f"{axis}scale": "log" for axis in "xy" if panel[f"log_{axis}"]})
    axes.set(**{f"{axis}label": _typeset(panel[axis]) for axis in "xy"})
    axes.set_title(_typeset(panel["title"]), fontsize=11)
    if len(panel["curves"]) > 1:
        axes.legend(ncols=2, fontsize=8.5, frameon=True, framealpha=0.85, edgecolor="none", columnspacing=1.0)
