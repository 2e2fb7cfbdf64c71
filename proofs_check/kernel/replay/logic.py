"""Rules of logic in Coq."""

from __future__ import annotations

from typing import Any

from proofs_check.kernel.replay.refusal import NoReplayError
from proofs_check.kernel.replay.steps import Shown, Step, replayed
from theory.language.substitution import Family
from theory.language.terms import Axis, Letter


@replayed
def assume(step: Step) -> Shown:
    """`A |- A`."""
    formula = step.formula(step.theorem)
    return Shown(formula, f"(assume sort {step.assumed} {formula} check)")


@replayed
def at(step: Step) -> Shown:
    """One index after another for the outermost variable."""
    theorem, *values = step.given
    formula, proof = step.formula(theorem), step.premise(theorem)
    for value in values:
        if not isinstance(value.sort, Axis):
            raise NoReplayError(f"the rule 'at' has no lemma in Coq yet for a value that is {value.sort}")
        slot = step.quotation.slot(value)
        proof = f"(at_index sort {slot} {step.assumed} {formula} check {proof})"
        formula = f"(opened {slot} {formula})"
    return Shown(formula, proof)


@replayed
def for_all(step: Step) -> Shown:
    """The last variable is closed first, so that the first one comes to stand outermost."""
    theorem, *variables = step.given
    formula, proof = step.formula(theorem), step.premise(theorem)
    for variable in reversed(variables):
        if not isinstance(variable.sort, Axis):
            raise NoReplayError(f"the rule 'for_all' has no lemma in Coq yet for a variable that is {variable.sort}")
        slot = step.quotation.slot(variable)
        proof = f"(for_all sort {slot} {step.assumed} {formula} check {proof})"
        formula = f"(closed sort {slot} {formula})"
    return Shown(formula, proof)


@replayed
def instance(step: Step) -> Shown:
    """Families for letters in hypotheses and conclusion alike."""
    theorem, values = step.given
    formula = step.formula(theorem)
    put = f"[{'; '.join(_value(step, letter, family) for letter, family in _pairs(values))}]"
    here, there = step.hypotheses(theorem), step.assumed
    said = f"(substituted_in {put} {formula})"
    proof = f"(instance sort {put} {here} {formula} {step.own(theorem)})"
    return Shown(said, f"(assumptions_reworded sort (map (substituted_in {put}) {here}) {there} {said} check {proof})")


def _pairs(values: Any) -> list[tuple[Letter, Family]]:
    return list(values.items())


def _value(step: Step, letter: Letter, family: Family) -> str:
    return f"({step.quotation.tables.letter(letter)}, ({len(family.sorts)}, {step.quotation.family(family)}))"


@replayed
def cut(step: Step) -> Shown:
    """A lemma for a hypothesis."""
    lemma, theorem = step.given
    names = f"{step.hypotheses(lemma)} {step.hypotheses(theorem)} {step.formula(lemma)} {step.formula(theorem)}"
    proof = f"(cut sort {names} {step.own(lemma)} {step.own(theorem)} {step.assumed} check)"
    return Shown(step.formula(theorem), proof)
