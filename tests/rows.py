"""What is printed about a row of the ledger: read once by a process, for all tests that look at it."""

from functools import cache

from proofs_check.engine.proof import Step
from proofs_check.proofs import proof_of
from theory.errata import all_errata
from theory.language.statement import Statement
from theory.statements import all_statements

ROWS = (*all_statements(), *all_errata())


@cache
def with_its_steps(identifier: str) -> tuple[Statement, tuple[Step, ...]]:
    """A statement with the steps of its proof, or the literal reading of an erratum, which has none."""
    if identifier in all_errata():
        return all_errata()[identifier].literal, ()
    found = all_statements()[identifier]
    return found, tuple(proof_of(found))
