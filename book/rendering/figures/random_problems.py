"""The law on random problems: how often it was right, where it was not, by how many bits; from every seed kept."""

from __future__ import annotations

from collections import Counter
from functools import cache
from math import inf
from typing import Any

from book.rendering.cards import badge
from book.rendering.figures.results import RESULTS, result
from book.rendering.formulas import Html
from book.rendering.picture import panels, picture, shades
from book.rendering.tables import plain_table

NAME = "precision_law_seed_"


@cache
def results() -> tuple[dict[str, Any], ...]:
    """The results of every seed that is kept, in order.

    Raises:
        FileNotFoundError: none is kept.
    """
    seeds = sorted(int(path.stem.removeprefix(NAME)) for path in RESULTS.glob(f"{NAME}*.json"))
    if not seeds:
        raise FileNotFoundError(f"no {NAME}*.json in {RESULTS}: python -m book.records.evaluation makes them")
    return tuple(result(f"{NAME}{seed}") for seed in seeds)


def how_often() -> Html:
    """How often the law was right, for each seed and in all."""
    counts = (
        "runs_that_end_in_a_drop",
        "within_2_percent",
        "expected_within_2_percent",
        "inside_that_range",
        "with_a_95_percent_range",
    )
    rows = [(found["command"], *(found["summary"][key] for key in counts)) for found in results()]
    if len(rows) > 1:
        rows.append(("all", *(sum(row[column] for row in rows) for column in range(1, 6))))
    shown = (
        (name, str(runs), f"{right} ({right / runs:.1%})", f"{expected / runs:.1%}", f"{inside} of {ranges}")
        for name, runs, right, expected, inside, ranges in rows
    )
    heads = ("command", "runs that end in a drop", "within 2%", "expected by the law itself", "inside the 95% range")
    cases = [case for found in results() for case in found["cases"]]
    ranks, depths = ([case[key] for case in cases] for key in ("rank", "depth"))
    return plain_table(heads, shown) + Html(
        f"<p>{badge('quiet', 'observed')} {len(cases)} problems of rank {min(ranks)} to {max(ranks)} and depth "
        f"{min(depths)} to {max(depths)}, {_precisions()[0]} to {_precisions()[-1]:,} bits.</p>"
    )


def failures_by_bits() -> Html:
    """For each precision the runs in which the law was wrong, and how."""
    failures = [failure for found in results() for failure in found["summary"]["failures"]]
    drops = Counter(run["bits"] for run in _runs() if run["drop_step"] is not None)
    kinds = [_kind(failure) for failure in failures]
    rows = []
    for bits in _precisions():
        here = Counter(kind for failure, kind in zip(failures, kinds, strict=True) if failure["bits"] == bits)
        wrong = drops[bits] and (here["off"] + here["missed"]) / drops[bits]
        rows.append(
            (str(bits), str(drops[bits]), *(str(here[kind]) for kind in ("off", "missed", "phantom")), f"{wrong:.1%}")
        )
    heads = (
        "bits",
        "runs that end in a drop",
        "more than 2% off",
        "no drop predicted",
        "none came",
        "wrong of the runs",
    )
    return plain_table(heads, rows)


def failures_in_words(few: int = 24) -> Html:
    """How many of the failures have few bits, in a sentence."""
    bits = [failure["bits"] for found in results() for failure in found["summary"]["failures"]]
    return Html(
        f"<p>{sum(b <= few for b in bits)} of the {len(bits)} failures are at {few} bits or fewer, "
        f"the largest precision among them is {max(bits):,} bits.</p>"
        if bits
        else "<p>There is no failure.</p>"
    )


def critical_bits_off() -> Html:
    """By how many bits the measured critical precision differs from the predicted one."""
    of_seed = [Counter(found["summary"]["critical_bits_off_by"]) for found in results()]
    every = sum(of_seed, Counter())
    keys = sorted(every, key=_in_bits)
    rows = ((_signed(key), *(str(counts[key]) for counts in of_seed), str(every[key])) for key in keys)
    ordered = sorted(_in_bits(key) for key in every.elements())
    middle = ordered[len(ordered) // 2]
    off = "as predicted" if middle == 0 else f"{middle:+.0f} bits from the prediction"
    near = sum(abs(bits) <= 5 for bits in ordered)
    heads = ("bits, measured less predicted", *(f"seed {found['seed']}" for found in results()), "all")
    return plain_table(heads, rows) + Html(
        f"<p>{badge('quiet', 'observed')} The critical precision of {len(ordered)} problems was measured. In the "
        f"middle one it is {off}; in {near} it is at most 5 bits from the prediction.</p>"
    )


def measured_and_predicted() -> Html:
    """Every run's drop step against the predicted one, a shade for each precision."""
    runs = [run for run in _runs() if run["drop_step"] and run["predicted_drop_step"]]
    precisions = _precisions()
    with panels(1, 4.6) as (figure, axes):
        for place, (bits, colour) in enumerate(zip(precisions, shades(len(precisions)), strict=True)):
            some = [run for run in runs if run["bits"] == bits]
            points = ([run[key] for run in some] for key in ("predicted_drop_step", "drop_step"))
            above = 3 - place / len(precisions)  # few bits, which stray, lie above many
            axes.plot(*points, "o", color=colour, markersize=3.5, markeredgewidth=0, zorder=above, label=f"{bits:,}")
        axes.axline((10, 10), (1000, 1000), color="black", linewidth=0.8)
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xlabel("predicted drop step")
        axes.set_ylabel("measured drop step")
        axes.legend(title="bits", title_fontsize=8.5, markerscale=1.6, ncols=2, columnspacing=1.0)
    return picture(
        figure,
        "Measured against predicted drop steps with the diagonal, one shade for each precision",
        f"{len(runs)} runs of the random problems, one point a run. On the line the prediction is right.",
    )


def _runs() -> list[dict[str, Any]]:
    return [run for found in results() for case in found["cases"] for run in case["runs"]]


def _precisions() -> list[int]:
    return sorted({bits for found in results() for bits in found["bits"]})


def _kind(failure: dict[str, Any]) -> str:
    if failure["drop_step"] is None:
        return "phantom"
    return "missed" if failure["predicted_drop_step"] is None else "off"


def _in_bits(key: str) -> float:
    """The number that a key of the summary says; `beyond 12` is infinite."""
    return inf if key.startswith("beyond") else int(key)


def _signed(key: str) -> str:
    return key if key.startswith("beyond") else f"{int(key):+d}" if int(key) else "0"
