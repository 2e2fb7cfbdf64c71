"""The wide test of the law of oscillations: regime, peaks, ceiling and final sharpness of random problems.

    python -m book.records.oscillation_evaluation --count 100 --seed 20 --json oscillation_seed_20.json

Everything here is observation. It takes a few minutes on one core.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise, zip_longest
from typing import Any

import click
import numpy as np

from book.records.oscillation_population import Case, draw
from book.records.record import keep
from numerics.command_line.output import json_option
from numerics.oscillation.damping import small_oscillations
from numerics.oscillation.law import WINDOW
from numerics.oscillation.oscillations import Oscillations, oscillations
from numerics.oscillation.peaks import Peak, peaks

STEPS = 8_000
FIRST_PEAKS = 5
TOLERATED = 0.05
STRICT = 0.1
CLOSE = 0.005
PASSED = 0.01
SMALL = 0.01
_BEYOND = 1.5  # a peak is looked for until so many times the true time above 2/eta has gone by


def evaluate(case: Case, steps: int) -> dict[str, Any]:
    """Test the law on one problem."""
    found = oscillations(case.problem, steps)
    record: dict[str, Any] = {
        "case": case.number,
        "kind": case.kind,
        "rank": found.spectrum.rank,
        "depth": case.problem.depth,
        "share": case.share,
        "flattest_over_edge": found.flattest / found.edge,
        "can_settle": found.can_settle,
        "lasts": found.lasts,
        "jump": None if found.run.diverged else found.jump,
        "diverged": found.run.diverged,
        "converged": found.converged,
        "peaks": len(found.peaks),
    }
    if found.lasts or not found.peaks:
        return record
    ahead = found.ceilings_at([peak.crossing for peak in found.peaks]).tolist()
    later = list(zip(found.peaks[1:], ahead[1:], strict=True))
    means = (found.run.sharpness[:-1] + found.run.sharpness[1:]) / 2
    return record | {
        "over_the_ceiling": [peak.height / top - 1 for peak, top in later],
        "mean_of_two_over_the_ceiling": [float(means[peak.step - 1 :][:2].max()) / top - 1 for peak, top in later],
        "final_over_edge": float(found.run.sharpness[-1]) / found.edge,
        "predicted_final_over_edge": _end(found),
        "chained": chained(found),
        "each_from_its_crossing": [
            _beside(seen, _next(found, seen), found.edge, seen.crossing) for seen in found.peaks[:FIRST_PEAKS]
        ],
        "imbalance_gained": _gains(found),
        "small_oscillations": _small(found),
    }


def chained(found: Oscillations) -> list[dict[str, float | None]]:
    """The first peaks beside what the law tells of them from the first crossing on."""
    seen = found.peaks[:FIRST_PEAKS]
    pairs = zip_longest(seen, found.predicted_peaks[: len(seen)])
    return [_beside(peak, told, found.edge, seen[0].crossing) for peak, told in pairs]


def _small(found: Oscillations) -> list[dict[str, float]]:
    """The turns between two low peaks: period and decrement, seen and predicted at the crossing of the later one."""
    turns = []
    for one, following in pairwise(found.peaks):
        first, second = one.height / found.edge - 1, following.height / found.edge - 1
        if first > 3 * SMALL or second > SMALL:
            continue
        weights, step_size = found.weights[following.crossing], float(found.problem.step_size)
        told = small_oscillations(found.spectrum, weights, step_size)
        if told is not None:
            seen = {"period": float(following.step - one.step), "decrement": math.log(first / second)}
            turns.append({**seen, "predicted_period": told.period, "predicted_decrement": told.decrement})
    return turns


def _end(found: Oscillations) -> float | None:
    return None if found.predicted is None else float(found.predicted.sharpness[-1]) / found.edge


def _next(found: Oscillations, seen: Peak) -> Peak | None:
    predicted = found.predicted_from(seen.crossing, int(_BEYOND * (seen.end - seen.crossing)) + 100)
    if predicted is None:
        return None
    told = peaks(predicted.sharpness, found.edge, seen.crossing)
    return told[0] if told else None


def _beside(seen: Peak, told: Peak | None, edge: float, crossing: int) -> dict[str, float | None]:
    """Errors of height and step, and of what is harder to tell: excess over the edge, steps since a crossing."""
    off: dict[str, float | None] = {"height_over_edge": seen.height / edge, "delay": seen.step - crossing}
    if told is None:
        return off | dict.fromkeys(("height_off", "step_off", "excess_off", "delay_off"))
    return off | {
        "height_off": told.height / seen.height - 1,
        "step_off": told.step / seen.step - 1,
        "excess_off": (told.height - edge) / (seen.height - edge) - 1,
        "delay_off": (told.step - seen.step) / max(1, seen.step - crossing),
    }


def _gains(found: Oscillations) -> dict[str, float] | None:
    """What the imbalance of the first later layer gains from the first crossing to the second: seen, predicted."""
    if found.predicted is None or len(found.peaks) < 2 or len(found.predicted_peaks) < 2:
        return None
    first, rank = found.peaks[0].crossing, found.spectrum.rank
    weights = found.predicted.weights[found.predicted_peaks[1].crossing - first]
    told = float((weights[:rank] ** 2).sum() - weights[rank] ** 2)
    before, after = found.imbalances[first, 0], found.imbalances[found.peaks[1].crossing, 0]
    return {"seen": float(after - before), "predicted": told - float(before)}


def summarize(cases: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Count what came out as told, and name every case that did not."""
    decaying = [case for case in cases if "chained" in case]
    over = [(case["case"], value) for case in decaying for value in case["over_the_ceiling"]]
    ends = [case for case in decaying if case["converged"] and case["predicted_final_over_edge"] is not None]
    near = [abs(case["predicted_final_over_edge"] / case["final_over_edge"] - 1) <= CLOSE for case in ends]
    return {
        "problems": len(cases),
        "regime_as_told": sum(case["can_settle"] != case["lasts"] for case in cases),
        "regime_not_as_told": [case["case"] for case in cases if case["can_settle"] == case["lasts"]],
        "told_to_last": sum(not case["can_settle"] for case in cases),
        "later_peaks": len(over),
        "above_the_ceiling_by_a_percent": [{"case": number, "by": value} for number, value in over if value > PASSED],
        "means_of_two_above_by_a_percent": sum(
            value > PASSED for case in decaying for value in case["mean_of_two_over_the_ceiling"]
        ),
        "converged": len(ends),
        "final_sharpness_within_half_a_percent": sum(near),
        "final_sharpness_within_half_a_percent_of_the_edge": sum(
            abs(1 / case["final_over_edge"] - 1) <= CLOSE for case in ends
        ),
        "chained": _share([peak for case in decaying for peak in case["chained"]]),
        "each_from_its_crossing": _share([peak for case in decaying for peak in case["each_from_its_crossing"]]),
        "small_turns": sum(len(case["small_oscillations"]) for case in decaying),
        "small_periods_off_by": _turns_off(decaying, "period"),
        "small_decrements_off_by": _turns_off(decaying, "decrement"),
        "imbalance_gained_off_by": _quantiles([case["imbalance_gained"] for case in decaying]),
    }


