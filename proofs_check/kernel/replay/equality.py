"""Rules of equality in Coq."""

from __future__ import annotations

from collections.abc import Iterable

from proofs_check.kernel.replay.quotation import KINDS
from proofs_check.kernel.replay.refusal import NoReplayError
from proofs_check.kernel.replay.steps import Shown, Step, bare, replayed
from proofs_check.rules.equality import _fits
from proofs_check.rules.theorem import Theorem
from theory.language.substitution import transform
from theory.language.terms import REAL, Term


@replayed
def identity(step: Step) -> Shown:
    """Equal normal forms."""
    left, right, *facts = step.given
    known, proof = step.facts(facts, left, right)
    sides = f"{step.term(left)} {step.term(right)}"
    return Shown(f"(Formula Equal [] {sides})", f"(identity sort {step.assumed} {known} {sides} check {proof})")


@replayed
def same_difference(step: Step) -> Shown:
    """Another comparison of the same difference."""
    theorem, left, right, *facts = step.given
    known, proof = step.facts(facts, left, right, *theorem.conclusion.terms)
    kind, sides = KINDS[theorem.conclusion.kind], f"{step.term(left)} {step.term(right)}"
    shown = f"(same_difference sort {step.assumed} {known} {step.sides(theorem)} {sides} check"
    return Shown(f"(Formula {kind} [] {sides})", f"{shown} {step.premise(theorem)} {proof})")


@replayed
def rewrite(step: Step) -> Shown:
    """Equals for equals; only the equations that fit somewhere are taken along."""
    term, *equations = step.given
    known, proof = _equations(step, term, equations)
    name = step.term(term)
    formula = bare("Equal", name, f"(rewritten sort {known} [] {name})")
    return Shown(formula, f"(rewrite_with sort {step.assumed} {known} {name} {proof})")


def used(term: Term, equations: Iterable[Theorem]) -> list[Theorem]:
    """The equations that rewriting a term uses, in their order."""
    found: set[int] = set()
    given = list(equations)

    def change(part: Term, _: int) -> Term | None:
        for place, equation in enumerate(given):
            said = equation.conclusion
            values: dict[int, Term] = {}
            if _fits(said.left, part, len(said.prefix), 0, values) and len(values) == len(said.prefix):
                found.add(place)
                return part
        return None

    transform(term, change)
    return [given[place] for place in sorted(found)]


def _equations(step: Step, term: Term, equations: Iterable[Theorem]) -> tuple[str, str]:
    found = used(term, equations)
    for one in found:
        if REAL in one.conclusion.prefix:
            raise NoReplayError("the rule 'rewrite' has no lemma in Coq yet for equations between functions of numbers")
    return step.together(found)


@replayed
def with_equal_sides(step: Step) -> Shown:
    """Equals for the two sides."""
    theorem, left, right = step.given
    first, second = left.conclusion.right, right.conclusion.right
    proof = f"(with_equal_sides sort {step.assumed} {step.sides(theorem)} {step.term(first)} {step.term(second)}"
    return Shown(
        bare(KINDS[theorem.conclusion.kind], step.term(first), step.term(second)),
        f"{proof} {step.premise(theorem)} {step.premise(left)} {step.premise(right)})",
    )
