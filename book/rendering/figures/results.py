"""Pictures and tables of results that the project keeps: the wide test of the law, the phase diagram, the network."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from book.rendering.cards import badge
from book.rendering.formulas import Html
from book.rendering.picture import COLOURS, panels, picture
from book.rendering.tables import plain_table
from numerics.precision.diagram import draw_diagram

RESULTS = Path(__file__).resolve().parents[2] / "data"


def result(name: str) -> dict[str, Any]:
    """A result by the name of its file.

    Raises:
        FileNotFoundError: none of that name is kept.
    """
    found: dict[str, Any] = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def wide_test(seeds: Sequence[int]) -> Html:
    """How often the law was right, for each seed of the random problems."""
    rows = []
    for seed in seeds:
        found = result(f"precision_law_seed_{seed}")
        summary = found["summary"]
        runs, right = summary["runs_that_end_in_a_drop"], summary["within_2_percent"]
        wrong = Counter(one["bits"] for one in summary["failures"] if one["drop_step"] is not None)
        rows.append(
            (
                found["command"],
                str(runs),
                f"{right} ({right / runs:.1%})",
                f"{summary['inside_that_range']} of {summary['with_a_95_percent_range']}",
                ", ".join(f"{count} at {bits} bits" for bits, count in sorted(wrong.items())),
            )
        )
    head = ("command", "runs that end in a drop", "within 2%", "inside the 95% range", "the others")
    return plain_table(head, rows) + _observed(
        "Problems of rank 2 to 50, depths 2 to 4, precisions from 11 to 2,000 bits."
    )


def measured_and_predicted(seeds: Sequence[int]) -> Html:
    """Every run's drop step against the predicted one."""
    runs = [
        run
        for seed in seeds
        for case in result(f"precision_law_seed_{seed}")["cases"]
        for run in case["runs"]
        if run["drop_step"] and run["predicted_drop_step"]
    ]
    with panels(1, 4.2) as (figure, axes):
        for (low, high, words), colour in zip(
            ((0, 24, "11 to 24 bits"), (25, 10**6, "53 to 2,000 bits")), (COLOURS[1], COLOURS[0]), strict=True
        ):
            some = [run for run in runs if low <= run["bits"] <= high]
            points = ([run[key] for run in some] for key in ("predicted_drop_step", "drop_step"))
            axes.plot(*points, "o", color=colour, markersize=3, alpha=0.6, label=words)
        axes.axline((10, 10), (1000, 1000), color="black", linewidth=0.8)
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xlabel("predicted drop step")
        axes.set_ylabel("measured drop step")
        axes.legend()
    return picture(
        figure,
        "Measured against predicted drop steps: nearly all points lie on the diagonal, those off it have few bits",
        f"{len(runs)} runs of the random problems, one point a run. On the line the prediction is right.",
    )


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
    return plain_table(("what", "2/eta", "predicted", "measured"), rows) + _made_by(found)


def phase_diagram() -> Html:
    """Step size and bits: each cell a run, the predictions over it."""
    found = result("phase_diagram")
    with tempfile.TemporaryDirectory() as folder:
        figure = draw_diagram(found["columns"], Path(folder) / "figure.png")
    settings = found["settings"]
    cells = sum(len(column["cells"]) for column in found["columns"])
    return picture(
        figure,
        "Phase diagram: small step sizes survive at every precision, larger ones blow up from some precision on",
        f"{cells} runs on {settings['data']} from {settings['init']}, {settings['steps']} steps each. Each cell "
        "is a run; the lines are predicted from one reference run for each step size.",
    )


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
    return plain_table(head, rows) + _made_by(found)


def network() -> Html:
    """The SiLU network of Appendix D.2 at several precisions."""
    found = result("silu_network")
    edge = 2 / float(found["step_size"])
    with panels(2, 5.2, sharex=True) as (figure, (above, below)):
        for (name, series), colour in zip(found["series"].items(), COLOURS * 2, strict=False):
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
            "Loss and sharpness of a SiLU network: float32 falls back early, all others nearly together",
            f"Three layers of width 32 on {found['settings']['samples']} images. The difference of the sharpness is "
            f"from the run of {found['reference_bits']} bits, relative.",
        )
        + plain_table(head, rows)
        + _made_by(found)
    )


def _observed(words: str) -> Html:
    return Html(f"<p>{badge('quiet', 'observed')} {escape(words)}</p>")


def _made_by(found: dict[str, Any]) -> Html:
    return Html(f"<p>{badge('quiet', 'measured')} <code>{escape(found['command'])}</code></p>")
