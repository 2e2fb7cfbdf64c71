"""Proofs of the paper's items, one file each, with the names of the statements."""

from __future__ import annotations

from functools import cache, partial

from proofs_check.engine.proof import Outcome, Step, StepFailure, check_proof
from proofs_check.lookup import module_about
from proofs_check.methods.established import Established
from proofs_check.rules.theorem import Theorem
from theory.errors import StatementError
from theory.language.statement import Statement
from theory.statements import statement

_in_progress: list[str] = []


def proof_of(statement: Statement) -> list[Step]:
    """The steps of a statement's proof.

    Raises:
        StatementError: no file has the name of the statement.
    """
    steps: list[Step] = module_about(statement.id, "proofs").proof(statement)
    return steps


def theorem_of(identifier: str, claim: str) -> Theorem:
    """The theorem of a statement's claim.

    Raises:
        StepFailure: there is no such claim, or the statement is not proved.
        StatementError: statements that depend on each other in a circle.
    """
    found = _theorems(identifier)
    if claim not in found:
        raise StepFailure(f"{identifier} has no proved claim {claim!r}")
    return found[claim]


@cache
def _theorems(identifier: str) -> dict[str, Theorem]:
    """Theorems of all claims of a statement; none where a claim is open."""
    if identifier in _in_progress:
        raise StatementError(f"statements depend on each other in a circle: {', '.join(_in_progress)}, {identifier}")
    _in_progress.append(identifier)
    try:
        other = statement(identifier)
        outcomes, _, state = check_proof(other, proof_of(other))
    finally:
        _in_progress.pop()
    if any(outcome is not Outcome.PROVED for outcome in outcomes.values()):
        return {}
    return {name: state.facts[name] for name in other.claims}


established = partial(Established, theorem_of)
"""A claim of another of the paper's items, as a method: its id, the name of its claim, and what is called otherwise."""
