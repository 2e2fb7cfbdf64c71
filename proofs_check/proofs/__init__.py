"""Proofs of the paper's items, one file each, with the names of the statements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from proofs_check.engine.proof import Outcome, Step, StepFailure, check_proof
from proofs_check.lookup import module_about
from proofs_check.methods.established import Established
from proofs_check.rules.theorem import Theorem
from theory.errors import StatementError
from theory.language.statement import Statement
from theory.statements import statement


def proof_of(statement: Statement) -> list[Step]:
    """The steps of a statement's proof.

    Raises:
        StatementError: no file has the name of the statement.
    """
    steps: list[Step] = module_about(statement.id, "proofs").proof(statement)
    return steps


@dataclass
class Library:
    """Theorems of statements that others rest on, each proved once.

    Attributes:
        statement: gives a statement by its id.
        proof: gives its steps.
    """

    statement: Callable[[str], Statement]
    proof: Callable[[Statement], list[Step]]
    _known: dict[str, dict[str, Theorem]] = field(default_factory=dict)
    _in_progress: list[str] = field(default_factory=list)

    def theorem(self, identifier: str, claim: str) -> Theorem:
        """The theorem of a statement's claim.

        Raises:
            StepFailure: there is no such claim, or the statement is not proved.
            StatementError: it depends on itself.
        """
        if identifier not in self._known:
            self._known[identifier] = self._prove(identifier)
        theorems = self._known[identifier]
        if claim not in theorems:
            raise StepFailure(f"{identifier} makes no claim {claim!r}")
        return theorems[claim]

    def _prove(self, identifier: str) -> dict[str, Theorem]:
        """Theorems of all claims of a statement."""
        if identifier in self._in_progress:
            circle = ", ".join((*self._in_progress, identifier))
            raise StatementError(f"statements depend on each other in a circle: {circle}")
        self._in_progress.append(identifier)
        try:
            other = self.statement(identifier)
            outcomes, records, state = check_proof(other, self.proof(other))
        finally:
            self._in_progress.pop()
        if any(outcome is not Outcome.PROVED for outcome in outcomes.values()):
            reason = next((f": {one.reason}" for one in records if one.reason), "")
            raise StepFailure(f"{identifier} is not proved{reason}")
        return {name: state.facts[name] for name in other.claims}


LIBRARY = Library(statement, proof_of)
"""The paper's items."""

established = partial(Established, LIBRARY.theorem)
"""A claim of another of the paper's items, as a method: its id, the name of its claim, and what is called otherwise."""
