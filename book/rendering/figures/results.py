"""Pictures and tables of results that the project keeps: the phase diagram, its boundaries, images, the network."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from book.rendering.cards import badge
from book.rendering.formulas import Html
from book.rendering.picture import panels, picture, shades
from book.rendering.tables import table
from numerics.figures.phase_diagram import draw_diagram

RESULTS = Path(__file__).resolve().parents[2] / "data"


def result(name: str) -> dict[str, Any]:
    """A result by the name of its file.

    Raises:
        FileNotFoundError: none of that name is kept.
    """
    found: dict[str, Any] = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    return found


@cache
def results_of_seeds(name: str) -> tuple[dict[str, Any], ...]:
    """The results of every seed that is kept, in order, from the files whose names begin so.

    Raises:
        FileNotFoundError: none is kept.
    """
    seeds = sorted(int(path.stem.removeprefix(name)) for path in RESULTS.glob(f"{name}*.json"))
    if not seeds:
        raise FileNotFoundError(f"no {name}*.json in {RESULTS}: the modules of book.records make them")
    return tuple(result(f"{name}{seed}") for seed in seeds)


def boundaries() -> Html:
    """Predicted and measured precisions at which something changes."""
    found = result("precision_boundaries")
    kinds = {"blowup": "least precision that blows up", "critical": "critical precision"}
    return table(
        found["boundaries"],
        ("what", lambda one: kinds[one["kind"]]),
        ("2/eta", "edge"),
        ("predicted", "predicted"),
        ("measured", "measured"),
    ) + made_by(found)


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
    shown = table(
        found["runs"],
        ("precision", lambda run: run["arithmetic"] if "float" in run["arithmetic"] else f"{run['bits']} bits"),
        ("outcome", outcome),
        ("passes 2/eta", "crossing_step"),
        ("falls back or diverges", "drop_step"),
        ("predicted", "predicted_drop_step"),
    )
    return fates(found["runs"]) + shown + made_by(found)


def outcome(run: Mapping[str, Any]) -> str:
    """How a run ended, in words."""
    return str(run["outcome"]).replace("_", " ")


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
        above.set(yscale="log", ylabel="loss")
        above.legend(ncols=2)
        below.axhline(edge, color="black", linestyle="dashed", linewidth=0.8)
        below.set(ylabel="sharpness", xlabel="step")
    shown = table(
        found["runs"],
        ("arithmetic", "arithmetic"),
        ("passes 2/eta", "crossing_step"),
        ("falls back", "drop_step"),
        ("peak sharpness", lambda run: f"{run['peak_sharpness']:.5g}"),
        ("largest difference", _largest_difference),
    )
    return (
        picture(
            figure,
            "Loss and sharpness of a SiLU network over the steps, one curve for each arithmetic",
            f"Three layers of width 32 on {found['settings']['samples']} images. The difference of the sharpness is "
            f"from the run of {found['reference_bits']} bits, relative.",
        )
        + fates(found["runs"])
        + shown
        + made_by(found)
    )


def _largest_difference(run: Mapping[str, Any]) -> str:
    return "infinite" if run["largest_difference"] is None else f"{run['largest_difference']:.2g}"


def observed(words: str) -> Html:
    """A sentence on what was seen and is not proved."""
    return Html(f"<p>{badge('quiet', 'observed')} {escape(words)}</p>")


def made_by(found: Mapping[str, Any], more: str = "") -> Html:
    """The command that makes a result again, and more words."""
    command = found.get("made", found)["command"]
    return Html(f"<p>{badge('quiet', 'measured')} <code>{escape(command)}</code>{escape(more)}</p>")
