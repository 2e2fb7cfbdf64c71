"""Prove or refute a claim about the exact trajectory of gradient descent, with a certificate."""

from __future__ import annotations

import decimal
from fractions import Fraction
from pathlib import Path

import click

from numerics.command_line.data_argument import DataRequest, data_argument, describe_sources, say_what_was_understood
from numerics.command_line.output import json_option, show_result
from numerics.command_line.run_options import depth_option, init_option, record_every_option
from numerics.data.first_look import in_words
from numerics.exact_trajectory import Decision, ExactRun, ExactTable, Verdict, decide, parse_claim
from numerics.work.files import replace_file
from numerics.work.progress import bar
from proofs_check.trajectory_certificate.checker import Refused, check, read
from proofs_check.trajectory_certificate.writer import certificate, text_of
from theory.errors import DataFileError, ParameterError

REFUTED, UNDECIDED = 3, 1


def _check_file(context: click.Context, parameter: click.Parameter, path: Path | None) -> None:
    """Check a certificate and end the command, whatever other arguments there are.

    Raises:
        DataFileError: the certificate is refused.
    """
    if path is None or context.resilient_parsing:
        return
    try:
        with bar("checking") as update:
            proved = check(read(path), lambda step, last: update(step, total=last))
    except Refused as error:
        raise DataFileError(f"{path}: the certificate is refused: {error}") from None
    click.echo(f"The certificate holds: {proved}")
    context.exit()


@click.command(
    epilog=f"""{describe_sources()}

\b
CLAIM is one of
  QUANTITY RELATION LEVEL [after crossing] [at STEP | always]
  diverges
with QUANTITY loss or sharpness, RELATION > or <, and LEVEL a number or
NUMBER/eta. Without a last word the relation is to hold at some step from 0
to T; 'at STEP' says that it holds there and at no earlier step, 'always' at
every step. 'after crossing' speaks of the steps after the first one with a
sharpness above 2/eta, and says that there is one before T. 'diverges' says
that the loss tends to infinity.

\b
The answer is PROVED (status 0), REFUTED (status 3) or UNDECIDED with the
reason (status 1). Decimal numbers are exact: 5.477 is 5477/1000. On a table of
numbers there is one weight for each feature, which --init u=U1,...,v=V1 gives;
what 'diverges' says is decided for data given by its spectrum alone.

\b
Examples:
  sharpness certify minimal:100,5.477,0.233,0.3,1.414 --step-size 2.5 \\
      --init c=0.1,0.1,v=0.5 --steps 2000 --claim "loss > 1e6" --out blow_up.json
  sharpness certify minimal:100,5.477,0.233,0.3,1.414 --step-size 5/3 \\
      --init c=0.1,0.1,v=0.5 --steps 3000 --claim "sharpness < 2/eta after crossing at 991"
  sharpness certify --check blow_up.json
"""
)
@data_argument
@click.option("--step-size", required=True, metavar="ETA", help="Step size, a decimal or a quotient p/q; exact.")
@init_option
@click.option("--steps", type=int, required=True, metavar="T", help="Last step that the claim speaks of.")
@click.option("--claim", "claim_text", required=True, metavar="CLAIM", help="What to decide; see below.")
@depth_option()
@click.option(
    "--digits", type=int, default=20, show_default=True, metavar="K", help="Know every recorded number to K digits."
)
@record_every_option(default=100)
@click.option("--max-bits", type=int, default=16384, show_default=True, metavar="BITS", help="Most precision to try.")
@click.option(
    "--out", "target", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write the certificate."
)
@click.option(
    "--check",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    is_eager=True,
    expose_value=False,
    callback=_check_file,
    help="Re-run the certificate in FILE by the independent checker, and do nothing else.",
)
@json_option
def certify(
    data: DataRequest,
    step_size: str,
    form: str,
    steps: int,
    claim_text: str,
    depth: int,
    digits: int,
    record_every: int,
    max_bits: int,
    target: Path | None,
    json_target: str | None,
) -> int:
    """Decide a CLAIM about gradient descent on DATA as exact arithmetic would run it.

    The trajectory is enclosed in balls, with more and more bits until every comparison that the claim needs is
    certain. A run that blows up is proved to do so for ever: it enters a region that no step leaves.
    --out keeps a certificate, which a small checker that shares no code with this re-runs in whole numbers.
    """
    claim = parse_claim(claim_text)
    dataset = data.load()
    given = dataset.exact_singular_values is not None
    run = (ExactRun if given else ExactTable).of(dataset, form, step_size, depth, data.seed)
    say_what_was_understood(dataset, json_target)
    with bar("enclosing", steps) as update:
        decision = decide(
            run,
            claim,
            steps,
            digits=digits,
            record_every=record_every,
            max_bits=max_bits,
            progress=lambda bits, step: update(step, f"{bits} bits"),
        )
    sentence, kept = "", None
    if decision.verdict is not Verdict.UNDECIDED:
        text = text_of(certificate(decision))
        sentence = _checked(text, decision)
        if target is not None:
            replace_file(target, text.encode())
            kept = str(target)
    record = {"understood": in_words(dataset), **_record(decision, sentence, kept)}
    show_result(record, json_target, lambda: _print(decision, sentence, kept))
    return {Verdict.PROVED: 0, Verdict.REFUTED: REFUTED, Verdict.UNDECIDED: UNDECIDED}[decision.verdict]