def _share(found: Sequence[dict[str, float | None]]) -> dict[str, int]:
    def near(name: str, tolerated: float = TOLERATED) -> int:
        return sum(peak[name] is not None and abs(peak[name]) <= tolerated for peak in found)  # type: ignore[arg-type]

    return {
        "peaks": len(found),
        "heights": near("height_off"),
        "steps": near("step_off"),
        "excesses": near("excess_off", STRICT),
        "delays": near("delay_off", STRICT),
        "in_the_window": sum(peak["delay"] <= WINDOW // 2 for peak in found),  # type: ignore[operator]
        "heights_by_the_edge": sum(1 - 1 / peak["height_over_edge"] <= TOLERATED for peak in found),  # type: ignore[operator]
    }


def _quantiles(gains: Sequence[dict[str, float] | None]) -> list[float]:
    off = [abs(gain["predicted"] / gain["seen"] - 1) for gain in gains if gain is not None]
    return [float(value) for value in np.quantile(off, [0.5, 0.9])] if off else []


def _turns_off(cases: Sequence[dict[str, Any]], name: str) -> list[float]:
    off = [abs(turn[f"predicted_{name}"] / turn[name] - 1) for case in cases for turn in case["small_oscillations"]]
    return [float(value) for value in np.quantile(off, [0.5, 0.9])] if off else []


@click.command()
@click.option("--count", type=click.IntRange(1), default=100, show_default=True, help="Problems to draw.")
@click.option("--seed", type=click.IntRange(0), default=20, show_default=True, help="Fixes the population.")
@click.option("--steps", type=click.IntRange(1), default=STEPS, show_default=True, help="Steps of a run.")
@json_option
def evaluation(count: int, seed: int, steps: int, json_target: str | None) -> None:
    """Test the law of oscillations on random problems."""
    cases = [evaluate(draw(number, seed), steps) for number in range(count)]
    summary = summarize(cases)
    lines = (f"{key}: {value}" for key, value in summary.items())
    keep(json_target, lines, seed=seed, steps=steps, summary=summary, cases=cases)


if __name__ == "__main__":
    evaluation()
