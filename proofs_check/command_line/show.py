"""Show a statement: what it assumes and what it claims, with its source."""

from __future__ import annotations

import click

from numerics.command_line.output import say, shows_ascii_alone
from proofs_check.command_line.statement_argument import STATEMENT_ID


@click.command(
    epilog="""\b
Examples:
  sharpness show thm-4.3
  sharpness show thm-4.3 --latex
"""
)
@click.argument("identifier", metavar="ID", type=STATEMENT_ID)
@click.option("--latex", is_flag=True, help="Print the relations in LaTeX.")
def show(identifier: str, latex: bool) -> None:
    """Show the statement with an ID: hypotheses, claims, source."""
    from theory.errata import all_errata
    from theory.printing.readable import readable
    from theory.printing.relations import latex_of
    from theory.statements import statement

    errata = all_errata()
    erratum = errata.get(identifier)
    shown = erratum.literal if erratum else statement(identifier)
    lines = [f"{shown.id}  {shown.title}", shown.source]
    if erratum:
        lines += ["", f"The paper says: {erratum.sentence}", f"False as read: {erratum.remark}"]
    for heading, relations in (("Assume", shown.hypotheses), ("Then", shown.claims)):
        if relations:
            lines += ["", heading]
            for name, relation in relations.items():
                printed = latex_of(relation)
                lines.append(f"  {name}: {printed if latex else readable(printed, ascii_only=shows_ascii_alone())}")
    if shown.domains:
        by_sign: dict[str, list[str]] = {}
        for letter, domain in shown.domains.items():
            by_sign.setdefault(domain, []).append(str(letter))
        lines += ["", *(f"{', '.join(letters)}: {domain}" for domain, letters in by_sign.items())]
    if shown.variables:
        lines += ["", "where", *(f"  {letter}: {meaning}" for letter, meaning in shown.variables.items())]
    if shown.remark:
        lines += ["", shown.remark]
    if shown.depends:
        lines += ["", f"It draws on {', '.join(shown.depends)}."]
    say("\n".join(lines))
