"""Proofs of the paper's items, one file each, with the names of the statements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from proofs_check.engine.proof import Method, Outcome, State, Step, StepFailure, StepRecord, check_proof
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


@dataclass(frozen=True)
class Checked:
    """What became of a statement's proof, as `check_proof` tells it."""

    steps: list[Step]
    claims: dict[str, Outcome]
    records: list[StepRecord]
    state: State


@dataclass
class Library:
    """Statements that others rest on, each proved once.

    Attributes:
        statement: gives a statement by its id.
        proof: gives its steps.
    """

    statement: Callable[[str], Statement]
    proof: Callable[[Statement], list[Step]]
    _known: dict[str, Checked] = field(default_factory=dict)
    _in_progress: list[str] = field(default_factory=list)

    def theorem(self, identifier: str, claim: str) -> Theorem:
        """The theorem of a statement's claim.

        Raises:
            StepFailure: there is no such claim, or the statement is not proved.
            StatementError: it depends on itself.
        """
        proof = self.checked(identifier)
        if any(outcome is not Outcome.PROVED for outcome in proof.claims.values()):
            reason = next((f": {one.reason}" for one in proof.records if one.reason), "")
            raise StepFailure(f"{identifier} is not proved{reason}")
        if claim not in proof.claims:
            raise StepFailure(f"{identifier} makes no claim {claim!r}")
        return proof.state.facts[claim]

    def checked(self, identifier: str) -> Checked:
        """A statement's proof, checked once.

        Raises:
            StatementError: it depends on itself, or is not well formed.
        """
        if identifier not in self._known:
            self._known[identifier] = self._check(identifier)
        return self._known[identifier]

    def _check(self, identifier: str) -> Checked:
        if identifier in self._in_progress:
            circle = ", ".join((*self._in_progress, identifier))
            raise StatementError(f"statements depend on each other in a circle: {circle}")
        self._in_progress.append(identifier)
        try:
            other = self.statement(identifier)
            steps = self.proof(other)
            return Checked(steps, *check_proof(other, steps))
        finally:
            self._in_progress.pop()


LIBRARY = Library(statement, proof_of)
"""The paper's items."""

established = partial(Established, LIBRARY.theorem)
"""A claim of another of the paper's items, as a method: its id, the name of its claim, and what is called otherwise."""


def taken_over(identifier: str, claim: str, name: str = "") -> Step:
    """The step to a claim of another of the paper's items, in its own letters, under its own name or another."""
    return Step(name or claim, statement(identifier).claims[claim], established(identifier, claim))


Claim = Callable[[str, Method], Step]
"""The step to a claim, from its name, which is the step's too, and a method."""


def claims_of(statement: Statement) -> Claim:
    """The steps to a statement's claims."""
    return lambda name, method: Step(name, statement.claims[name], method)
