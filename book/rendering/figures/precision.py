"""The precision law beside the runs that it predicts, on Appendix D.1's data."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from book.rendering.figures.results import fates, outcome
from book.rendering.formulas import Html
from book.rendering.picture import panels, picture, shades
from book.rendering.tables import table
from book.rendering.training import EDGE_DATA, EDGE_START, edge_problem
from numerics.arithmetic.numpy_float import NumpyFloat
from numerics.finite_precision.precision_runs import PrecisionRecord, PrecisionRuns, run_precisions

STEPS = 2500


@cache
def study(threshold: str, bits: tuple[int, ...]) -> tuple[PrecisionRuns, PrecisionRecord]:
    """The runs with `2/eta` given as a decimal, one for each precision, and what the law says of them."""
    found = run_precisions(edge_problem(threshold), bits, STEPS, processes=1)
    return found, found.record()


def trajectories(threshold: str, bits: Sequence[int], shown: int) -> Html:
    """Loss and sharpness for each precision; triangles are the predicted drop steps, circles the measured."""
    found, record = study(threshold, tuple(bits))
    edge = float(threshold)
    with panels(2, 5.2, sharex=True) as (figure, (above, below)):
        runs = zip(found.runs, found.arithmetics, record["runs"], strict=True)
        multiple = [(run, row) for run, arithmetic, row in runs if run and not isinstance(arithmetic, NumpyFloat)]
        for (run, row), colour in zip(multiple, shades(len(multiple)), strict=True):
            steps = np.arange(min(shown, len(run.loss)))
            above.plot(steps, run.loss[: len(steps)], color=colour, label=f"{row['bits']} bits")
            below.plot(steps, run.sharpness[: len(steps)], color=colour)
            below.plot(row["predicted_drop_step"], edge, "v", color=colour, markersize=6)
            below.plot(row["drop_step"], edge, "o", color=colour, markersize=9, fillstyle="none")
        above.set(yscale="log", ylim=(None, 10), ylabel="loss")  # a run that blows up leaves the picture
        above.legend(ncols=2)
        below.axhline(edge, color="black", linestyle="dashed", linewidth=0.8, label=r"$2/\eta$")
        below.set(ylim=(0, 2.6), xlabel="step", ylabel="sharpness")
        below.legend(loc="upper left")
    return picture(
        figure,
        "Loss and sharpness over the steps, one curve per precision, with the measured and predicted steps of the drop",
        f"{EDGE_DATA} from {EDGE_START}, 2/eta = {threshold}. Triangles: the step at which the law predicts that the "
        "sharpness drops. Circles: where it does.",
    )


def slow_path(threshold: str, bits: Sequence[int]) -> Html:
    """How far the sharpness of the reference run comes, and which of the runs blow up."""
    found, record = study(threshold, tuple(bits))
    assert found.reference is not None
    recording, edge = found.reference.recording, float(threshold)
    passed = np.flatnonzero(recording.sharpness > 2 * edge)
    words = (
        f"passes 4/eta at step {passed[0]}" if len(passed) else f"stays below 4/eta, at {max(recording.sharpness):.4g}"
    )
    return Html(f"<p>The sharpness of the reference run, of {found.reference.bits} bits, {words}.</p>") + fates(
        record["runs"]
    )


def predictions(threshold: str, bits: Sequence[int]) -> Html:
    """Measured and predicted drop step of every run."""
    _, record = study(threshold, tuple(bits))
    return table(
        record["runs"],
        ("bits", "bits"),
        ("numbers", "arithmetic"),
        ("outcome", outcome),
        ("drop step", "drop_step"),
        ("predicted", "predicted_drop_step"),
        ("peak sharpness", "peak_sharpness"),
    )


def thresholds(threshold: str, bits: Sequence[int]) -> Html:
    """What the law says of all precisions at once."""
    _, record = study(threshold, tuple(bits))
    blow_up = record["blowup_bits"]
    ending = f"a blow-up from {blow_up} bits on" if blow_up else "no blow-up at any precision"
    return Html(
        f"<p>With 2/eta = {threshold} the displacement has shrunk by {record['contraction_bits']:.1f} bits at the "
        f"crossing. The law's critical precision is {record['critical_bits']} bits: beyond it further bits change "
        f"nothing. It predicts {ending}. The reference run has {record['reference_bits']} bits; with "
        f"{record['confirmed_by']} the same is recorded.</p>"
    )
