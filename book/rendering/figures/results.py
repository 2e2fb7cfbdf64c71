"""Pictures and tables of results that the project keeps: the phase diagram, its boundaries, images, the network."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from book.rendering.cards import badge
from book.rendering.formulas import Html
from book.rendering.picture import panels, picture, shades
from book.rendering.tables import plain_table
from numerics.figures.phase_diagram import draw_diagram

RESULTS = Path(__file__).resolve().parents[2] / "data"


def result(name: str) -> dict[str, Any]:
    """A result by the name of its file.

    Raises:
        FileNotFoundError: none of that name is kept.
    """
    found: dict[str, Any] = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def boundaries() -> Html:
    """Predicted and measured precisions at which something changes."""
    found = result("precision_boundaries")
    kinds = {"blowup": "least precision that blows up", "critical": "critical precision"}
    rows = [
        (
            kinds[one["kind"]],
            str(one["edge"]),
            *("none" if one[key] is None else str(one[key]) for key in ("predicted", "measured")),
        )
        for one in found["boundaries"]
    ]
    return plain_table(("what", "2/eta", "predicted", "measured"), rows) + made_by(found)


def phase_diagram() -> Html:
    """Step size and bits: each cell a run, the predictions over it."""
    found = result("phase_diagram")
    figure = draw_diagram(found["columns"])
    figure.set_size_inches(5.4, 5.8)  # of the book's pictures, so that its words can be read on a phone
    settings = found["settings"]
    cells = sum(len(column["cells"]) for column in found["columns"])
    return picture(
        figure,
        "Phase diagram over step size and bits: which runs survive, which blow up, with the predicted boundaries",
        f"{cells} runs on {settings['data']} from {settings['init']}, {settings['steps']} steps each. Each cell "
        "is a run; the lines are predicted from one reference run for each step size.",
    ) + made_by(found)


def fates(runs: Iterable[Mapping[str, Any]]) -> Html:
    """Which precisions blow up, in a sentence."""
    bits: dict[bool, list[int]] = {True: [], False: []}
    for run in runs:
        bits[run["outcome"] == "diverged"].append(run["bits"])
    lost, kept = (", ".join(map(str, sorted(set(bits[diverged])))) for diverged in (True, False))
    if not lost:
        return Html("<p>No run blows up.</p>")
    return Html(f"<p>Runs of {lost} bits blow up" + (f", runs of {kept} bits do not.</p>" if kept else ".</p>"))


def images() -> Html:
    """Drop steps on real images, measured and predicted."""
    found = result("precision_cifar10")
    rows = [
        (
            row["arithmetic"] if row["arithmetic"].startswith("float") else f"{row['bits']} bits",
            row["outcome"].replace("_", " "),
            str(row["crossing_step"]),
            *("none" if row[key] is None else str(row[key]) for key in ("drop_step", "predicted_drop_step")),
        )
        for row in found["runs"]
    ]
    head = ("precision", "outcome", "passes 2/eta", "falls back or diverges", "predicted")
    return fates(found["runs"]) + plain_table(head, rows) + made_by(found)


def network() -> Html:
    """The SiLU network of Appendix D.2 at several precisions."""
    found = result("silu_network")
    edge = 2 / float(found["step_size"])
    with panels(2, 5.2, sharex=True) as (figure, (above, below)):
        for (name, series), colour in zip(found["series"].items(), shades(len(found["series"])), strict=True):
            wide = 3.5 - 0.4 * list(found["series"]).index(name)  # those drawn later do not hide the first
            for axes, key in ((above, "loss"), (below, "sharpness")):
                values = [float("nan") if value is None else value for value in series[key]]
                axes.plot(found["steps"][: len(values)], values, color=colour, linewidth=wide, label=name)
        above.set_yscale("log")
        above.set_ylabel("loss")
        above.legend(ncols=2)
        below.axhline(edge, color="black", linestyle="dashed", linewidth=0.8)
        below.set_ylabel("sharpness")
        below.set_xlabel("step")
    rows = [
        (
            row["arithmetic"],
            str(row["crossing_step"]),
            str(row["drop_step"]),
            f"{row['peak_sharpness']:.5g}",
            "infinite" if row["largest_difference"] is None else f"{row['largest_difference']:.2g}",
        )
        for row in found["runs"]
    ]
    head = ("arithmetic", "passes 2/eta", "falls back", "peak sharpness", "largest difference")
    return (
        picture(
            figure,
            "Loss and sharpness of a SiLU network over the steps, one curve for each arithmetic",
            f"Three layers of width 32 on {found['settings']['samples']} images. The difference of the sharpness is "
            f"from the run of {found['reference_bits']} bits, relative.",
        )
        + fates(found["runs"])
        + plain_table(head, rows)
        + made_by(found)
    )


def made_by(found: dict[str, Any]) -> Html:
    """The command that makes a result again."""
    return Html(f"<p>{badge('quiet', 'measured')} <code>{escape(found['command'])}</code></p>")
