"""The law on random problems: how often it was right, where it was not, by how many bits; from every seed kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from math import inf
from typing import Any

from book.rendering.figures.results import observed, results_of_seeds
from book.rendering.formulas import Html
from book.rendering.picture import panels, picture, shades
from book.rendering.tables import plain_table, table

results = partial(results_of_seeds, "precision_law_seed_")


def how_often() -> Html:
    """How often the law was right, for each seed and in all."""
    summaries = [{"command": found["command"], **found["summary"]} for found in results()]
    if len(summaries) > 1:
        counted = [key for key, value in summaries[0].items() if isinstance(value, (int, float))]
        summaries.append({"command": "all", **{key: sum(one[key] for one in summaries) for key in counted}})

    def share(summary: dict[str, Any], key: str) -> str:
        return f"{summary[key] / summary['runs_that_end_in_a_drop']:.1%}"

    cases = [case for found in results() for case in found["cases"]]
    ranks, depths = ([case[key] for case in cases] for key in ("rank", "depth"))
    return table(
        summaries,
        ("command", "command"),
        ("runs that end in a drop", "runs_that_end_in_a_drop"),
        ("within 2%", lambda one: f"{one['within_2_percent']} ({share(one, 'within_2_percent')})"),
        ("expected by the law itself", lambda one: share(one, "expected_within_2_percent")),
        ("inside the 95% range", lambda one: f"{one['inside_that_range']} of {one['with_a_95_percent_range']}"),
    ) + observed(
        f"{len(cases)} problems of rank {min(ranks)} to {max(ranks)} and depth {min(depths)} to {max(depths)}, "
        f"{_precisions()[0]} to {_precisions()[-1]:,} bits."
    )


def failures_by_bits() -> Html:
    """For each precision the runs in which the law was wrong, and how."""
    every = [failure for found in results() for failure in found["summary"]["failures"]]
    failures = Counter((failure["bits"], _kind(failure)) for failure in every)
    drops = Counter(run["bits"] for run in _runs() if run["drop_step"] is not None)

    def of_kind(kind: str) -> Callable[[int], int]:
        return lambda bits: failures[bits, kind]

    def wrong(bits: int) -> str:
        return f"{drops[bits] and (failures[bits, 'off'] + failures[bits, 'missed']) / drops[bits]:.1%}"

    return table(
        _precisions(),
        ("bits", str),
        ("runs that end in a drop", drops.__getitem__),
        ("more than 2% off", of_kind("off")),
        ("no drop predicted", of_kind("missed")),
        ("none came", of_kind("phantom")),
        ("wrong of the runs", wrong),
    )


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
    rows = ((_signed(key), *(counts[key] for counts in (*of_seed, every))) for key in keys)
    ordered = sorted(_in_bits(key) for key in every.elements())
    middle = ordered[len(ordered) // 2]
    off = "as predicted" if middle == 0 else f"{middle:+.0f} bits from the prediction"
    near = sum(abs(bits) <= 5 for bits in ordered)
    heads = ("bits, measured less predicted", *(f"seed {found['seed']}" for found in results()), "all")
    return plain_table(heads, rows) + observed(
        f"The critical precision of {len(ordered)} problems was measured. In the middle one it is {off}; in {near} it "
        "is at most 5 bits from the prediction."
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
        axes.set(xscale="log", yscale="log", xlabel="predicted drop step", ylabel="measured drop step")
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
