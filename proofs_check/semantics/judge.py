"""Whether a formula holds in a model."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

from flint import ctx, fmpq

from proofs_check.semantics.arithmetic import ONE, Jet, Value, sign
from proofs_check.semantics.flow import flows
from proofs_check.semantics.hessian import is_top_eigenvalue
from proofs_check.semantics.law import is_normal
from proofs_check.semantics.model import Model
from proofs_check.semantics.truth import Truth, Undecided
from proofs_check.semantics.value import degree, evaluation, free_outcome, random_leaf
from theory.language.formulas import COMPARISONS, Formula, Kind
from theory.language.terms import BOUND, INDEX, OUTCOME, REAL, Term, parts

PRECISION = 128
"""Bits of the balls."""
_SAMPLES = [fmpq(p, q) for p, q in ((0, 1), (1, 1), (-1, 1), (1, 2), (2, 1), (-3, 2), (7, 1), (-100, 1))]
_MOST_POINTS = 40


def judge(formula: Formula, model: Model) -> Truth:
    """Whether a formula holds for all values of its free indices and of the variables of its prefix.

    An axis is gone through index by index, chance outcome by outcome. A variable that is a real number is gone through
    at enough points where an equation between polynomials is meant, else at samples, which can only refute.

    Examples:
        >>> from theory.language.terms import Axis, bound, entry, Letter, ZERO
        >>> n = Axis("n")
        >>> formula = Formula(Kind.LESS, (n,), (ZERO, entry(Letter("a", (n,)), bound(0, n))))
        >>> judge(formula, Model({"n": 2}, {Letter("a", (n,)): {(0,): 1, (1,): 0}}))
        <Truth.VIOLATED: 'violated'>
    """
    with ctx.workprec(PRECISION):
        if model.normal and chance(formula) and formula.kind in COMPARISONS:
            return _for_almost_all(formula, model)
        return _least(_cases(formula, model))


def chance(formula: Formula) -> bool:
    """Whether it is meant for almost all outcomes."""
    free = any(part.head == INDEX and part.sort == OUTCOME for term in formula.terms for part in parts(term))
    return free or OUTCOME in formula.prefix


def free_indices(formula: Formula) -> list[Term]:
    """The free indices of a formula, each once."""
    return list({part: None for term in formula.terms for part in parts(term) if part.head == INDEX})


def _cases(formula: Formula, model: Model) -> Iterator[Truth]:
    free = free_indices(formula)
    points, enough = _points(formula, model) if REAL in formula.prefix else ([], True)
    check = _CHECKS.get(formula.kind, _comparison)(formula)
    ranges = [points if sort == REAL else model.values_of(sort) for sort in formula.prefix]
    for values in model.places(tuple(one.sort for one in free)):
        indices = dict(zip(free, values, strict=True))
        for stack in itertools.product(*ranges):
            try:
                found = check(model, indices, stack)
            except Undecided:
                found = Truth.UNDECIDED
            yield found if enough or found is not Truth.HOLDS else Truth.UNDECIDED


def _least(found: Iterator[Truth]) -> Truth:
    """Violated if one is, else undecided if one is."""
    least = Truth.HOLDS
    for truth in found:
        if truth is Truth.VIOLATED:
            return truth
        if truth is Truth.UNDECIDED:
            least = truth
    return least


Check = Callable[[Model, dict[Term, int], tuple[Any, ...]], Truth]


def compared(difference: Value, kind: Kind) -> Truth:
    """Whether the right side minus the left one has the sign that a comparison says.

    Raises:
        Undecided: a ball around 0.
    """
    found = sign(difference)
    holds = {
        Kind.EQUAL: found == 0,
        Kind.AT_MOST: found >= 0,
        Kind.LESS: found > 0,
        Kind.DIFFERENT: found != 0,
    }[kind]
    return Truth.HOLDS if holds else Truth.VIOLATED


def _comparison(formula: Formula) -> Check:
    left, right = (evaluation(term) for term in formula.terms)
    return lambda m, e, s: compared(right(m, e, s) - left(m, e, s), formula.kind)


def _top_eigenvalue(formula: Formula) -> Check:
    return lambda m, e, s: is_top_eigenvalue(formula, m, e, s)


def _flow(formula: Formula) -> Check:
    return lambda m, e, s: flows(formula, m, e, s)


def _normal(formula: Formula) -> Check:
    return lambda m, e, s: is_normal(formula, m, e, s)


def _integrable(formula: Formula) -> Check:
    return lambda m, e, s: Truth.HOLDS


def _has_derivative(formula: Formula) -> Check:
    body, point, slope = (evaluation(term) for term in formula.terms)

    def check(m: Model, e: dict[Term, int], s: tuple[Any, ...]) -> Truth:
        level = 1 << 62  # inside of all others
        found = body(m, e, (*s, Jet(point(m, e, s), ONE, level)))
        there = found.slope if isinstance(found, Jet) and found.level == level else fmpq(0)
        return compared(there - slope(m, e, s), Kind.EQUAL)

    return check


_CHECKS: dict[Kind, Callable[[Formula], Check]] = {
    Kind.TOP_EIGENVALUE: _top_eigenvalue,
    Kind.FLOW: _flow,
    Kind.NORMAL: _normal,
    Kind.INTEGRABLE: _integrable,
    Kind.HAS_DERIVATIVE: _has_derivative,
}


def _points(formula: Formula, model: Model) -> tuple[list[fmpq], bool]:
    """Values for a variable that is a real number, and whether they are enough to decide."""
    depth = len(formula.prefix)

    def within(term: Term, level: int) -> float:
        return degree(term, model, lambda part, inside: part.head == BOUND and part.data == level + inside)

    most = 0.0
    for level in (level for level in range(depth) if formula.prefix[depth - 1 - level] == REAL):
        if formula.kind is Kind.EQUAL:
            most = max(most, *(within(term, level) for term in formula.terms))
        elif formula.kind is Kind.HAS_DERIVATIVE:
            body, point, slope = formula.terms
            along = within(body, 0) * max(1.0, within(point, level)) + within(body, level + 1)
            most = max(most, along, within(slope, level))
        else:
            return _SAMPLES, False
    if most >= _MOST_POINTS:
        return _SAMPLES, False
    return [fmpq(k) for k in range(-int(most) // 2, int(most) + 1)], True


def _for_almost_all(formula: Formula, model: Model) -> Truth:
    """A comparison in a model whose grid of outcomes stands for normal numbers.

    A polynomial that is not 0 everywhere is 0 with probability 0, so that the grid tells whether an equation holds or
    a difference exists almost surely. Where a polynomial is somewhere negative it is so with positive probability; that
    it is nowhere negative is not told by a grid.
    """
    leaf = random_leaf(model, lambda part, depth: part.sort == OUTCOME)
    if max(degree(term, model, leaf) for term in formula.terms) >= model.grid:
        return Truth.UNDECIDED
    free = [one for one in free_indices(formula) if one.sort != OUTCOME]
    the_outcome = next((one for one in free_indices(formula) if one.sort == OUTCOME), None)
    left, right = (evaluation(term) for term in formula.terms)
    ranges = [range(1) if sort == OUTCOME else model.values_of(sort) for sort in formula.prefix]
    place = formula.prefix.index(OUTCOME) if OUTCOME in formula.prefix else None
    least = Truth.HOLDS
    for values in model.places(tuple(one.sort for one in free)):
        for stack in itertools.product(*ranges):
            signs = set()
            for outcome in model.values_of(OUTCOME):
                indices = dict(zip(free, values, strict=True))
                if the_outcome is not None:
                    indices[the_outcome] = outcome
                here = stack if place is None else (*stack[:place], outcome, *stack[place + 1 :])
                try:
                    signs.add(sign(right(model, indices, here) - left(model, indices, here)))
                except Undecided:
                    return Truth.UNDECIDED
            violated = {
                Kind.EQUAL: signs != {0},
                Kind.DIFFERENT: signs == {0},
                Kind.AT_MOST: -1 in signs,
                Kind.LESS: -1 in signs or signs == {0},
            }[formula.kind]
            if violated:
                return Truth.VIOLATED
            if formula.kind in (Kind.AT_MOST, Kind.LESS) and len(model.law) > 1:
                least = Truth.UNDECIDED
    return least


__all__ = ["chance", "compared", "free_indices", "free_outcome", "judge"]
