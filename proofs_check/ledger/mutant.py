"""Wrong versions of statements: what the checks must tell from the true ones.

A false mutant is killed when the proof of the true statement does not carry over to it and an exact instance refutes
it. A mutant that is true all the same says so, and is killed by nothing: its proof is checked instead.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace

from proofs_check.engine.proof import Outcome, Step
from proofs_check.instances.evaluation import Instance
from proofs_check.ledger.ledger import verify
from theory.errors import StatementError
from theory.language.relations import Relation
from theory.language.statement import Hypothesis, Statement, file_name
from theory.statements import all_statements

Instances = Callable[[Statement], Iterator[Instance]]


@dataclass(frozen=True)
class Mutant:
    """One wrong version of a statement.

    Attributes:
        name: what was changed, in a few words.
        statement: the wrong version, under the id of the true one.
        instances: where to look for a counterexample, if not among the true statement's instances: a mutant that
            lost a hypothesis needs instances that do not meet it.
        proof: steps that prove the mutant where it is true all the same; None for a false one.
    """

    name: str
    statement: Statement
    instances: Instances | None = None
    proof: Callable[[Statement], list[Step]] | None = None


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


def with_claim(statement: Statement, name: str, relation: Relation) -> Statement:
    """The statement with one claim replaced.

    Raises:
        StatementError: there is no such claim, or it is replaced by itself.
    """
    if name not in statement.claims:
        raise StatementError(f"{statement.id} has no claim {name!r}")
    if statement.claims[name] == relation:
        raise StatementError(f"the mutant of {statement.id}, {name}, changes nothing")
    return replace(statement, claims={**statement.claims, name: relation})


def with_hypothesis(statement: Statement, name: str, hypothesis: Hypothesis) -> Statement:
    """The statement with one hypothesis replaced."""
    if statement.hypotheses.get(name) == hypothesis:
        raise StatementError(f"the mutant of {statement.id}, {name}, changes nothing")
    return replace(statement, hypotheses={**statement.hypotheses, name: hypothesis})


def without_hypothesis(statement: Statement, name: str) -> Statement:
    """The statement with one hypothesis dropped."""
    if name not in statement.hypotheses:
        raise StatementError(f"{statement.id} has no hypothesis {name!r}")
    return replace(statement, hypotheses={k: h for k, h in statement.hypotheses.items() if k != name})


def all_mutants(identifier: str | None = None) -> Iterator[Mutant]:
    """Every mutant of every statement, or of one; found by the file names in `proofs_check.mutants`."""
    import proofs_check.mutants as package

    modules = {module.name for module in pkgutil.iter_modules(package.__path__)}
    for statement in all_statements().values():
        name = file_name(statement.id)
        if identifier in (None, statement.id) and name in modules:
            yield from importlib.import_module(f"proofs_check.mutants.{name}").mutants(statement)


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
