"""A statement that somebody brings: refuted by a model of its own hypotheses, or proved by what is known, or open.

First models of the hypotheses are looked for, and claims that fail at one. Then what the hypotheses and the claims say
must have a value. Then the proof of the statement with the same id, and of those that it depends on, is run from the
hypotheses that are given, as far as it goes; what is claimed may follow from what it establishes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flint import arb

from proofs_check.engine.consequence import Consequences
from proofs_check.engine.definedness import see_defined
from proofs_check.engine.foreign import without_foreign
from proofs_check.engine.proof import Goal, Outcome, State, Step, StepRecord, outcomes, run
from proofs_check.instances.evaluation import Truth, at_precision, meets_domains, truth
from proofs_check.instances.instance import Instance
from proofs_check.ledger.verification import StatementRecord, falsehood, is_met
from proofs_check.lookup import module_about
from proofs_check.methods.consequence import Consequence
from proofs_check.models.counterexamples import Models
from proofs_check.models.laws import is_exhibited_at, not_exhibited
from proofs_check.proofs import proof_of
from proofs_check.rules.logic import assume
from proofs_check.rules.theorem import Theorem
from theory.errors import StatementError
from theory.language.checking import checked, see_written
from theory.language.formulas import COMPARISONS, Formula, Kind, compare
from theory.language.losses import worked_out
from theory.language.relations import Relation
from theory.language.statement import Statement
from theory.language.statement_reader import ReadStatement, read
from theory.language.terms import ZERO, Letter
from theory.statements import all_statements

Proof = Callable[[Statement], list[Step]]
NO_MODEL = "no model of the hypotheses was found"
Counterexample = tuple[str, Instance, str]


def verify_own(statement: Statement, proof: Proof | None = None) -> StatementRecord:
    """Check a statement that is not of the ledger's, whatever its id: the record of `prove_own`."""
    return prove_own(statement, proof)[0]


def prove_own(
    statement: Statement, proof: Proof | None = None
) -> tuple[StatementRecord, Statement, Mapping[str, Theorem]]:
    """Check a statement that is not of the ledger's, and give its theorems.

    Args:
        statement: what is checked.
        proof: steps of one's own, tried before everything else.

    Returns:
        The record, the statement that was judged, and a theorem for each claim if it is proved.

    Raises:
        StatementError: it is no valid statement: ill formed, incomplete, or not shown to have a meaning.
    """
    start = time.perf_counter()
    judged = _copy(statement)  # which nobody has in his hands: what is read is what is judged
    given = checked(judged)
    unknown = [one for one in judged.depends if one not in all_statements()]
    if unknown:
        raise StatementError(f"{judged.id}: no statement is called {unknown[0]!r}, which it depends on")
    met, counterexample = _looked(given)

    def record(
        outcome: Outcome,
        reason: str,
        proved: bool = False,
        axioms: tuple[str, ...] = (),
        steps: tuple[StepRecord, ...] = (),
    ) -> StatementRecord:
        seconds = time.perf_counter() - start
        return StatementRecord(judged, outcome, proved, axioms, steps, met, reason, seconds, given.declared)

    if counterexample is not None:
        name, instance, comparison = counterexample
        return record(Outcome.REFUTED, f"{name}: {comparison} for {instance}"), judged, {}
    attempt = _Attempt(State(judged), State(_copy(judged)))
    see_defined({**attempt.trusted.read.domains, **attempt.trusted.read.hypotheses}, attempt.trusted)
    attempt.run(proof)
    claims = outcomes(attempt.trusted)
    see_defined(attempt.trusted.read.claims, attempt.trusted)
    proved = all(outcome is Outcome.PROVED for outcome in claims.values())
    again = checked(judged)
    if [again.hypotheses, again.domains, again.claims] != [given.hypotheses, given.domains, given.claims]:
        raise StatementError(f"{judged.id}: it says something else now than when it was read first")
    outcome, reason = Outcome.PROVED, ""
    if not met and attempt.contradiction():
        outcome, reason = Outcome.VACUOUS, "the hypotheses contradict each other"
    elif not proved:
        outcome, reason = Outcome.OPEN, attempt.why_open(claims) + ("" if met else f"; {NO_MODEL}")
    elif not met:
        outcome, reason = Outcome.VACUOUS, NO_MODEL
    else:
        missing = not_exhibited(given)
        if missing:
            outcome, reason = Outcome.VACUOUS, f"no law was found that meets the hypotheses: {missing}"
    theorems = {name: attempt.trusted.fact(name) for name in judged.claims} if outcome is Outcome.PROVED else {}
    axioms = frozenset[str]().union(*(attempt.trusted.axioms(name) for name in judged.claims))
    return record(outcome, reason, proved, tuple(sorted(axioms)), tuple(attempt.records)), judged, theorems


