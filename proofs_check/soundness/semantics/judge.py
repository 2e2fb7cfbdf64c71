"""Whether a formula holds in a model."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from typing import Any

from flint import ctx, fmpq

from proofs_check.soundness.semantics.arithmetic import ONE, Jet, Value, sign, signs, slope
from proofs_check.soundness.semantics.flow import flows
from proofs_check.soundness.semantics.geometric import Geometric
from proofs_check.soundness.semantics.hessian import is_top_eigenvalue, least_pivot
from proofs_check.soundness.semantics.law import is_normal
from proofs_check.soundness.semantics.model import Indices, Model
from proofs_check.soundness.semantics.truth import Truth, Undecided
from proofs_check.soundness.semantics.value import Stack, bound_outcome, degree, evaluation, free_indices, random_leaf
from theory.language.formulas import COMPARISONS, Formula, Kind
from theory.language.terms import BOUND, ENTRY, OUTCOME, REAL, THE_OUTCOME, ZERO, Term

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
        if model.degrees and chance(formula) and formula.kind in COMPARISONS:
            return _never_equal(formula, model) if REAL in formula.prefix else _for_almost_all(formula, model)
        if REAL in formula.prefix and formula.kind in _ORDERS and _is_quadratic(formula, model):
            return least(_quadratic_cases(formula, model))
        return least(_cases(formula, model))


def chance(formula: Formula) -> bool:
    """Whether it is meant for almost all outcomes."""
    return OUTCOME in formula.prefix or any(one.sort == OUTCOME for one in free_indices(*formula.terms))


def _cases(formula: Formula, model: Model) -> Iterator[Truth]:
    free = free_indices(*formula.terms)
    points, enough = _points(formula, model) if REAL in formula.prefix else ([], True)
    check = _CHECKS.get(formula.kind) or _comparison(formula)
    ranges = [points if sort == REAL else model.values_of(sort) for sort in formula.prefix]
    for indices in model.assignments(free):
        for stack in itertools.product(*ranges):
            try:
                found = check(formula, model, indices, stack)
            except Undecided:
                found = Truth.UNDECIDED
            yield found if enough or found is not Truth.HOLDS else Truth.UNDECIDED


def least(found: Iterator[Truth]) -> Truth:
    """Violated if one is, else undecided if one is."""
    worst = Truth.HOLDS
    for truth in found:
        if truth is Truth.VIOLATED:
            return truth
        if truth is Truth.UNDECIDED:
            worst = truth
    return worst


SIGNS = {Kind.EQUAL: {0}, Kind.AT_MOST: {0, 1}, Kind.LESS: {1}, Kind.DIFFERENT: {-1, 1}}
"""Signs of the right side minus the left one with which a comparison holds."""

Check = Callable[[Formula, Model, Indices, Stack], Truth]


def compared(difference: Value, kind: Kind) -> Truth:
    """Whether the right side minus the left one has the sign that a comparison says.

    Raises:
        Undecided: a ball around 0.
    """
    return Truth.HOLDS if signs(difference) <= SIGNS[kind] else Truth.VIOLATED


def _comparison(formula: Formula) -> Check:
    left, right = map(evaluation, formula.terms)
    return lambda _, m, e, s: compared(right(m, e, s) - left(m, e, s), formula.kind)


def _integrable(formula: Formula, m: Model, e: Indices, s: Stack) -> Truth:
    (body,) = formula.terms
    if m.degrees and degree(body, m, random_leaf(m, bound_outcome)) < math.inf:
        return Truth.HOLDS  # a polynomial in normal numbers
    if m.degrees:
        quotient = body.head == "inverse" and body.arguments[0].head == ENTRY and body.loose
        return Truth.VIOLATED if quotient and m.degrees.get(body.arguments[0].data) == 1 else Truth.UNDECIDED
    far = evaluation(body)(m, e, (*s, len(m.law))) if m.tail else None
    return Truth.VIOLATED if isinstance(far, Geometric) and not far.integrable() else Truth.HOLDS


def _has_derivative(formula: Formula, m: Model, e: Indices, s: Stack) -> Truth:
    body, point, said = (evaluation(term) for term in formula.terms)
    level = 1 << 62  # inside of all others
    found = slope(body(m, e, (*s, Jet(point(m, e, s), ONE, level))), level)
    return compared(found - said(m, e, s), Kind.EQUAL)


_CHECKS: dict[Kind, Check] = {
    Kind.TOP_EIGENVALUE: is_top_eigenvalue,
    Kind.FLOW: flows,
    Kind.NORMAL: is_normal,
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
            body, point, said = formula.terms
            along = within(body, 0) * max(1.0, within(point, level)) + within(body, level + 1)
            most = max(most, along, within(said, level))
        else:
            return _SAMPLES, False
    if most >= _MOST_POINTS:
        return _SAMPLES, False
    return [fmpq(k) for k in range(-int(most) // 2, int(most) + 1)], True


_ORDERS = frozenset({Kind.AT_MOST, Kind.LESS, Kind.DIFFERENT})


def _is_quadratic(formula: Formula, model: Model) -> bool:
    """Whether the two sides are polynomials of degree at most 2 in the real variables together."""
    count = len(formula.prefix)

    def leaf(part: Term, depth: int) -> float:
        return part.head == BOUND and part.sort == REAL and depth <= part.data < depth + count

    return all(degree(term, model, leaf) <= 2 for term in formula.terms)


def _quadratic_cases(formula: Formula, model: Model) -> Iterator[Truth]:
    """`p(t) ~ 0` for all real `t`, by the matrix of the quadratic form that `p` is in `(1, t)`."""
    left, right = (evaluation(term) for term in formula.terms)
    reals = [place for place, sort in enumerate(formula.prefix) if sort == REAL]
    ranges = [range(1) if sort == REAL else model.values_of(sort) for sort in formula.prefix]
    for indices in model.assignments(free_indices(*formula.terms)):
        for others in itertools.product(*ranges):

            def polynomial(*at: int, others: tuple[int, ...] = others, indices: Any = indices) -> Value:
                stack = list[Any](others)
                for place in reals:
                    stack[place] = fmpq(0)
                for one in at:
                    stack[reals[abs(one) - 1]] += 1 if one > 0 else -1
                return right(model, indices, tuple(stack)) - left(model, indices, tuple(stack))

            try:
                yield _quadratic(formula.kind, *_expansion(polynomial, len(reals)))
            except Undecided:
                yield Truth.UNDECIDED


def _expansion(polynomial: Callable[..., Value], count: int) -> tuple[Value, list[Value], list[list[Value]]]:
    """The constant, the linear and the quadratic part of a polynomial of degree 2."""
    constant = polynomial()
    ups, downs = ([polynomial(turn * (k + 1)) for k in range(count)] for turn in (1, -1))
    linear = [(up - down) / 2 for up, down in zip(ups, downs, strict=True)]
    square = [[(polynomial(i + 1, j + 1) - ups[i] - ups[j] + constant) / 2 for j in range(count)] for i in range(count)]
    return constant, linear, square


def _quadratic(kind: Kind, constant: Value, linear: list[Value], square: list[list[Value]]) -> Truth:
    numbers = [constant, *linear, *(entry for row in square for entry in row)]
    if not all(isinstance(one, fmpq) for one in numbers):
        raise Undecided("a polynomial with balls or sequences")
    if not any(numbers[1:]):
        return compared(constant, kind)
    half = [one / 2 for one in linear]
    whole = [[constant, *half], *([one, *row] for one, row in zip(half, square, strict=True))]
    above, below = least_pivot(whole), least_pivot([[-one for one in row] for row in whole])
    if kind is Kind.AT_MOST:
        return Truth.HOLDS if above >= 0 else Truth.VIOLATED
    if above == 1 or (below == 1 and kind is Kind.DIFFERENT):
        return Truth.HOLDS
    touches = not constant or (above < 0 and (kind is Kind.LESS or below < 0))
    return Truth.VIOLATED if touches else Truth.UNDECIDED


def _for_almost_all(formula: Formula, model: Model) -> Truth:
    """A comparison in a model whose grid of outcomes stands for normal numbers.

    A polynomial that is not 0 everywhere is 0 with probability 0, so that the grid tells whether an equation holds or
    a difference exists almost surely. Where a polynomial is somewhere negative it is so with positive probability; that
    it is nowhere negative is not told by a grid.
    """
    leaf = random_leaf(model, lambda part, depth: part.sort == OUTCOME)
    if max(degree(term, model, leaf) for term in formula.terms) >= model.grid:
        return Truth.UNDECIDED
    free = [one for one in free_indices(*formula.terms) if one.sort != OUTCOME]
    left, right = (evaluation(term) for term in formula.terms)
    ranges = [range(1) if sort == OUTCOME else model.values_of(sort) for sort in formula.prefix]
    place = formula.prefix.index(OUTCOME) if OUTCOME in formula.prefix else None
    worst = Truth.HOLDS
    for indices in model.assignments(free):
        for stack in itertools.product(*ranges):
            signs = set()
            for outcome in model.values_of(OUTCOME):
                indices[THE_OUTCOME] = outcome
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
            if formula.kind in (Kind.AT_MOST, Kind.LESS) and not _never_negative(formula):
                worst = Truth.UNDECIDED
    return worst


def _never_equal(formula: Formula, model: Model) -> Truth:
    """`p(t, g) != 0` for one real number `t` and normal numbers `g`, linear in `t`, in either order of the two.

    For each `t` and almost all `g` it holds unless `p` is 0 on the whole grid at one `t`. For almost all `g` and every
    `t` it fails if at every outcome of the grid there is such a `t`, which may be another one at each.
    """
    leaf = random_leaf(model, lambda part, depth: part.sort == OUTCOME)
    small = max(degree(term, model, leaf) for term in formula.terms) < model.grid
    linear = all(
        degree(term, model, lambda p, depth: p.head == BOUND and p.sort == REAL) <= 1 for term in formula.terms
    )
    if formula.kind is not Kind.DIFFERENT or not small or not linear or len(formula.prefix) > 2:
        return Truth.UNDECIDED
    if any(one.sort != OUTCOME for one in free_indices(*formula.terms)) or formula.prefix.count(REAL) > 1:
        return Truth.UNDECIDED
    left, right = (evaluation(term) for term in formula.terms)
    roots: list[Value] = []
    for outcome in model.values_of(OUTCOME):
        stacks = [tuple(fmpq(t) if sort == REAL else outcome for sort in formula.prefix) for t in (0, 1)]
        start, following = (
            right(model, {THE_OUTCOME: outcome}, s) - left(model, {THE_OUTCOME: outcome}, s) for s in stacks
        )
        rise = following - start
        if rise:
            roots.append(-start / rise)
        elif start:
            roots.append(None)
    if OUTCOME in formula.prefix and formula.prefix[0] == REAL:
        return Truth.VIOLATED if len(set(roots)) < 2 and None not in roots else Truth.HOLDS
    return Truth.VIOLATED if None not in roots else Truth.UNDECIDED


def _never_negative(formula: Formula) -> bool:
    """Whether the right side minus the left one is, by its form, not negative."""
    left, right = formula.terms
    return left == ZERO and _is_square(right)


def _is_square(term: Term) -> bool:
    match term.head:
        case "number":
            return bool(term.data >= 0)
        case "power" if term.data % 2 == 0:
            return True
        case "add" | "multiply" | "sum" | "product" | "power" | "inverse":
            return all(map(_is_square, term.arguments))
    return term.head in ("size", "delta", "real power")
