"""Trials: what a rule says of random premises, judged in random models."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from proofs_check.soundness.generators import GENERATORS
from proofs_check.soundness.quadrature import mean_equals
from proofs_check.soundness.random_terms.world import Rules, World
from proofs_check.soundness.semantics.judge import judge, least
from proofs_check.soundness.semantics.model import Model
from proofs_check.soundness.semantics.truth import Truth
from proofs_check.soundness.semantics.value import free_indices
from theory.errors import StatementError
from theory.language.formulas import Kind
from theory.language.terms import OUTCOME, Letter

COSTLY = frozenset({"mean_of_quotient", "least_upper_bound"})
"""Rules whose trials take long, so that less of them are made."""


@dataclass
class Trials:
    """What came of the trials of one rule.

    Attributes:
        rule: its name.
        applied: theorems that it made.
        refused: applications that it refused.
        judged: pairs of a theorem and a model in which its hypotheses hold and its conclusion is decided.
        vacuous: pairs where a hypothesis fails.
        undecided: pairs where a ball or a convention decides nothing.
        violation: a theorem that is false in a model, and the model; empty where there is none.
    """

    rule: str
    applied: int = 0
    refused: int = 0
    judged: int = 0
    vacuous: int = 0
    undecided: int = 0
    violation: str = ""
    errors: set[str] = field(default_factory=set)


def try_rule(rule: str, rules: Rules, seed: object, judged: int, *, models: int = 5, wrong: bool = False) -> Trials:
    """Try a rule until so many pairs of a theorem and a model are judged, or one is found where it fails.

    Args:
        rule: name of the rule.
        rules: the kernel's rules, or a wrong kernel's.
        seed: of the random numbers.
        judged: how many pairs.
        models: how many models a theorem is judged in.
        wrong: whether the kernel is wrong on purpose, so that it may also break.
    """
    random, found = Random(f"{rule} {seed}"), Trials(rule)
    while found.judged < judged and found.applied + found.refused < 5 * judged + 300:
        world = World(random, rules)
        try:
            theorem = GENERATORS[rule](world)
        except StatementError as error:
            found.refused += 1
            found.errors.add(type(error).__name__)
            continue
        except Exception:
            if not wrong:
                raise
            found.refused += 1
            continue
        found.applied += 1
        if any(one.free_indices() for one in theorem.hypotheses):
            found.violation = f"{theorem}\na hypothesis is not closed"
            return found
        for number in range(_worthwhile(theorem, models)):
            model = world.model if number == 0 else world.another_model()
            truth = follows(theorem, model)
            if truth is None:
                found.vacuous += 1
            elif truth is Truth.UNDECIDED:
                found.undecided += 1
            else:
                found.judged += 1
            if truth is Truth.VIOLATED:
                found.violation = f"{theorem}\n{counterexample_text(model, theorem)}"
                return found
    return found


def _worthwhile(theorem: Any, models: int) -> int:
    """In how many models a theorem is judged: what is assumed is seldom true in another one."""
    kinds = {one.kind for one in theorem.hypotheses}
    if theorem.rule in COSTLY or kinds & {Kind.TOP_EIGENVALUE, Kind.FLOW}:
        return 1
    return min(models, 3) if kinds else models


def follows(theorem: Any, model: Model) -> Truth | None:
    """Whether a theorem's conclusion holds in a model; None where a hypothesis does not."""
    for hypothesis in sorted(theorem.hypotheses, key=_in_order):  # letters are drawn where they are first asked for
        truth = judge(hypothesis, model)
        if truth is not Truth.HOLDS:
            return None if truth is Truth.VIOLATED else Truth.UNDECIDED
    said = theorem.conclusion
    if theorem.rule == "mean_of_quotient":
        cases = model.assignments(free_indices(*said.terms))
        left, right = said.terms
        return least(mean_equals(left, right, model, indices) for indices in cases)
    return judge(said, model)


def _in_order(formula: Any) -> tuple[Any, ...]:
    return formula.kind.name, [term.key for term in formula.terms]


def counterexample_text(model: Model, theorem: Any) -> str:
    """What matters of a model for a theorem."""
    formulas = (*theorem.hypotheses, theorem.conclusion)
    spoken: set[Letter] = set().union(*(one.free_letters() for one in formulas))
    lines = [", ".join(f"{name} = {count}" for name, count in model.sizes.items())]
    if any(OUTCOME in letter.sorts for letter in spoken):
        lines.append(f"law {', '.join(map(str, model.law))}"[:300])
    for letter in sorted(spoken, key=lambda one: one.key):
        lines.append(f"{letter.name} = {str(model.letters[letter])[:300]}")
    return "\n".join(lines)
