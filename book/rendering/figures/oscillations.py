"""Why oscillations decay: two runs under their ceilings, and the law on random problems, from every seed kept."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache, partial
from typing import Any

from book.records.oscillation_population import draw
from book.rendering.figures.results import observed, results_of_seeds
from book.rendering.formulas import Html, number
from book.rendering.picture import panels, picture
from book.rendering.tables import plain_table, table
from book.rendering.training import EDGE_DATA, EDGE_START, edge_problem
from numerics.data import load
from numerics.figures.oscillations import oscillation_panels, valley_panel
from numerics.figures.panels import draw_panel
from numerics.finite_precision.problem import Problem
from numerics.oscillation.ceiling import ceiling
from numerics.oscillation.damping import small_oscillations
from numerics.oscillation.oscillations import Oscillations, oscillations
from theory import Spectrum

results = partial(results_of_seeds, "oscillation_seed_")
_LASTING = 24, 20, 80
"""Number and seed of a problem on which no minimizer is stable, and how many steps of it are drawn."""


@cache
def decaying(threshold: str, steps: int) -> Oscillations:
    """The run on the data of Appendix D.1 with `2/eta` given as a decimal."""
    return oscillations(edge_problem(threshold), steps)


def beside_the_ceiling(threshold: str, steps: int) -> Html:
    """That run under its ceiling, with the peaks that were predicted from its first crossing, and the way down it."""
    words = f"{EDGE_DATA} from {EDGE_START}, 2/eta = {threshold}, float64."
    return _picture(decaying(threshold, steps), words, valley=True)


def lasting() -> Html:
    """A run where no minimizer is stable."""
    place, seed, steps = _LASTING
    case = draw(place, seed)
    found = oscillations(case.problem, steps)
    words = (
        f"Singular values: {case.kind}, rank {found.spectrum.rank}, depth {case.problem.depth}; the flattest minimizer "
        f"has {number(found.flattest / found.edge)} times the sharpness 2/eta."
    )
    return _picture(found, words)


@cache
def of_digits(depth: int, step_size: str, steps: int) -> Oscillations:
    """A run on handwritten digits from PyTorch's start."""
    problem = Problem.from_dataset(load("digits:3,5"), depth, Fraction(step_size), "default", seed=0)
    return oscillations(problem, steps)


def on_digits(depth: int, step_size: str, steps: int) -> Html:
    """That run under its ceiling."""
    words = f"digits:3,5, depth {depth}, step size {step_size}, float64."
    return _picture(of_digits(depth, step_size, steps), words)


def turns(found: Oscillations) -> Html:
    """From each peak to the next: steps and logarithm of the ratio of heights, seen and predicted from one state."""
    rows = []
    for place, (one, following) in enumerate(zip(found.peaks[:-1], found.peaks[1:], strict=True)):
        weights = found.weights[following.crossing]
        told = small_oscillations(found.spectrum, weights, float(found.problem.step_size))
        seen = math.log((one.height - found.edge) / (following.height - found.edge))
        period, decrement = ("-", "-") if told is None else (f"{told.period:.0f}", f"{told.decrement:.2f}")
        height, steps = f"{following.height / found.edge - 1:.1%}", following.step - one.step
        rows.append((f"{place + 1} to {place + 2}", height, steps, period, f"{seen:.2f}", decrement))
    heads = ("peaks", "the later one above 2/eta", "steps", "predicted", "log of the ratio of heights", "predicted")
    return plain_table(heads, rows)


def _picture(found: Oscillations, words: str, valley: bool = False) -> Html:
    drawn = [*oscillation_panels(found), *([valley_panel(found)] if valley else [])]
    with panels(len(drawn), 3.2 * len(drawn)) as (figure, axes):
        for one, panel in zip(axes, drawn, strict=True):
            draw_panel(one, panel)
        axes[0].sharex(axes[1])
        axes[0].get_legend().remove()
        figure.legend(*axes[0].get_legend_handles_labels(), loc="outside upper center", ncols=2)
    seen = "Sharpness under the ceiling that the imbalance sets, with its peaks; the imbalance"
    return picture(figure, seen + ("; the ceiling over the imbalance" if valley else ""), words)


def ceiling_of_three_layers() -> Html:
    """Where the ceiling of three layers is not convex in one imbalance, and where it rises with one."""
    bent, rising = Spectrum([2.0, 1.0], [0.0, 1.0], n_samples=1), Spectrum([1.0], [math.sqrt(2.541)], n_samples=1)
    cases = [
        ("X = diag(2, 1), y = (0, 1)", bent, 0.0, (-8.0, -4.0, 0.0)),
        ("X = 1, y² = 2.541", rising, -1.0, (-0.2705, 0.0)),
    ]
    rows = [
        (data, second, ", ".join(map(number, firsts)), ", ".join(number(ceiling(of, [x, second]), 5) for x in firsts))
        for data, of, second, firsts in cases
    ]
    return plain_table(("data, N = 1", "C_2", "C_1", "the ceiling there"), rows)


