"""Wrong versions of each statement, one file for each, with the names of the statements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from proofs_check.engine.proof import Step
from proofs_check.instances.instance import Instance
from proofs_check.lookup import module_about
from theory.errors import StatementError
from theory.language.relations import Relation
from theory.language.statement import Hypothesis, Statement

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


def mutants_of(statement: Statement) -> list[Mutant]:
    """The wrong versions of a statement.

    Raises:
        StatementError: no file has the name of the statement.
    """
    return list(module_about(statement.id, "mutants").mutants(statement))


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
