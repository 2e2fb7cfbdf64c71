"""Predicted and measured boundaries on the data of Appendix D.1: least precision that blows up, critical precision.

    python -m numerics.precision.boundaries --json boundaries.json

What is measured comes from runs at every precision of a window around the prediction: an observation of that window.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import click

from numerics.command_line.output import json_option, write_json
from numerics.data import load
from numerics.precision.law import PrecisionLaw
from numerics.precision.problem import Problem, at_precision
from numerics.precision.recording import recorded
from numerics.precision.reference import reference_run
from numerics.trajectory.run import versions

DATA, START, STEPS = "minimal:100,5.477,0.233,0.3,1.414", "c=0.1,0.1,v=0.5", 2500
BLOWUP_EDGES = ("0.6", "0.7", "0.8", "0.86", "0.9", "0.95")
CRITICAL_EDGES = ("1.5", "1.2", "0.8")
WINDOW = 14  # bits on each side


def measure(edge: str, kind: str) -> dict[str, Any]:
    """Compare one predicted boundary with runs around it.

    Args:
        edge: `2/eta`.
        kind: `blowup` for the least precision that diverges, `critical` for the least one from which on the sharpness
            drops where exact arithmetic does.

    Returns:
        The prediction; the measured precision, null where the window holds no boundary; and the precisions run. Where
        no blow-up is predicted, every eighth precision from 16 to 400 is run.
    """
    problem = Problem.from_dataset(load(DATA), 2, 2 / Fraction(edge), START, 0)
    reference = reference_run(problem, STEPS)
    assert reference is not None, "nobody interrupts it"
    law = PrecisionLaw(reference, STEPS)
    predicted = law.blowup_bits if kind == "blowup" else law.critical_bits
    tried = range(16, 401, 8) if predicted is None else range(max(2, predicted - WINDOW), predicted + WINDOW + 1)
    runs = {bits: recorded(problem, at_precision(bits), STEPS) for bits in tried}
    measured: int | None
    if kind == "blowup":
        measured = next((bits for bits in tried if runs[bits].diverged), None)
    else:
        other = [bits for bits in tried if runs[bits].drop_step != reference.recording.drop_step]
        measured = other[-1] + 1 if other and other[-1] < tried[-1] else None
    return {"edge": edge, "kind": kind, "predicted": predicted, "measured": measured, "bits": list(tried)}


@click.command()
@json_option
def boundaries(json_target: str | None) -> None:
    """Measure where precisions begin to blow up, and where precision no longer matters."""
    found = [measure(edge, "blowup") for edge in BLOWUP_EDGES] + [measure(edge, "critical") for edge in CRITICAL_EDGES]
    record = {
        "command": "python -m numerics.precision.boundaries",
        "data": DATA,
        "init": START,
        "steps": STEPS,
        "versions": versions(),
        "boundaries": found,
    }
    if json_target is not None:
        write_json(json_target, record)
        return
    for one in found:
        click.echo(f"2/eta {one['edge']:>4}  {one['kind']:8}  predicted {one['predicted']}  measured {one['measured']}")


if __name__ == "__main__":
    boundaries()