def _copy(statement: Statement) -> Statement:
    """The statement with mappings of its own, and losses worked out; what is none is left for `checked` to name."""
    if not isinstance(statement, Statement):
        raise StatementError(f"a statement is needed, not a {type(statement).__name__}")
    hypotheses, claims = statement.hypotheses, statement.claims
    return replace(
        statement,
        hypotheses={name: worked_out(one) for name, one in hypotheses.items()}
        if isinstance(hypotheses, Mapping)
        else hypotheses,
        claims=dict(claims) if isinstance(claims, Mapping) else claims,
    )


def _looked(given: ReadStatement) -> tuple[int, Counterexample | None]:
    """At how many instances all hypotheses surely hold, and a claim that surely fails at one, where looking ends."""
    statement, met = given.statement, 0
    with at_precision():
        for instance, names, seen_to in _instances(given):
            if not _meets(statement, instance):
                continue
            met += 1
            failing = _failing(statement, instance, names)
            if failing is not None and is_exhibited_at(given, instance, seen_to):
                return met, failing
    return met, None


def _instances(given: ReadStatement) -> Iterator[tuple[Instance, tuple[str, ...], ReadStatement | None]]:
    """Models of the hypotheses, then known instances, with claims that may fail and who has seen to the laws."""
    for candidate in Models(given).candidates():
        yield candidate.instance, candidate.claims, None
    for instance in _known_instances(given):
        yield instance, tuple(given.statement.claims), read(all_statements()[given.statement.id])


def _meets(statement: Statement, instance: Instance) -> bool:
    """Whether all hypotheses hold, and have a value, at an instance."""
    try:
        return meets_domains(statement, instance) and all(
            is_met(name, hypothesis, instance) for name, hypothesis in statement.hypotheses.items()
        )
    except StatementError:
        return False


def _failing(statement: Statement, instance: Instance, names: tuple[str, ...]) -> Counterexample | None:
    """The first of some claims that surely fails at an instance."""
    for name in names:
        claim = statement.claims[name]
        try:
            if truth(claim, instance) is Truth.VIOLATED:
                return name, instance, falsehood(claim, instance, _short)
        except StatementError:
            continue
    return None


def _short(value: Any) -> str:
    """A number, a ball with the digits that one looks at."""
    return str(value.str(10)) if isinstance(value, arb) else str(value)


def _known_instances(given: ReadStatement) -> Iterator[Instance]:
    """Instances of the true statement with the same id, where what only their maker can see to is the same."""
    true = all_statements().get(given.statement.id)
    if true is None:
        return
    mine, theirs = set(given.hypotheses.values()), set(read(true).hypotheses.values())
    for formula in mine - theirs:
        if formula.kind in (Kind.TOP_EIGENVALUE, Kind.FLOW):
            return
        if formula.kind is Kind.NORMAL and all(formula.data != one.data for one in theirs):
            return
    try:
        yield from getattr(module_about(true.id, "proofs"), "instances", lambda _: ())(given.statement)
    except (KeyError, StopIteration, StatementError):  # it speaks of letters or claims that are not there
        return