def imbalance_gained(threshold: str, steps: int) -> Html:
    """Peak by peak: step and height, seen and predicted, the ceiling before it, and the imbalance after it."""
    found = decaying(threshold, steps)
    rows = []
    for place, (seen, told) in enumerate(zip(found.peaks, found.predicted_peaks, strict=False)):
        ahead = found.peaks[place + 1].crossing if place + 1 < len(found.peaks) else -1
        (top,) = found.ceilings_at([seen.crossing])
        rows.append(
            (place + 1, seen.step, told.step, seen.height, told.height, float(top), float(found.imbalances[ahead, 0]))
        )
    heads = ("peak", "step", "predicted", "height", "predicted", "ceiling before it", "imbalance after it")
    return plain_table(heads, rows)


def _summaries() -> list[dict[str, Any]]:
    return [{"seed": found["seed"], **found["summary"]} for found in results()]


def _peaks(kind: str, name: str) -> Callable[[dict[str, Any]], str]:
    """How many peaks of a kind were told so."""
    return lambda summary: f"{summary[kind][name]} of {summary[kind]['peaks']}"


def how_often() -> Html:
    """What came out as told, for each seed."""
    close = "final_sharpness_within_half_a_percent"
    cases = [case for found in results() for case in found["cases"]]
    ranks = [case["rank"] for case in cases]
    return table(
        _summaries(),
        ("seed", "seed"),
        ("regime as told", lambda told: f"{told['regime_as_told']} of {told['problems']}"),
        ("heights within 5%, from the first crossing", _peaks("chained", "heights")),
        ("steps", _peaks("chained", "steps")),
        ("heights, each from its own crossing", _peaks("each_from_its_crossing", "heights")),
        ("steps", _peaks("each_from_its_crossing", "steps")),
        ("final sharpness within 0.5%", lambda told: f"{told[close]} of {told['converged']}"),
        (
            "later peaks above the ceiling by 1%",
            lambda told: f"{len(told['above_the_ceiling_by_a_percent'])} of {told['later_peaks']}",
        ),
        ("and as a mean of two steps", "means_of_two_above_by_a_percent"),
    ) + observed(
        f"{len(cases)} problems of rank {min(ranks)} to {max(ranks)}, depth 2 and 3, "
        f"{results()[-1]['steps']:,} steps each."
    )


def how_much_is_told() -> Html:
    """Stricter measures, and what somebody who knows only `2/eta` would have scored, for each seed."""
    close = "final_sharpness_within_half_a_percent_of_the_edge"
    return table(
        _summaries(),
        ("seed", "seed"),
        ("height above 2/eta within 10%, from the first crossing", _peaks("chained", "excesses")),
        ("steps since that crossing within 10%", _peaks("chained", "delays")),
        ("height above 2/eta, each from its own crossing", _peaks("each_from_its_crossing", "excesses")),
        ("steps since that", _peaks("each_from_its_crossing", "delays")),
        ("peaks within the states that the law is given", lambda told: told["each_from_its_crossing"]["in_the_window"]),
        ("heights within 5% by saying 2/eta", _peaks("chained", "heights_by_the_edge")),
        ("final sharpness within 0.5% by saying 2/eta", lambda told: f"{told[close]} of {told['converged']}"),
    )


def how_near_small_ones() -> Html:
    """How far period and decrement of small oscillations were off, for each seed."""

    def off(of: str, place: int) -> Callable[[dict[str, Any]], str]:
        return lambda told: f"{told[f'small_{of}_off_by'][place]:.0%}"

    return table(
        _summaries(),
        ("seed", "seed"),
        ("turns between peaks less than 1% above 2/eta", "small_turns"),
        ("period off by, half of them less than", off("periods", 0)),
        ("nine tenths", off("periods", 1)),
        ("decrement off by, half of them less than", off("decrements", 0)),
        ("nine tenths", off("decrements", 1)),
    )


def regimes() -> Html:
    """How many problems of each kind were told to settle, and how many did."""
    cases = [case for found in results() for case in found["cases"]]
    told = Counter((case["kind"], case["can_settle"]) for case in cases)
    right = Counter((case["kind"], case["can_settle"]) for case in cases if case["can_settle"] != case["lasts"])
    kinds = sorted({case["kind"] for case in cases})
    rows = [
        (kind, *(f"{right[kind, settles]} of {told[kind, settles]}" for settles in (True, False))) for kind in kinds
    ]
    near = [case for case in cases if 0.95 < case["flattest_over_edge"] < 1.05]
    good = sum(case["can_settle"] != case["lasts"] for case in near)
    return plain_table(("singular values", "told to settle, and did", "told to last, and did"), rows) + Html(
        f"<p>Where the flattest minimizer is within 5% of 2/eta: {good} of {len(near)}. {_between(cases)}</p>"
    )


def _between(cases: Sequence[Mapping[str, Any]]) -> str:
    jumps = {
        lasts: [case["jump"] for case in cases if case["lasts"] is lasts and case["jump"]] for lasts in (True, False)
    }
    lost = sum(case["diverged"] for case in cases)
    return (
        f"Runs that last jump by {min(jumps[True]):.0%} of 2/eta a step or more, those that settle by "
        f"{max(jumps[False]):.1%} or less; {lost} diverged."
    )
