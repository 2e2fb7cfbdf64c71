"""Induction on the size of an axis.

An axis of `M + 1` indices is one of `M` indices and a last one. What is said of it is said of the shorter axis and of
the last index: a sum is the shorter sum and the last term, a product is the shorter product times the last factor, an
entry at the last index is a letter of its own, and a delta of the last index with another is 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from proofs_check.rules.theorem import Result, Theorem, needs, rule
from theory.language import terms
from theory.language.formulas import COMPARISONS, Formula, closed, opened
from theory.language.substitution import abstract, instantiate, transform
from theory.language.terms import (
    DELTA,
    DERIVATIVE,
    END,
    ENTRY,
    FIRST,
    INDEX,
    MEAN,
    ONE,
    PRODUCT,
    SIZE,
    SUM,
    ZERO,
    Axis,
    Letter,
    Mark,
    Term,
    add,
    fresh,
    multiply,
)


def last_entry(letter: Letter, place: int) -> Letter:
    """The letter for the entries of a family at the last index, in one of its places; different for all families."""
    end = f"@{place}" if letter.kind == "" else f"+{place}"
    return Letter(f"{letter.name}{end}", (*letter.sorts[:place], *letter.sorts[place + 1 :]), Mark.LAST)


def last(axis: Axis) -> Term:
    """The last index of the longer axis; it stands for itself in the cases of a step alone."""
    return terms._own(Mark.LAST, axis)


def at_one(term: Term, axis: Axis) -> Term:
    """The term where the axis has one index."""

    def change(part: Term, _: int) -> Term | None:
        if part.head == SIZE and part.data == axis:
            return ONE
        if part.head in (SUM, PRODUCT) and part.data == axis:
            return at_one(instantiate(part.arguments[0], terms.first(axis)), axis)
        return terms.first(axis) if part.sort == axis and part.head == INDEX else None

    return transform(term, change)


def at_next(term: Term, axis: Axis) -> Term:
    """The term where the axis has one index more, in terms of the axis and of `last`."""

    def change(part: Term, _: int) -> Term | None:
        if part.head == SIZE and part.data == axis:
            return add(part, ONE)
        if part.head in (SUM, PRODUCT) and part.data == axis:
            place = fresh(axis)
            head = abstract(at_next(instantiate(part.arguments[0], place), axis), place)
            end = at_next(instantiate(part.arguments[0], last(axis)), axis)
            whole = terms.total(axis, head) if part.head == SUM else terms.product(axis, head)
            return add(whole, end) if part.head == SUM else multiply(whole, end)
        if part.head == DELTA and last(axis) in part.arguments:
            return ONE if part.arguments[0] == part.arguments[1] else ZERO
        if part.head == ENTRY and last(axis) in part.arguments:
            return with_last_letters(part, axis)
        needs(part.head not in (MEAN, DERIVATIVE) or axis not in terms.axes(part), "an expectation or a derivative")
        return None

    return transform(term, change)


def with_last_letters(term: Term, axis: Axis) -> Term:
    """The term with the letters for the last index in the place of entries there."""

    def change(part: Term, _: int) -> Term | None:
        if part.head != ENTRY or last(axis) not in part.arguments:
            return None
        place = part.arguments.index(last(axis))
        rest = (*part.arguments[:place], *part.arguments[place + 1 :])
        return with_last_letters(terms.entry(last_entry(part.data, place), *rest), axis)

    return transform(term, change)


def cases(claim: Formula, axis: Axis) -> list[tuple[bool, ...]]:
    """For each way that variables of the prefix can be the last index: which of them are."""
    places = [place for place, sort in enumerate(claim.prefix) if sort == axis]
    return [
        tuple(place in chosen for place in range(len(claim.prefix)))
        for count in range(len(places) + 1)
        for chosen in combinations(places, count)
    ]


def base_case(claim: Formula, axis: Axis) -> Formula:
    """What must be shown at size 1, where every index of the axis is 1."""
    variables = [terms.first(axis) if sort == axis else fresh(sort) for sort in claim.prefix]
    return _reclosed(claim, [at_one(term, axis) for term in opened(claim, *variables).terms], variables, axis)


def step_case(claim: Formula, axis: Axis, case: tuple[bool, ...]) -> Formula:
    """What must be shown at one size more, where the chosen variables are the last index."""
    variables = [last(axis) if chosen else fresh(sort) for chosen, sort in zip(case, claim.prefix, strict=True)]
    return _reclosed(claim, [at_next(term, axis) for term in opened(claim, *variables).terms], variables, axis)


def _reclosed(claim: Formula, sides: list[Term], variables: list[Term], axis: Axis) -> Formula:
    free = [one for one in variables if one.head == INDEX and one != last(axis)]
    return closed(Formula(claim.kind, (), tuple(sides)), *free)


def at_last(premise: Formula, axis: Axis) -> Formula:
    """What a premise for each index of the axis says of the last one."""
    return step_case(premise, axis, tuple(sort == axis for sort in premise.prefix))


@rule()
def induction(
    claim: Formula,
    axis: Axis,
    base: Theorem,
    steps: Mapping[tuple[bool, ...], Theorem],
    premises: tuple[Formula, ...] = (),
) -> Result:
    """The claim for every size of an axis, from the claim at size 1 and the step from each size to the next.

    A premise speaks of one index of the axis at a time, so it holds on a longer axis if it holds on the shorter one and
    at the last index. The base may assume the premises at index 1; a step may assume the claim, the premises, and the
    premises at the last index. What else is assumed must not speak of the axis, or it need not hold at every size.
    """
    needs(claim.kind in COMPARISONS and not claim.free_indices(), "a closed comparison is proved by induction")
    for premise in premises:
        pointwise = premise.prefix.count(axis) == 1 and premise.kind in COMPARISONS
        bodies = opened(premise, *(fresh(sort) for sort in premise.prefix)).terms if pointwise else ()
        whole = any(p.head in (SUM, PRODUCT, SIZE) and p.data == axis for body in bodies for p in terms.parts(body))
        one = any(p.head == FIRST and p.sort == axis for body in bodies for p in terms.parts(body))
        needs(not premise.free_indices(), f"a premise holds for all values of its indices: {premise}")
        needs(pointwise and not whole and not one, f"not about a single index of the axis: {premise}")
    for part in (part for formula in (claim, *premises) for term in formula.terms for part in terms.parts(term)):
        needs(part.head != ENTRY or part.data.kind == "" or not part.data.sorts, f"no letter of a statement: {part}")
        needs(part.head != ENTRY or part.data.kind is not Mark.LAST, "letters of another induction")
        needs(part.head != END or part.sort != axis, "the last index of a longer axis is another one")
    outside = set[Formula]()
    needs(base.conclusion == base_case(claim, axis), f"the base shows {base.conclusion}")
    outside |= base.hypotheses - {base_case(premise, axis) for premise in premises}
    for case in cases(claim, axis):
        step = steps.get(case)
        needs(step is not None, f"no step for the case {case}")
        assert step is not None
        needs(step.conclusion == step_case(claim, axis, case), f"a step shows {step.conclusion}")
        allowed = {claim, *premises, *(at_last(premise, axis) for premise in premises)}
        outside |= step.hypotheses - allowed
    for formula in outside:
        needs(axis not in formula.axes(), f"it is assumed at one size of the axis only: {formula}")
        needs(
            all(one.kind is not Mark.LAST for one in formula.free_letters()), f"it is about the last index: {formula}"
        )
    return claim, frozenset(outside) | frozenset(premises)