def _checked(text: str, decision: Decision) -> str:
    """The sentence that the certificate of a decision proves, by the checker's word.

    Raises:
        ParameterError: the certificate is beyond the checker's limits.
    """
    try:
        with bar("checking") as update:
            return check(text, lambda step, last: update(step, total=last))
    except Refused as error:
        raise ParameterError(
            f"the balls say {decision.verdict.value}, but the certificate is refused: {error}"
        ) from None


def _record(decision: Decision, sentence: str, kept: str | None) -> dict[str, object]:
    radii = [rounded_up(radius) for radius in decision.radii]
    rank = len(decision.run.coefficients)
    return {
        "claim": decision.claim.text,
        "verdict": decision.verdict.value,
        "sentence": sentence or None,
        "reason": decision.reason or None,
        "bits": decision.bits,
        "last_step": decision.last_step,
        "crossing_step": decision.crossing_step,
        "escape_step": decision.escape_step,
        "radii": {"coefficients": radii[:rank], "layers": radii[rank:]} if radii else None,
        "certificate": kept,
    }


def _print(decision: Decision, sentence: str, kept: str | None) -> None:
    if decision.verdict is Verdict.UNDECIDED:
        click.echo(f"UNDECIDED: {decision.reason}")
    else:
        click.echo(f"{decision.verdict.value}: {sentence}")
        click.echo(f"precision  {decision.bits} bits")
        rank = len(decision.run.coefficients)
        names = [f"{decision.run.letter}_{i + 1}" for i in range(rank)] + [
            f"v_{j + 1}" for j in range(decision.run.depth - 1)
        ]
        radii = ", ".join(f"{name} {rounded_up(r)}" for name, r in zip(names, decision.radii, strict=True))
        click.echo(f"radii      {radii} at step {decision.last_step}")
    if kept is not None:
        click.echo(f"kept in {kept}; check it with: sharpness certify --check {kept}")


def rounded_up(radius: Fraction) -> str:
    """Round a radius up to three digits, however small it is.

    >>> rounded_up(Fraction(1, 3)), rounded_up(Fraction(0))
    ('3.34e-1', '0')
    """
    exact = decimal.Context(3, decimal.ROUND_CEILING, decimal.MIN_EMIN, decimal.MAX_EMAX)
    value = exact.divide(decimal.Decimal(radius.numerator), decimal.Decimal(radius.denominator))
    return f"{value:.2e}".replace("e+", "e") if value else "0"
