"""Mutation testing: whether the checks tell the wrong versions of statements from the true ones.

A false mutant is killed when the proof of the true statement does not carry over to it and an exact instance refutes
it. A mutant that is true all the same says so, and is killed by nothing: its proof is checked instead.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from proofs_check.engine.proof import Outcome
from proofs_check.ledger.verification import verify
from proofs_check.mutants import Mutant
from theory.errors import StatementError


@dataclass(frozen=True)
class MutantRecord:
    """What became of a mutant."""

    statement: str
    name: str
    killed: bool
    """The true statement's proof fails on it, and an instance refutes it."""
    true_all_the_same: bool
    failed_step: str
    """First step of the proof that does not carry over, or the claim that nothing reaches."""
    counterexample: str

    def as_json(self) -> dict[str, str | bool]:
        """The record as plain data."""
        return asdict(self)


def judge(mutant: Mutant) -> MutantRecord:
    """Try to prove a mutant with the true statement's proof, and to refute it at exact instances.

    Raises:
        StatementError: a mutant said to be true that its own proof does not reach.
    """
    if mutant.proof is not None:
        record = verify(mutant.statement, mutant.proof(mutant.statement), mutant.instances, real_data=False)
        if record.outcome is not Outcome.PROVED:
            raise StatementError(f"{mutant.statement.id}, {mutant.name}: said to be true, but {record.reason}")
        return MutantRecord(mutant.statement.id, mutant.name, False, True, "", "")
    record = verify(mutant.statement, instances=mutant.instances, real_data=False)
    failed = next((f"{s.id}: {s.reason}" for s in record.steps if s.outcome is not Outcome.PROVED), "")
    if not failed and not record.proved:
        failed = "the steps no longer reach a claim"
    refuted = record.outcome is Outcome.REFUTED
    return MutantRecord(
        mutant.statement.id,
        mutant.name,
        refuted and not record.proved,
        False,
        failed,
        record.reason if refuted else "",
    )
