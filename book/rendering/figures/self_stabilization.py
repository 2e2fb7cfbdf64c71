"""The map of self-stabilization beside true runs on Appendix D.1's data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache

import numpy as np
from matplotlib.axes import Axes

from book.rendering.formulas import Html, number
from book.rendering.picture import panels, picture
from book.rendering.tables import plain_table
from book.rendering.training import EDGE_DATA, EDGE_START, edge_problem
from numerics.arithmetic import parse_arithmetic
from numerics.self_stabilization import Oscillation, Prediction, follow, predict, starting_displacement

STEPS = 3000
SLOW = "mpfr:900"
"""The arithmetic that the slow path is read off."""
CONSTANT, VARYING = r"map, constant $\alpha$", r"map, $\alpha$ of the slow path"


@cache
def true_run(threshold: str, arithmetic: str) -> Oscillation:
    """The run with `2/eta` given as a decimal, in the map's coordinates."""
    problem = edge_problem(threshold)
    model = problem.model(parse_arithmetic(arithmetic))
    return follow(model, problem.start(model), 2 / Fraction(threshold), STEPS)


@cache
def maps(threshold: str, arithmetic: str) -> Mapping[str, Prediction]:
    """The map started where that run crosses the edge, with a constant `alpha` and with that of the slow path."""
    run = true_run(threshold, arithmetic)
    start = starting_displacement(run)
    return {
        CONSTANT: predict(run, start, STEPS),
        VARYING: predict(run, start, STEPS, true_run(threshold, SLOW)),
    }


def beside(threshold: str, arithmetic: str) -> Html:
    """Phase portrait and sharpness of a run, with both forms of the map over it."""
    run, predictions = true_run(threshold, arithmetic), maps(threshold, arithmetic)
    with panels(2, 5.6) as (figure, (portrait, series)):
        draw(portrait, series, run, predictions)
        figure.legend(*portrait.get_legend_handles_labels(), loc="outside upper center", ncols=3)
    constants = f"alpha = {number(run.constants.sharpening)}, beta = {number(run.constants.stabilizing)}"
    return picture(
        figure,
        f"Displacement and sharpness of a true run with {arithmetic} and of the map, from the crossing to the drop",
        f"{EDGE_DATA} from {EDGE_START}, 2/eta = {threshold}, {arithmetic}. At the crossing, step {run.reference}: "
        f"{constants}. Dotted: sqrt(2 alpha / beta). Dashed: 2/eta.",
    )


def draw(portrait: Axes, series: Axes, run: Oscillation, predictions: Mapping[str, Prediction]) -> None:
    """Draw `|x|` against `y`, as the sign of `x` turns at every step, and the sharpness over the steps.

    What stays within a few times `2/eta` has room; a blow-up leaves the picture. The dotted line is
    `|x| = sqrt(2 alpha / beta)`, where the map's sharpness turns.
    """
    end = min(
        max(run.end, *(found.reference + len(found.excess) for found in predictions.values())) + 1, len(run.excess)
    )
    shown = slice(run.reference, end)
    excess = np.concatenate([run.excess[shown], *(found.excess for found in predictions.values())])
    excess = excess[np.abs(excess) < 3 * run.threshold]
    low, high = max(float(excess.min()), -run.threshold) - 0.05, float(excess.max()) * 1.1 + 0.05
    for name, found in predictions.items():
        portrait.plot(np.abs(found.displacement), found.excess, label=name)
        series.plot(found.reference + np.arange(len(found.excess)), found.excess + run.threshold, label=name)
    portrait.plot(np.abs(run.displacement[shown]), run.excess[shown], "k.", markersize=3, label="true run")
    series.plot(run.sharpness[:end], color="black", label="true run")
    alpha, beta = float(run.constants.sharpening), float(run.constants.stabilizing)
    portrait.axvline((2 * alpha / beta) ** 0.5, color="grey", linestyle="dotted")
    portrait.axhline(0.0, color="black", linewidth=0.8)
    series.axhline(run.threshold, color="black", linestyle="dashed", linewidth=0.8)
    portrait.set(
        xscale="log", xlim=(1e-6, 10 * max(found.amplitude for found in predictions.values())), ylim=(low, high)
    )
    portrait.set(xlabel="displacement |x| along the unstable direction", ylabel="excess y = S - 2/step size")
    series.set(xlim=(max(0, run.reference - 100), None), xlabel="step", ylabel="sharpness")
    series.set_ylim(min(0.0, low + run.threshold), high + run.threshold)


def comparison(runs: Sequence[tuple[str, str]]) -> Html:
    """Steps from the crossing to the drop, highest excess and largest displacement: the run's and the maps'."""
    rows: list[tuple[object, ...]] = []
    for threshold, arithmetic in runs:
        run = true_run(threshold, arithmetic)
        highest = run.peak_sharpness - run.threshold
        reached = (number(highest, 3), number(run.amplitude, 3)) if run.drop else ("unbounded", "unbounded")
        constants = (float(run.constants.sharpening), float(run.constants.stabilizing))
        rows.append(
            (threshold, arithmetic, *constants, "true\u00a0run", run.drop and run.drop - run.reference, *reached)
        )
        for name, found in maps(threshold, arithmetic).items():
            reached = (number(found.peak_excess, 3), number(found.amplitude, 3)) if found.drop else ("", "")
            words = "map,\u00a0constant" if name == CONSTANT else "map,\u00a0slow\u00a0path"
            rows.append(("", "", "", "", words, found.drop and found.drop - run.reference, *reached))
    heads = ("2/eta", "numbers", "alpha", "beta", "", "steps to the drop", "highest y", "largest |x|")
    return plain_table(heads, rows)


def miss(threshold: str, arithmetic: str, *, varying: bool = False) -> float:
    """How much too early the map has its drop, as a share of the run's steps from crossing to drop; NaN without one."""
    run, found = true_run(threshold, arithmetic), maps(threshold, arithmetic)[VARYING if varying else CONSTANT]
    if run.drop is None or found.drop is None:
        return float("nan")
    return (run.drop - found.drop) / (run.drop - run.reference)


def rise(threshold: str, arithmetic: str) -> float:
    """How far the map's sharpness rises above `2/eta`, as a multiple of the run's."""
    run = true_run(threshold, arithmetic)
    return maps(threshold, arithmetic)[CONSTANT].peak_excess / (run.peak_sharpness - run.threshold)


def reach(threshold: str, arithmetic: str) -> float:
    """The map's largest displacement up to its drop, as a multiple of the run's."""
    return maps(threshold, arithmetic)[CONSTANT].amplitude / true_run(threshold, arithmetic).amplitude


def sharpening_left(threshold: str, arithmetic: str) -> float:
    """What is left of the slow path's rise per step, as a share of `eta alpha`, where that map has its drop."""
    run, found, slow = true_run(threshold, arithmetic), maps(threshold, arithmetic)[CONSTANT], true_run(threshold, SLOW)
    rise = np.diff(slow.sharpness)[found.drop or run.reference]
    return float(rise) / float(run.step_size * Fraction(float(run.constants.sharpening)))


def excess_when_loud(threshold: str, arithmetic: str) -> float:
    """`eta S` where the run's displacement becomes visible, a hundredth of `sqrt(2 alpha / beta)`."""
    run = true_run(threshold, arithmetic)
    return float(run.sharpness[run.end_of_slow_path]) * float(run.step_size)
