"""Why oscillations decay: two runs under their ceilings, and the law on random problems, from every seed kept."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from book.records.oscillation_population import draw
from book.rendering.cards import badge
from book.rendering.figures.results import RESULTS, result
from book.rendering.formulas import Html, number
from book.rendering.picture import panels, picture
from book.rendering.tables import plain_table
from book.rendering.training import EDGE_DATA, EDGE_START, edge_problem
from numerics.data import load
from numerics.figures.oscillations import oscillation_panels, valley_panel
from numerics.figures.panels import draw_panel
from numerics.finite_precision.problem import Problem
from numerics.oscillation.ceiling import ceiling
from numerics.oscillation.damping import small_oscillations
from numerics.oscillation.oscillations import Oscillations, oscillations
from theory import Spectrum

NAME = "oscillation_seed_"
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
        predicted = ("-", "-") if told is None else (f"{told.period:.0f}", f"{told.decrement:.2f}")
        height = f"{following.height / found.edge - 1:.1%}"
        rows.append(
            (
                f"{place + 1} to {place + 2}",
                height,
                str(following.step - one.step),
                predicted[0],
                f"{seen:.2f}",
                predicted[1],
            )
        )
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
        (data, number(second), ", ".join(map(number, firsts)), ", ".join(_ceiling(of, [x, second]) for x in firsts))
        for data, of, second, firsts in cases
    ]
    return plain_table(("data, N = 1", "C_2", "C_1", "the ceiling there"), rows)


def _ceiling(spectrum: Spectrum, imbalances: list[float]) -> str:
    return f"{ceiling(spectrum, imbalances):.5g}"


def imbalance_gained(threshold: str, steps: int) -> Html:
    """Peak by peak: step and height, seen and predicted, the ceiling before it, and the imbalance after it."""
    found = decaying(threshold, steps)
    rows = []
    for place, (seen, told) in enumerate(zip(found.peaks, found.predicted_peaks, strict=False)):
        ahead = found.peaks[place + 1].crossing if place + 1 < len(found.peaks) else -1
        (top,) = found.ceilings_at([seen.crossing])
        numbers = (seen.height, told.height, top, found.imbalances[ahead, 0])
        rows.append((str(place + 1), str(seen.step), str(told.step), *map(number, numbers)))
    heads = ("peak", "step", "predicted", "height", "predicted", "ceiling before it", "imbalance after it")
    return plain_table(heads, rows)


@cache
def results() -> tuple[dict[str, Any], ...]:
    """The results of every seed that is kept, in order.

    Raises:
        FileNotFoundError: none is kept.
    """
    seeds = sorted(int(path.stem.removeprefix(NAME)) for path in RESULTS.glob(f"{NAME}*.json"))
    if not seeds:
        raise FileNotFoundError(
            f"no {NAME}*.json in {RESULTS}: python -m book.records.oscillation_evaluation makes them"
        )
    return tuple(result(f"{NAME}{seed}") for seed in seeds)


def how_often() -> Html:
    """What came out as told, for each seed."""
    rows = []
    for found in results():
        summary = found["summary"]
        chained, each = summary["chained"], summary["each_from_its_crossing"]
        passed = len(summary["above_the_ceiling_by_a_percent"])
        rows.append(
            (
                str(found["seed"]),
                f"{summary['regime_as_told']} of {summary['problems']}",
                *(f"{kind[name]} of {kind['peaks']}" for kind in (chained, each) for name in ("heights", "steps")),
                f"{summary['final_sharpness_within_half_a_percent']} of {summary['converged']}",
                f"{passed} of {summary['later_peaks']}",
                str(summary["means_of_two_above_by_a_percent"]),
            )
        )
    heads = (
        "seed",
        "regime as told",
        "heights within 5%, from the first crossing",
        "steps",
        "heights, each from its own crossing",
        "steps",
        "final sharpness within 0.5%",
        "later peaks above the ceiling by 1%",
        "and as a mean of two steps",
    )
    cases = [case for found in results() for case in found["cases"]]
    ranks = [case["rank"] for case in cases]
    return plain_table(heads, rows) + Html(
        f"<p>{badge('quiet', 'observed')} {len(cases)} problems of rank {min(ranks)} to {max(ranks)}, depth 2 and 3, "
        f"{found['steps']:,} steps each.</p>"
    )


def how_much_is_told() -> Html:
    """Stricter measures, and what somebody who knows only `2/eta` would have scored, for each seed."""
    rows = []
    for found in results():
        summary = found["summary"]
        chained, each = summary["chained"], summary["each_from_its_crossing"]
        rows.append(
            (
                str(found["seed"]),
                *(f"{kind[name]} of {kind['peaks']}" for kind in (chained, each) for name in ("excesses", "delays")),
                str(each["in_the_window"]),
                f"{chained['heights_by_the_edge']} of {chained['peaks']}",
                f"{summary['final_sharpness_within_half_a_percent_of_the_edge']} of {summary['converged']}",
            )
        )
    heads = (
        "seed",
        "height above 2/eta within 10%, from the first crossing",
        "steps since that crossing within 10%",
        "height above 2/eta, each from its own crossing",
        "steps since that",
        "peaks within the states that the law is given",
        "heights within 5% by saying 2/eta",
        "final sharpness within 0.5% by saying 2/eta",
    )
    return plain_table(heads, rows)


def how_near_small_ones() -> Html:
    """How far period and decrement of small oscillations were off, for each seed."""
    rows = []
    for found in results():
        summary = found["summary"]
        off = (*summary["small_periods_off_by"], *summary["small_decrements_off_by"])
        rows.append((str(found["seed"]), str(summary["small_turns"]), *(f"{value:.0%}" for value in off)))
    heads = (
        "seed",
        "turns between peaks less than 1% above 2/eta",
        "period off by, half of them less than",
        "nine tenths",
        "decrement off by, half of them less than",
        "nine tenths",
    )
    return plain_table(heads, rows)


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
