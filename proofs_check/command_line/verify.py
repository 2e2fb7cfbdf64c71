"""Check every statement's proof and show what is proved, how, and what it rests on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from numerics.command_line.output import STDOUT, json_option, shows_ascii_alone, write_json
from numerics.work.files import replace_file
from numerics.work.progress import watched
from proofs_check.command_line.ledger_table import (
    kernel_parts,
    ledger_parts,
    mutant_parts,
    page,
    show,
)
from proofs_check.command_line.own_files import check_file
from proofs_check.command_line.statement_argument import STATEMENT_ID

if TYPE_CHECKING:
    from proofs_check.kernel.assumptions import KernelReport


@click.command(
    epilog="""\b
Examples:
  sharpness verify
  sharpness verify thm-4.3 -v
  sharpness verify --fresh --jobs 2 --json ledger.json
  sharpness verify --html ledger.html
  sharpness verify --mutants
  sharpness verify --statement my_version_of_thm_4_3.py
  sharpness verify --statement my_own.py --proof my_steps.py
  sharpness verify --statement my_own.py --coq my_own.v
  sharpness verify --coq
"""
)
@click.argument("identifiers", nargs=-1, metavar="[ID]...", type=STATEMENT_ID)
@click.option("-v", "--verbose", is_flag=True, help="Show every step with its claim, and what all rests on.")
@json_option
@click.option(
    "--html", "html_target", metavar="FILE", type=click.Path(dir_okay=False), help="Write it with every step as a page."
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    help="Processes to check on; by default one on every core.",
)
@click.option("--fresh", is_flag=True, help="Check everything anew; ignore results kept from earlier runs.")
@click.option("--mutants", is_flag=True, help="Check wrong statements and unsound rules instead, and print the score.")
@click.option(
    "--statement",
    "statement_file",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    help="Check the STATEMENT in a Python file, whatever its id. The file is run.",
)
@click.option(
    "--proof",
    "proof_file",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    help="With --statement: steps of your own, which the function proof(statement) in a Python file returns.",
)
@click.option(
    "--coq",
    "coq_file",
    is_flag=False,
    flag_value="",
    metavar="[OUT.v]",
    type=click.Path(dir_okay=False),
    help="Compile every proof in Coq first and have it say what each assumes. With --statement: write the proof as "
    "OUT.v, which coqc accepts beside the compiled kernel of the ledger.",
)
def verify(
    identifiers: tuple[str, ...],
    verbose: bool,
    json_target: str | None,
    html_target: str | None,
    jobs: int | None,
    fresh: bool,
    mutants: bool,
    statement_file: str | None,
    proof_file: str | None,
    coq_file: str | None,
) -> int:
    """Check the proofs of the statements with the given IDs, or of all of them.

    A statement is proved when every claim follows by small mechanical steps for all sizes; refuted when an exact
    instance violates a claim; vacuous when nothing meets its hypotheses; else open. Status 0 when nothing is open,
    refuted or vacuous, else 1. Results are kept by content, so that nothing unchanged is checked twice.

    A statement of your own is proved by your steps, by the proof of the statement with its id or of those that it
    depends on, and by what follows of these; it is refuted by the simplest numbers that meet its hypotheses and not a
    claim. Status 0 when it is proved, 1 when it is not, 2 when it is no valid statement.
    """
    from proofs_check.ledger.coq_evidence import with_kernel
    from proofs_check.ledger.document import exit_status, ledger
    from proofs_check.ledger.tasks import ledger_tasks, mutant_tasks, of_kind
    from proofs_check.soundness.wrong_kernels.tasks import kernel_tasks
    from theory.printing.relations import latex_of

    if proof_file is not None and statement_file is None:
        raise click.UsageError("--proof needs --statement")
    if coq_file and statement_file is None:
        raise click.UsageError(f"--coq {coq_file} needs --statement; --coq alone, after the IDs, compiles every proof")
    if coq_file == "" and (statement_file is not None or mutants):
        raise click.UsageError("--coq needs OUT.v with --statement, and does not go with --mutants")
    if mutants:
        tasks = [*mutant_tasks(identifiers), *([] if identifiers else kernel_tasks())]
        records = _perform(tasks, jobs, fresh)
        of_statements, of_rules = (of_kind(kind, tasks, records) for kind in ("mutants", "rule"))
        judged = [mutant for record in of_statements for mutant in record["mutants"]]
        kernels = [kernel for record in of_rules for kernel in record["kernels"]]
        if json_target is not None:
            write_json(json_target, {"mutants": judged, "kernels": kernels})
        if json_target != STDOUT:
            show([*mutant_parts(of_statements, verbose), *kernel_parts(of_rules, verbose)])
        unsound = [one for one in judged if one["outcome"] == "unsound"]
        alive = [one for one in kernels if not one["killed"]]
        return int(bool(unsound or alive))
    if statement_file is not None:
        statements, errata = [check_file(statement_file, proof_file, coq_file)], []
    else:
        tasks = ledger_tasks(identifiers, latex_of)
        records = _perform(tasks, jobs, fresh)
        statements, errata = (of_kind(kind, tasks, records) for kind in ("statement", "erratum"))
    whole = with_kernel(ledger(statements, errata), _compiled() if coq_file == "" else None)
    if json_target is not None:
        write_json(json_target, whole)
    if html_target is not None:
        replace_file(Path(html_target), page(ledger_parts(whole, True)).encode())
    if json_target != STDOUT:
        show(ledger_parts(whole, verbose, ascii_only=shows_ascii_alone()))
    if coq_file:
        click.echo(statements[0]["coq"]["told"], err=json_target == STDOUT)
        return exit_status(whole) or int(not statements[0]["coq"]["written"])
    return exit_status(whole)


def _compiled() -> KernelReport:
    """What Coq says of every proof, compiled now where it is out of date.

    Raises:
        click.ClickException: Coq is not installed, or refuses something; the message is its first problem.
    """
    from proofs_check.kernel import coq
    from proofs_check.kernel.assumptions import check

    if not coq.installed():
        raise click.ClickException("Coq is not installed (Debian: coq, libcoq-coquelicot, make)")
    click.echo("Coq compiles the proofs: some minutes the first time", err=True)
    report = check()
    if report.problems:
        raise click.ClickException(f"Coq: {' '.join(report.problems[0].split())[:400]}")
    return report


def _perform(tasks: list[Any], jobs: int | None, fresh: bool) -> list[dict[str, Any]]:
    """Do the tasks and tell on stderr how far they are; records in the order of the tasks."""
    from proofs_check.ledger.tasks import checked

    with watched(tasks) as ended:
        return checked(tasks, jobs, fresh=fresh, ended=ended)
