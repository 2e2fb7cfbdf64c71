"""Mutation testing: whether a proof carries over to what is false. Each mutant is tried with the proof and at models.

A mutant is refused as no valid statement, refuted by exact numbers, proved by the true statement's proof since it is
true all the same, or open. One that is proved and refuted would show that the checks are unsound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import chain

from proofs_check.engine.proof import Outcome, State, Step, outcomes, run
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
from theory.language.statement_reader import ReadStatement, read

REFUSED, REFUTED, TRUE, OPEN, UNSOUND = "refused", "refuted", "true", "open", "unsound"
ENOUGH = (6, 10, 4)
"""Models of each level of size of what a mutant assumes, where it assumes something else."""
ATTEMPTS = (100, 120, 60)
"""Attempts at them: many a mutant assumes what cannot be."""
TRIES = 50
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
        models = Models(read(true), A_FEW)
        found = list(chain.from_iterable(models.of_level(level) for level in range(len(A_FEW))))
        judged = (_judge(true, mutant, found) for mutant in (mutants_of(true) if mutants is None else mutants))
        return [one for one in judged if one is not None]


def _judge(true: Statement, mutant: Mutant, found: list[Found]) -> MutantRecord | None:
    def record(outcome: str, reason: str = "") -> MutantRecord:
        return MutantRecord(true.id, mutant.kind, mutant.name, outcome, reason)

    try:
        statement = mutant.statement()
        if statement == true:
            return None  # it was simplified to the same
        given = checked(statement)
    except (StatementError, ShapeError, ZeroDivisionError) as error:
        return record(REFUSED, str(error))
    same = dict(statement.hypotheses) == dict(true.hypotheses)
    seen = _at(given, found if same else _of_its_own(given))
    refuted = next((_told(given, instance, names) for instance, names in seen if names), "")
    proved = _proved(given, true)
    if refuted:
        return record(UNSOUND if proved else REFUTED, refuted)
    return record(TRUE if proved else OPEN)


def _at(given: ReadStatement, models: Iterable[Found]) -> Iterator[tuple[Instance, list[str]]]:
    """Models, with the claims that fail there."""
    for one in models:
        names = [name for name, claim in given.claims.items() if fails(claim, one)]
        yield from _checked(given, as_instance(given, one), names) if names else ()


def _of_its_own(given: ReadStatement) -> Iterator[Found]:
    """Models of what a mutant assumes; where there are none of one entry or two, there are none of three."""
    models = Models(given, ENOUGH, ATTEMPTS)
    for level in range(len(ENOUGH)):
        if level < 2 or models.found:
            yield from models.of_level(level)
    yield from models.moved(1, TRIES)


def _checked(given: ReadStatement, instance: Instance, names: list[str]) -> Iterator[tuple[Instance, list[str]]]:
    """The same, where the other evaluation agrees."""
    try:
        claims = given.statement.claims
        yield instance, [name for name in names if truth(claims[name], instance) is Truth.VIOLATED]
    except StatementError:
        return


def _told(given: ReadStatement, instance: Instance, names: list[str]) -> str:
    return f"{names[0]}: {given.statement.claims[names[0]].sense.value} is false for {instance}"


def _proved(given: ReadStatement, true: Statement) -> bool:
    """Whether the true statement's proof reaches every claim; its theorems hold here where they assume no more."""
    statement = given.statement
    try:
        steps = proof_of(statement)
        trusted, state = State(statement, given=given), State(statement, given=given)
        known = LIBRARY.checked(true.id)
        before = {step.id: step for step in known.steps}
        for step in steps:
            theorem = known.state.facts.get(step.id) if _as_before(step, before.get(step.id)) else None
            if proves(theorem, trusted.formula(step.claim), trusted.formulas | set(trusted.domains().values())):
                assert theorem is not None
                for one in (trusted, state):
                    one.add(step.id, theorem, step.claim)
            elif run([step], trusted, state)[0].outcome is not Outcome.PROVED:
                return False  # no proof has a step that it does not need
        return all(outcome is Outcome.PROVED for outcome in outcomes(trusted).values())
    except (StatementError, ShapeError, KeyError, ValueError, TypeError, AttributeError, ZeroDivisionError):
        return False  # the proof cannot even be written for it


def _as_before(step: Step, before: Step | None) -> bool:
    return before is not None and step.claim == before.claim
