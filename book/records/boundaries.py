"""Predicted and measured boundaries on the data of Appendix D.1: least precision that blows up, critical precision.

    python -m book.records.boundaries --json boundaries.json

What is measured comes from runs at every precision of a window around the prediction: an observation of that window.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import click

from book.records.record import keep
from numerics.arithmetic import at_precision
from numerics.command_line.output import json_option
from numerics.data import load
from numerics.finite_precision.law import PrecisionLaw
from numerics.finite_precision.problem import Problem
from numerics.finite_precision.recording import recorded
from numerics.finite_precision.reference import reference_run
from theory.errors import ParameterError

DATA, START, STEPS = "minimal:100,5.477,0.233,0.3,1.414", "c=0.1,0.1,v=0.5", 2500
BLOWUP_EDGES = ("0.6", "0.7", "0.8", "0.86", "0.9", "0.95")
CRITICAL_EDGES = ("1.5", "1.2", "0.8")
WINDOW = 14  # bits on each side


def measure(edge: str, kind: str, *, steps: int = STEPS) -> dict[str, Any]:
    """Compare one predicted boundary with runs around it.

    Args:
        edge: `2/eta`.
        kind: `blowup` for the least precision that diverges, `critical` for the least one from which on the sharpness
            drops where exact arithmetic does.
        steps: most steps of a run.

    Returns:
        The prediction; the measured precision, null where the window holds no boundary; and the precisions run. Where
        no blow-up is predicted, every eighth precision from 16 to 400 is run.

    Raises:
        ParameterError: no such kind, or 2/eta is not positive.
    """
    if kind not in ("blowup", "critical"):
        raise ParameterError(f"there is no boundary {kind!r}; give blowup or critical")
    if not Fraction(edge) > 0:
        raise ParameterError(f"2/eta is {edge}; give a positive number")
    problem = Problem.from_dataset(load(DATA), 2, 2 / Fraction(edge), START, 0)
    reference = reference_run(problem, steps, to_drop=True)
    if reference is None:
        raise KeyboardInterrupt
    law = PrecisionLaw(reference, steps)
    predicted = law.blowup_bits if kind == "blowup" else law.critical_bits
    tried = range(16, 401, 8) if predicted is None else range(max(2, predicted - WINDOW), predicted + WINDOW + 1)
    runs = [recorded(problem, at_precision(bits), steps) for bits in tried]
    if kind == "blowup":
        measured = first_from([run.diverged for run in runs], tried)
    else:
        measured = last_from([run.drop_step == reference.recording.drop_step for run in runs], tried)
    return {"edge": edge, "kind": kind, "predicted": predicted, "measured": measured, "bits": list(tried)}


def first_from(holds: Sequence[bool], tried: Sequence[int]) -> int | None:
    """Give the least precision for which something holds; None for none.

    >>> first_from([False, True, False, True], range(20, 24))
    21
    """
    return next((bits for bits, one in zip(tried, holds, strict=True) if one), None)


def last_from(holds: Sequence[bool], tried: Sequence[int]) -> int | None:
    """Give the least precision from which on it holds; None where it holds for all or not for the last, so untold.

    >>> last_from([False, True, False, True], range(20, 24))
    23
    """
    failing = [place for place, one in enumerate(holds) if not one]
    return tried[failing[-1] + 1] if failing and failing[-1] + 1 < len(tried) else None


@click.command()
@json_option
def boundaries(json_target: str | None) -> None:
    """Measure where precisions begin to blow up, and where precision no longer matters."""
    found = [measure(edge, "blowup") for edge in BLOWUP_EDGES] + [measure(edge, "critical") for edge in CRITICAL_EDGES]
    lines = (
        f"2/eta {one['edge']:>4}  {one['kind']:8}  predicted {one['predicted']}  measured {one['measured']}"
        for one in found
    )
    keep(json_target, lines, data=DATA, init=START, steps=STEPS, boundaries=found)


if __name__ == "__main__":
    boundaries()
