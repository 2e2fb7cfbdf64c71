"""One row of the ledger: what is proved, by which steps, resting on which axioms, and where it was seen to hold.

A statement is PROVED when every claim is reached by established steps and at least one exact instance met all its
hypotheses. It is REFUTED when a claim surely fails at an instance that surely meets the hypotheses, whatever the
steps say. It is VACUOUS when no instance meets the hypotheses, or no law those about chance, and OPEN otherwise.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from proofs_check.engine.definedness import see_defined
from proofs_check.engine.proof import Outcome, Step, StepRecord, check_proof, unused_steps
from proofs_check.engine.trusted_base import TRUSTED_BASE
from proofs_check.instances.evaluation import (
    NoValueError,
    Truth,
    at_precision,
    meets_domains,
    truth,
    truth_of_hypothesis,
    violated_case,
)
from proofs_check.instances.instance import Instance
from proofs_check.lookup import module_about
from proofs_check.models.counterexamples import A_FEW, ATTEMPTS_AT_A_FEW, Models
from proofs_check.models.laws import is_exhibited_at, not_exhibited
from proofs_check.proofs import LIBRARY, Checked, proof_of
from theory.errors import StatementError
from theory.language.checking import see_chance
from theory.language.erratum import Erratum
from theory.language.relations import Relation
from theory.language.statement import Hypothesis, Statement
from theory.language.statement_reader import ReadStatement, read
from theory.statements import all_statements, is_stated

Printed = Callable[[Hypothesis], str]
"""How a record's relations are printed, which is for those to say who show it."""
Instances = Callable[[Statement], Iterator[Instance]]
"""Exact points at which a statement is looked at."""


@dataclass(frozen=True)
class StatementRecord:
    """What the ledger holds of one statement."""

    statement: Statement
    outcome: Outcome
    proved: bool
    """Whether the steps reach every claim, whatever the instances say."""
    axioms: tuple[str, ...]
    steps: tuple[StepRecord, ...]
    instances: int
    """Exact instances that met all hypotheses, at each of which every claim was evaluated."""
    reason: str
    """Why the statement is not proved, or the counterexample; empty where it is."""
    seconds: float
    domains: Mapping[str, str]
    """What is taken for granted of letters and functions, by their names."""

    def as_json(self, printed: Printed) -> dict[str, Any]:
        """The record in the ledger's schema, with its relations printed."""
        return {
            "id": self.statement.id,
            "title": self.statement.title,
            "source": self.statement.source,
            "sense": self.statement.sense,
            "outcome": self.outcome.value,
            "reason": self.reason,
            "axioms": list(self.axioms),
            "instances": self.instances,
            "hypotheses": {name: printed(h) for name, h in self.statement.hypotheses.items()},
            "domains": dict(self.domains),
            "claims": {name: printed(claim) for name, claim in self.statement.claims.items()},
            "steps": [
                {
                    **vars(step),
                    "claim": printed(step.claim),
                    "outcome": step.outcome.value,
                    "scope": step.scope.value,
                    "axioms": list(step.axioms),
                    "seconds": round(step.seconds, 6),
                }
                for step in self.steps
            ],
            "seconds": round(self.seconds, 6),
        }


@dataclass(frozen=True)
class ErratumRecord:
    """What the ledger holds of a sentence that is false as literally read."""

    erratum: Erratum
    outcome: Outcome
    """REFUTED, which is what an erratum is there for; anything else is a failure."""
    witness: str
    seconds: float

    def as_json(self, printed: Printed) -> dict[str, Any]:
        """The record in the ledger's schema, with its relations printed."""
        return {
            "id": self.erratum.literal.id,
            "title": self.erratum.literal.title,
            "source": self.erratum.literal.source,
            "sentence": self.erratum.sentence,
            "outcome": self.outcome.value,
            "witness": self.witness,
            "true_form": list(self.erratum.true_form),
            "remark": self.erratum.remark,
            "hypotheses": {name: printed(h) for name, h in self.erratum.literal.hypotheses.items()},
            "claims": {name: printed(claim) for name, claim in self.erratum.literal.claims.items()},
            "seconds": round(self.seconds, 6),
        }


def verify(
    statement: Statement,
    steps: list[Step] | None = None,
    instances: Instances | None = None,
    *,
    real_data: bool = True,
) -> StatementRecord:
    """Check one statement: its proof, its instances, its claims on real data.

    Args:
        statement: what is checked; a wrong version of a statement is checked by the proof of the true one.
        steps: the proof, by default the one in `proofs_check.proofs` under the statement's id.
        instances: where the claims are evaluated; by default the instances in the proof's file, where it has some, and
            else models of the hypotheses.
        real_data: whether to enclose the claims on real data too.

    Raises:
        StatementError: no proof has the statement's id, the proof is not well formed, chance is not declared as it
            must be, or something that a proved statement says need not have a value.
    """
    start = time.perf_counter()
    module = module_about(statement.id, "proofs")
    with at_precision():
        proof = _checked(statement, steps)
        claims, records, state = proof.claims, proof.records, proof.state
        see_chance(state.read)
        if steps is None and not any(outcome is Outcome.OPEN for outcome in claims.values()):
            unused = unused_steps(statement, proof.steps, state)
            if unused:
                raise StatementError(f"{statement.id}: no claim rests on the steps {', '.join(unused)}")
        seen_to = read(all_statements()[statement.id]) if hasattr(module, "instances") else None
        met, counterexample = _try_instances(statement, instances or instances_of, state.read, seen_to)
        enclosures = list(module.on_real_data(statement)) if real_data and hasattr(module, "on_real_data") else []
    axioms = sorted(frozenset[str]().union(*(state.axioms(name) for name in statement.claims)))
    outcome, reason = _judge(claims, records, met, counterexample, enclosures)
    if outcome is Outcome.PROVED:
        see_defined({**state.read.domains, **state.read.hypotheses, **state.read.claims}, state)
        missing = not_exhibited(state.read)
        if missing:
            outcome, reason = Outcome.VACUOUS, f"no law was found that meets the hypotheses: {missing}"
    unknown = set(axioms) - TRUSTED_BASE.keys()
    if unknown:
        raise StatementError(
            f"{statement.id} rests on {', '.join(sorted(unknown))}, which the trusted base does not list"
        )
    return StatementRecord(
        statement,
        outcome,
        all(claim is Outcome.PROVED for claim in claims.values()),
        tuple(axioms),
        (*records, *enclosures),
        met,
        reason,
        time.perf_counter() - start,
        state.read.declared,
    )