@dataclass
class _Attempt:
    """What is tried from a statement's hypotheses.

    Attributes:
        trusted: tells what is said and what may be assumed.
        state: has the same facts, for methods.
    """

    trusted: State
    state: State
    records: list[StepRecord] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    stopped: str = ""

    def run(self, proof: Proof | None) -> None:
        """Run steps of one's own, those of the statements that are drawn on, and last a search for each claim."""
        statement = self.trusted.statement
        if proof is not None:
            self._own(proof)
        for identifier in dict.fromkeys((statement.id, *statement.depends)):
            if identifier in all_statements() and self._left():
                self._elsewhere(all_statements()[identifier])
        for name in self._left():
            for state in (self.trusted, self.state):  # a fact of that name that says something else
                if name in state.facts:
                    state.facts[f"{name} (otherwise)"] = state.facts.pop(name)
            self.records += run([Step(name, statement.claims[name], Consequence())], self.trusted, self.state)

    def _left(self) -> list[str]:
        return [name for name, outcome in outcomes(self.trusted).items() if outcome is not Outcome.PROVED]

    def _own(self, proof: Proof) -> None:
        try:
            steps = list(proof(self.state.statement))
        except Exception as error:  # whatever a user's function raises is its fault, told in one line
            raise StatementError(f"the proof does not run: {type(error).__name__}: {error}") from error
        for step in steps:
            if type(step) is not Step or type(step.claim) is not Relation:
                raise StatementError(f"a proof is a list of Steps, not of {type(step).__name__}: each has a relation")
            see_written(step.claim)
            if step.claim.case is not None and not any(
                step.claim is one for one in self.state.statement.claims.values()
            ):
                raise StatementError(f"{step.id!r}: a step is written as it is read, not as a case of something")
        try:
            self.records += run(steps, self.trusted, self.state)
        except StatementError:
            raise
        except Exception as error:  # a method that is given something else than it needs
            raise StatementError(f"a step of the proof does not run: {type(error).__name__}: {error}") from error
        self.stopped = _first_failure(self.records)

    def _elsewhere(self, true: Statement) -> None:
        """Run a true statement's proof from the hypotheses that are given here."""
        inner = [State(true), State(true)]
        for state in inner:
            state.allowed = self.trusted.formulas
            state.facts.clear()
            state.relations.clear()
        for name, formula in inner[0].read.hypotheses.items():
            theorem = self._shown(formula)
            if theorem is None:
                self.missing.append(f"{true.id} assumes {name!r}, which is not shown here")
                continue
            for state in inner:
                state.add(name, theorem, true.hypotheses[name])
        records = run(proof_of(true), *inner)
        self.records += records
        if not self.stopped:
            self.stopped = _first_failure(records)
        for name, theorem in inner[0].facts.items():
            said = inner[0].relations.get(name)
            if name in inner[0].read.hypotheses or said is None:
                continue
            mine = name in self.trusted.statement.claims and name not in self.trusted.facts
            shown = without_foreign(theorem, self.trusted)
            for state in (self.trusted, self.state):
                state.add(name if mine else f"{true.id}: {name}", shown, said)
        for state in (self.trusted, self.state):
            state.integrable += inner[0].integrable

    def _shown(self, formula: Formula) -> Theorem | None:
        """A theorem for a hypothesis of another statement."""
        hypotheses = self.trusted.read.hypotheses.values()
        if formula in hypotheses:
            return assume(formula)
        mine = frozenset[Letter]().union(*(one.free_letters() for one in hypotheses))
        if formula.kind not in COMPARISONS or not formula.free_letters() <= mine:
            return None
        try:
            return Consequences(self.trusted).theorem(Goal.of_formula(formula))
        except StatementError:
            return None

    def contradiction(self) -> bool:
        """Whether the hypotheses contradict each other."""
        try:
            Consequences(self.trusted).theorem(Goal.of_formula(compare(ZERO, Kind.LESS, ZERO)))
        except StatementError:
            return False
        return True

    def why_open(self, claims: Mapping[str, Outcome]) -> str:
        """Which claims are not proved, what fails first, and what is missing."""
        left = ", ".join(name for name, outcome in claims.items() if outcome is not Outcome.PROVED)
        said = [f"not proved: {left}", self.stopped and f"the first step that fails is {self.stopped}", *self.missing]
        if not self.stopped:
            known = [
                one for one in (self.trusted.statement.id, *self.trusted.statement.depends) if one in all_statements()
            ]
            source = f"from what {', '.join(known)} shows" if known else "from the hypotheses: no proof has the id"
            said.append(f"the search finds no way {source}")
        return "; ".join(filter(None, said))


def _first_failure(records: list[StepRecord]) -> str:
    return next((f"{one.id!r}: {one.reason}" for one in records if one.outcome is not Outcome.PROVED), "")
