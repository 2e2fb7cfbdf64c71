"""Mutation testing: whether a proof carries over to what is false. Each mutant is tried with the proof and at models.

A mutant is refused as no valid statement, refuted by exact numbers, proved by the true statement's proof since it is
true all the same, or open. One that is proved and refuted would show that the checks are unsound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import chain
from types import SimpleNamespace
from typing import Any

from proofs_check.engine.proof import Outcome, State, outcomes, run
from proofs_check.instances.evaluation import Truth, at_precision, truth
from proofs_check.instances.instance import Instance
from proofs_check.models.counterexamples import A_FEW, Models, as_instance, fails
from proofs_check.models.search import Found
from proofs_check.mutants import Mutant, mutants_of
from proofs_check.proofs import LIBRARY, proof_of
from proofs_check.rules.theorem import proves
from theory.errors import ShapeError, StatementError
from theory.language.checking import checked
from theory.language.statement import Statement
from theory.language.statement_reader import Readings, ReadStatement, read

REFUSED, REFUTED, TRUE, OPEN, UNSOUND = "refused", "refuted", "true", "open", "unsound"
ATTEMPTS_AT_THE_TRUE = (120, 400, 60)
"""Attempts at models of the true statement, of each level of size."""
ENOUGH = (3, 8, 3)
"""Models of each level of what a mutant assumes, where it assumes something else."""
ATTEMPTS = (30, 80, 40)
"""Attempts at them: many a mutant assumes what cannot be."""
TRIES = 10
"""Numbers that are moved to where a claim has less to spare."""


@dataclass(frozen=True)
class MutantRecord:
    """What became of a mutant: how it ended, and the message or the counterexample."""

    statement: str
    kind: str
    name: str
    outcome: str
    reason: str = ""

    def as_json(self) -> dict[str, str]:
        """The record as plain data."""
        return asdict(self)


def judge_mutants(true: Statement, mutants: Iterable[Mutant] | None = None) -> list[MutantRecord]:
    """Try mutants of a statement, by default all that are made as a rule."""
    with at_precision():
        judge = _Judge(true)
        judged = (judge.record(mutant) for mutant in (mutants_of(true) if mutants is None else mutants))
        return [one for one in judged if one is not None]


class _Judge:
    """Tries mutants of one statement, with what was found for that one: its parts' formulas, models, their orders."""

    def __init__(self, true: Statement) -> None:
        self.true = true
        self.readings = Readings()
        self.models = Models(read(true, self.readings), A_FEW, ATTEMPTS_AT_THE_TRUE)
        self.found = list(chain.from_iterable(self.models.of_level(level) for level in range(len(A_FEW))))

    @cached_property
    def proof_reads_claims_alone(self) -> bool:
        """Whether the steps are the same whatever is assumed."""
        claims_alone: Any = SimpleNamespace(id=self.true.id, claims=self.true.claims)
        try:
            proof_of(claims_alone)
        except AttributeError:
            return False
        return True

    def record(self, mutant: Mutant) -> MutantRecord | None:
        """What becomes of a mutant; None where it says the same."""

        def record(outcome: str, reason: str = "") -> MutantRecord:
            return MutantRecord(self.true.id, mutant.kind, mutant.name, outcome, reason)

        try:
            statement = mutant.statement()
            if statement == self.true:
                return None  # it was simplified to the same
            given = checked(statement, self.readings)
        except (StatementError, ShapeError, ZeroDivisionError) as error:
            return record(REFUSED, str(error))
        same = dict(statement.hypotheses) == dict(self.true.hypotheses)
        seen = _at(given, self.found if same else self._models_of(given))
        refuted = next((_told(given, instance, names) for instance, names in seen if names), "")
        proved = self._proved(given)
        if refuted:
            return record(UNSOUND if proved else REFUTED, refuted)
        return record(TRUE if proved else OPEN)

    def _models_of(self, given: ReadStatement) -> Iterator[Found]:
        """Models of what a mutant assumes; where there are none of one entry or two, there are none of three."""
        models = Models(given, ENOUGH, ATTEMPTS)
        letters = frozenset(models.search.letters)
        models.search.orders += [order for order in self.models.search.orders if letters == frozenset(order)]
        for level in range(len(ENOUGH)):
            if level < 2 or models.found:
                yield from models.of_level(level)
        yield from models.moved(1, TRIES)

    def _proved(self, given: ReadStatement) -> bool:
        """Whether the true statement's proof reaches every claim; its theorems hold here where they assume no more."""
        statement = given.statement
        try:
            same = self.proof_reads_claims_alone and dict(statement.claims) == dict(self.true.claims)
            steps = LIBRARY.checked(self.true.id).steps if same else proof_of(statement)
            trusted, state = State(statement, given=given), State(statement, given=given)
            known = LIBRARY.checked(self.true.id)
            before = {step.id: step.claim for step in known.steps}
            for step in steps:
                theorem = known.state.facts.get(step.id) if step.claim == before.get(step.id) else None
                if theorem is not None:
                    said = self.readings(before[step.id], trusted.read.reader)
                    if proves(theorem, said, trusted.formulas | set(trusted.domains().values())):
                        for one in (trusted, state):
                            one.add(step.id, theorem, step.claim)
                        continue
                if run([step], trusted, state)[0].outcome is not Outcome.PROVED:
                    return False  # no proof has a step that it does not need
            return all(outcome is Outcome.PROVED for outcome in outcomes(trusted).values())
        except (StatementError, ShapeError, KeyError, ValueError, TypeError, AttributeError, ZeroDivisionError):
            return False  # the proof cannot even be written for it


def _at(given: ReadStatement, models: Iterable[Found]) -> Iterator[tuple[Instance, list[str]]]:
    """Models, with the claims that fail there."""
    for one in models:
        names = [name for name, claim in given.claims.items() if fails(claim, one)]
        yield from _checked(given, as_instance(given, one), names) if names else ()


def _checked(given: ReadStatement, instance: Instance, names: list[str]) -> Iterator[tuple[Instance, list[str]]]:
    """The same, where the other evaluation agrees."""
    try:
        claims = given.statement.claims
        yield instance, [name for name in names if truth(claims[name], instance) is Truth.VIOLATED]
    except StatementError:
        return


def _told(given: ReadStatement, instance: Instance, names: list[str]) -> str:
    return f"{names[0]}: {given.statement.claims[names[0]].sense.value} is false for {instance}"
