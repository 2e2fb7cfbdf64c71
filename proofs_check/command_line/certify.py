"""Prove or refute a claim about the exact trajectory of gradient descent, with a certificate."""

from __future__ import annotations

from pathlib import Path

import click

from numerics.command_line.data_argument import data_argument, describe_sources, say_what_was_understood
from numerics.command_line.output import json_option, say, show_result
from numerics.command_line.run_options import depth_option, init_option, record_every_option
from numerics.data.first_look import in_words
from numerics.exact_trajectory import Verdict, parse_claim
from numerics.interface.given import Given
from numerics.work.progress import bar
from proofs_check.trajectory_certificate.certification import certified, exact_run
from proofs_check.trajectory_certificate.checker import Refused, check, read
from theory.errors import DataFileError

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
reason (status 1). Decimal numbers are exact: 5.477 is 5477/1000. On a table
of numbers there is one weight for each feature, which --init u=U1,...,v=V1
gives; what 'diverges' says is decided for data given by its spectrum alone.

\b
Examples:
  sharpness certify minimal:100,5.477,0.233,0.3,1.414 --step-size 2.5 \\
      --init c=0.1,0.1,v=0.5 --steps 2000 --claim "loss > 1e6" \\
      --out blow_up.json
  sharpness certify minimal:100,5.477,0.233,0.3,1.414 --step-size 5/3 \\
      --init c=0.1,0.1,v=0.5 --steps 3000 \\
      --claim "sharpness < 2/eta after crossing at 991"
  sharpness certify --check blow_up.json
"""
)
@data_argument
@click.option("--step-size", required=True, metavar="ETA", help="Step size, a decimal or a quotient p/q; exact.")
@init_option
@click.option("--steps", type=int, required=True, metavar="T", help="Last step that the claim speaks of.")
@click.option("--claim", "claim_text", required=True, metavar="CLAIM", help="What to decide; see below.")
@depth_option
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
    data: Given,
    step_size: str,
    init: str,
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
    run = exact_run(data, init, step_size, depth)
    say_what_was_understood(data.dataset, json_target)
    found = certified(run, claim, steps, digits=digits, record_every=record_every, max_bits=max_bits)
    kept = None
    if target is not None and found.verdict is not Verdict.UNDECIDED:
        found.save(target)
        kept = str(target)
    record = {"understood": in_words(data.dataset), **found.record(), "certificate": kept}
    said = f"{found}\nkept in {kept}; check it with: sharpness certify --check {kept}" if kept else str(found)
    show_result(record, json_target, lambda: say(said))
    return {Verdict.PROVED: 0, Verdict.REFUTED: REFUTED, Verdict.UNDECIDED: UNDECIDED}[found.verdict]