def _checked(statement: Statement, steps: list[Step] | None) -> Checked:
    """What becomes of a proof; that of one of the paper's items is what others rest on, too."""
    if steps is None and is_stated(statement):
        return LIBRARY.checked(statement.id)
    given = proof_of(statement) if steps is None else steps
    return Checked(given, *check_proof(statement, given))


def instances_of(statement: Statement) -> Iterator[Instance]:
    """Where the hypotheses hold: those in the proof's file, or models, found from nothing but the hypotheses."""
    module = module_about(statement.id, "proofs")
    if hasattr(module, "instances"):
        yield from module.instances(statement)
        return
    for candidate in islice(Models(read(statement), A_FEW, ATTEMPTS_AT_A_FEW).candidates(), sum(A_FEW)):
        yield candidate.instance


def refute(erratum: Erratum) -> ErratumRecord:
    """Check again that a literal reading is false: its witness meets every hypothesis and violates a claim.

    Raises:
        StatementError: there is no witness for the erratum.
    """
    start = time.perf_counter()
    literal = erratum.literal
    module = module_about(literal.id, "witnesses")
    with at_precision():
        met, counterexample = _try_instances(
            literal, lambda statement: iter([module.witness(statement)]), read(literal)
        )
    outcome = Outcome.REFUTED if counterexample else Outcome.VACUOUS if met == 0 else Outcome.OPEN
    found = ""
    if counterexample:
        name, instance, comparison = counterexample
        found = f"{name}: {comparison} for {instance}"
    return ErratumRecord(erratum, outcome, found, time.perf_counter() - start)


def is_met(name: str, hypothesis: Hypothesis, instance: Instance) -> bool:
    """Whether a hypothesis surely holds, or holds by the way the balls were made and is not excluded by them."""
    seen = truth_of_hypothesis(hypothesis, instance)
    return seen is Truth.HOLDS or (seen is Truth.CONSISTENT and name in instance.by_construction)


def _try_instances(
    statement: Statement, instances: Instances, given: ReadStatement, seen_to: ReadStatement | None = None
) -> tuple[int, tuple[str, Instance, str] | None]:
    """Count instances that meet every hypothesis, and return the first claim that fails at one of them."""
    met = 0
    for instance in instances(statement):
        if not meets_domains(statement, instance):
            continue
        if not all(is_met(name, h, instance) for name, h in statement.hypotheses.items()):
            continue
        met += 1
        for name, claim in statement.claims.items():
            if _violated(claim, instance) and is_exhibited_at(given, instance, seen_to):
                return met, (name, instance, falsehood(claim, instance))
    return met, None


def falsehood(claim: Relation, instance: Instance, shown: Callable[[Any], str] = str) -> str:
    """What is false of a claim that an instance violates, and at which indices."""
    case = violated_case(claim, instance)
    assert case is not None
    indices, left, right = case
    where = ", ".join(f"{index} = {value}" for index, value in indices.items())
    return f"{shown(left)} {claim.sense.value} {shown(right)} is false{where and f' at {where}'}"


def _violated(claim: Relation, instance: Instance) -> bool:
    """Whether a claim fails for certain; where it has no value it does not, and that it has one is seen elsewhere."""
    try:
        return truth(claim, instance) is Truth.VIOLATED
    except NoValueError:
        return False


def _judge(
    claims: dict[str, Outcome],
    records: list[StepRecord],
    met: int,
    counterexample: tuple[str, Instance, str] | None,
    enclosures: list[StepRecord],
) -> tuple[Outcome, str]:
    if counterexample is not None:
        name, instance, comparison = counterexample
        return Outcome.REFUTED, f"{name}: {comparison} for {instance}"
    for record in enclosures:
        if record.outcome is Outcome.REFUTED:
            return Outcome.REFUTED, f"{record.id}: {record.reason}"
    missing = [name for name, outcome in claims.items() if outcome is not Outcome.PROVED]
    if missing:
        failed = next((f"; step {r.id}: {r.reason}" for r in records if r.outcome is not Outcome.PROVED), "")
        return Outcome.OPEN, f"not proved: {', '.join(missing)}{failed}"
    if met == 0:
        return Outcome.VACUOUS, "no instance met all hypotheses"
    for record in enclosures:
        if record.outcome is not Outcome.ENCLOSED:
            return Outcome.OPEN, f"{record.id}: {record.reason}"
    return Outcome.PROVED, ""
