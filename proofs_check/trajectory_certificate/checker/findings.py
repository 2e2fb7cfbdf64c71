"""What the enclosures of one run show of a claim."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from operator import mul
from typing import Any

from proofs_check.trajectory_certificate.checker.claim import Claim
from proofs_check.trajectory_certificate.checker.descent import Descent, Number, dot, products
from proofs_check.trajectory_certificate.checker.enclosure import Enclosure
from proofs_check.trajectory_certificate.checker.exactly import Exactly
from proofs_check.trajectory_certificate.checker.record import check_record
from proofs_check.trajectory_certificate.checker.refused import Open, Refused
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
    run = _run(content, eta, lambda value: Enclosure.of(value, bits))
    data = [Fraction(text) for key in (TABLE if "features" in content else SPECTRUM) for text in texts(content[key])]
    exactly = Exactly(lambda: _run(content, eta, Fraction), data)
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


def _run(content: dict[str, Any], eta: Fraction, of: Callable[[Fraction | int], Number]) -> Descent:
    """Give the start of the run in numbers of one kind."""

    def numbers(value: str | list[Any]) -> Any:
        return of(Fraction(value)) if isinstance(value, str) else [numbers(one) for one in value]

    c, v = (numbers(content[key]) for key in WEIGHTS)
    rest = c, v, content["n_samples"], eta, of
    if "features" in content:
        gram, b, label_norm_squared = products(*(numbers(content[key]) for key in TABLE))
        return Descent(gram, b, label_norm_squared, *rest)
    s, d = (numbers(content[key]) for key in SPECTRUM)
    return Trajectory([{i: x * x} for i, x in enumerate(s)], list(map(mul, s, d)), dot(d, d), *rest, s, d)


def texts(value: str | list[Any]) -> list[str]:
    """Give the texts in a text, a list of them, or a list of such lists."""
    return [value] if isinstance(value, str) else [text for entry in value for text in texts(entry)]


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
