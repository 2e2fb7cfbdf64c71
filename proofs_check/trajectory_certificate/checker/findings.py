"""What the enclosures of one run show of a claim."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from proofs_check.trajectory_certificate.checker.claim import Claim
from proofs_check.trajectory_certificate.checker.enclosure import Enclosure
from proofs_check.trajectory_certificate.checker.exactly import Exactly
from proofs_check.trajectory_certificate.checker.record import check_record
from proofs_check.trajectory_certificate.checker.refused import Open, Refused
from proofs_check.trajectory_certificate.checker.table import Table
from proofs_check.trajectory_certificate.checker.trajectory import Trajectory

Watcher = Callable[[int, int], None]
SPECTRUM = ("singular_values", "label_coefficients")
TABLE = ("features", "labels")
WEIGHTS = ("coefficients", "layers")


@dataclass(frozen=True)
class Findings:
    """Where and how a claim was decided.

    Attributes:
        verdict: PROVED or REFUTED.
        words: what the trajectory does.
        last_step: the step that decided.
        crossing_step: first step with a sharpness above 2/eta, where the claim speaks of it.
        escape_step: first step in the escape region.
    """

    verdict: str
    words: str
    last_step: int
    crossing_step: int | None
    escape_step: int | None


def follow(content: dict[str, Any], bits: int, progress: Watcher | None = None) -> Findings:
    """Run the trajectory with `bits` bits after the point until the claim is decided, and check every record.

    Raises:
        Open: a comparison or a record needs more bits.
        Refused: a record is wrong, or the claim is not decided at the last step.
    """
    eta = Fraction(content["step_size"])
    run, exactly = _run(content, eta, bits)
    claim = Claim.read(content["claim"], eta)
    if claim.step is not None and claim.step > content["steps"]:
        raise Refused(f"the claim speaks of step {claim.step}, the run of steps up to {content['steps']}")
    records = {record["step"]: record for record in content["records"]}
    crossing: int | None = None
    escape: int | None = None
    decided: tuple[str, str] | None = None

    def told(side: int) -> bool:
        if side == 0:
            raise Open(f"a comparison at step {step} is open")
        return side > 0

    for step in range(content["last_step"] + 1):
        if step:
            run.step()
        if progress is not None:
            progress(step, content["last_step"])
        if step in records:
            check_record(records[step], run, content["digits"])
        if escape is None and told(run.escape_side()):
            escape = step
        if not claim.quantity:
            decided = None if escape is None else ("PROVED", "the weights enter the escape region")
        elif claim.after_crossing and crossing is None:
            crossing = step if step < content["steps"] and told(run.sharpness_side(2 / eta)) else None
        else:
            if claim.quantity == "loss":
                side = run.loss_side(claim.level)
                at_level = side == 0 and exactly.loss_is(step, claim.level)
            else:
                side, at_level = run.sharpness_side(claim.level), False
            decided = claim.after(step, not at_level and told(side) is claim.above)
            if decided is None and escape is not None and run.floor_exceeds(claim.quantity, claim.level):
                decided = claim.above_for_ever(step)
        if decided is None and step == content["steps"]:
            decided = claim.at_the_end(step, crossing is not None)
        if decided is not None:
            break
    if decided is None or step != content["last_step"]:
        raise Refused(f"the claim is {'still open' if decided is None else 'decided'} at step {step}")
    return Findings(*decided, step, crossing, escape)


def _run(content: dict[str, Any], eta: Fraction, bits: int) -> tuple[Trajectory | Table, Exactly]:
    """Give the start of the run, in enclosures and as rationals."""
    c, v = ([Fraction(x) for x in content[key]] for key in WEIGHTS)
    near_c, near_v = ([Enclosure.of(x, bits) for x in weights] for weights in (c, v))
    n = content["n_samples"]
    if "features" in content:
        X, y = [[Fraction(x) for x in row] for row in content["features"]], [Fraction(x) for x in content["labels"]]
        return Table(X, y, near_c, near_v, eta, bits), Exactly(X, y, c, v, n, eta)
    s, d = ([Fraction(x) for x in content[key]] for key in SPECTRUM)
    diagonal = [[x if i == k else Fraction(0) for k in range(len(s))] for i, x in enumerate(s)]
    near_s, near_d = ([Enclosure.of(x, bits) for x in values] for values in (s, d))
    return Trajectory(n, near_s, near_d, near_c, near_v, eta, bits), Exactly(diagonal, d, c, v, n, eta)


def sentence(content: dict[str, Any], found: Findings) -> str:
    """Say in full what is proved."""
    c, v = (", ".join(content[key]) for key in WEIGHTS)
    letter, data = "c", ""
    if "features" in content:
        letter = "u"
        data = f"the {content['n_samples']} x {len(content['coefficients'])} table of the certificate"
    else:
        s, d = (", ".join(content[key]) for key in SPECTRUM)
        data = f"data with N = {content['n_samples']}, s = ({s}), d = ({d})"
    crossing, escape = "", ""
    if found.crossing_step is not None:
        crossing = f"the sharpness exceeds 2/eta for the first time at step {found.crossing_step}; after that "
    if found.escape_step is not None:
        layers = "v" if len(content["layers"]) == 1 else "every v_j"
        escape = (
            f"; from step {found.escape_step} on every step at least doubles c_1 and {layers}, and the loss tends to "
            "infinity"
        )
    return (
        f"In exact arithmetic, gradient descent with step size {content['step_size']} from {letter} = ({c}), v = ({v}) "
        f"on {data}: {crossing}{found.words}{escape}. "
        f"The claim {content['claim']!r} about the steps 0 to {content['steps']} is {found.verdict}."
    )
