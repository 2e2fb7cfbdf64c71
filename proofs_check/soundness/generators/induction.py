"""Random instances of induction: claims that hold at size 1, and proofs of them that are right or nearly so."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from flint import fmpq

from proofs_check.soundness.generators.registry import generator
from proofs_check.soundness.random_terms.equal_terms import equal, near_miss
from proofs_check.soundness.random_terms.random_models import random_number
from proofs_check.soundness.random_terms.vocabulary import FIXED, INDICES, A, B
from proofs_check.soundness.random_terms.world import World
from proofs_check.soundness.semantics.value import free_indices
from theory.errors import StatementError
from theory.language import terms
from theory.language.formulas import Formula, Kind, closed, compare, opened
from theory.language.substitution import abstract, instantiate
from theory.language.terms import (
    END,
    INDEX,
    ONE,
    PRODUCT,
    SIZE,
    SUM,
    ZERO,
    Axis,
    Letter,
    Term,
    add,
    bound,
    entry,
    multiply,
)

X, Y, _, _A, _B, _C, _D, _E = FIXED
_HEADS = ("leaf", "add", "multiply", "sum", "product", "delta")


def at_size_one(term: Term) -> Term:
    """What the term is where the axis has one index."""
    arguments = tuple(at_size_one(one) for one in term.arguments)
    if term.head == SIZE and term.data == A:
        return ONE
    if term.head in (SUM, PRODUCT) and term.data == A:
        return instantiate(arguments[0], terms.first(A))
    return terms.first(A) if term.head in (INDEX, END) and term.sort == A else terms.rebuild(term, arguments)


def _claim(w: World) -> Formula:
    """An equation that is true at size 1, or an identity, or an inequality of the like."""
    i = INDICES[A][0]
    make = w.choice(terms.total, terms.product)
    axis = w.choice(A, A, A, B)
    left = make(axis, w.term(w.choice(1, 1, 2), (axis,), _HEADS))
    if w.odds(0.3):
        left = add(left, w.term(1, (), _HEADS))
    draw = w.random.random()
    if draw < 0.1:  # true at no size, though a step leads from each to the next
        left, right = w.choice(
            (left, add(equal(w, left, 1), w.choice(ONE, entry(X)))),
            (terms.total(A, entry(X)), multiply(terms.subtract(terms.size(A), ONE), entry(X))),
        )
    elif draw < 0.35:
        right = equal(w, left, w.choice(1, 2))
    elif draw < 0.6:
        right = at_size_one(left)
    elif draw < 0.7:
        right = near_miss(w, left)
    elif draw < 0.8:  # at size 1 alone, where a step leads on if what is added is forgotten or another thing
        x, body = entry(X), w.term(w.choice(0, 1), (A,), _HEADS)
        left, right = w.choice(
            (make(A, entry(_A, bound(0, A))), entry(_A, w.choice(i, terms.first(A)))),
            (terms.total(A, body), terms.product(A, body)),
            (multiply(terms.size(A), x), x),
        )
    elif draw < 0.9:  # apart at the last index, and in two places of one family
        named = Letter("e@0", (A,), w.choice("", "weight"))
        left, right = _apart(w.choice((named, _E), (named, _E), (_A, _B), (Letter("b", (A,), "weight"), _B))), ZERO
    else:
        left, right = terms.total(A, multiply(terms.delta(bound(0, A), i), entry(_A, bound(0, A)))), entry(_A, i)
    kind = w.choice(Kind.EQUAL, Kind.EQUAL, Kind.EQUAL, Kind.AT_MOST, Kind.LESS)
    if kind is Kind.LESS:
        right = add(right, ONE)
    formula = compare(left, kind, right)
    return closed(formula, *free_indices(*formula.terms))


def _apart(letters: tuple[Letter, Letter]) -> Term:
    """`sum over i != j of (u_i - v_i) (u_j - v_j)`, which is 0 at size 1, and at the next if the last two are equal."""
    i, j = (terms.fresh(A) for _ in range(2))
    one, other = ([entry(letter, *[k] * len(letter.sorts)) for k in (i, j)] for letter in letters)
    gaps = [terms.subtract(a, b) for a, b in zip(one, other, strict=True)]
    body = multiply(terms.subtract(ONE, terms.delta(i, j)), *gaps)
    return terms.total(A, abstract(terms.total(A, abstract(body, i)), j))


def _premise(w: World) -> tuple[Formula, Formula]:
    """A premise for each index of the axis, most often in a model where it holds, and a claim that follows."""
    i, n, x = INDICES[A][0], w.model.sizes["A"], w.model.letters[X]
    one, first, end = (entry(_A, place) for place in (i, terms.first(A), terms.end(A)))
    whole = terms.total(A, entry(_A, bound(0, A)))
    values = [random_number(w.random) for _ in range(n)]
    draw = w.random.random()
    if draw < 0.3:
        pair = compare(one, Kind.EQUAL, ZERO), compare(whole, Kind.EQUAL, ZERO)
        values = [fmpq(0)] * n
    elif draw < 0.45:
        pair = compare(ZERO, Kind.AT_MOST, one), compare(ZERO, Kind.AT_MOST, whole)
        values = [abs(value) for value in values]
    elif draw < 0.6:
        product = terms.product(A, entry(_A, bound(0, A)))
        claim = compare(whole, Kind.EQUAL, multiply(terms.size(A), entry(X))), compare(product, Kind.EQUAL, entry(X))
        pair = compare(one, Kind.EQUAL, entry(X)), w.choice(*claim)
        values = [x] * n
    elif draw < 0.7:  # not about a single index
        pair = compare(whole, Kind.EQUAL, ZERO), compare(first, Kind.EQUAL, ZERO)
        values[-1] = -sum(values[:-1], fmpq(0))
        if w.odds(0.5):
            pair = compare(whole, Kind.EQUAL, multiply(one, entry(X))), pair[1]
            values, w.model.letters[X] = [values[0]] * n, fmpq(n)
    elif draw < 0.8:
        pair = compare(one, Kind.EQUAL, first), compare(whole, Kind.EQUAL, first)
        values = [values[0]] * n
    elif draw < 0.85:
        pair = compare(one, Kind.EQUAL, terms.size(A)), compare(whole, Kind.EQUAL, ONE)
        values = [fmpq(n)] * n
    else:  # of each index but the last one
        other = terms.subtract(ONE, terms.delta(i, terms.end(A)))
        pair = compare(multiply(other, one), Kind.EQUAL, ZERO), compare(whole, Kind.EQUAL, w.choice(first, end))
        values[:-1] = [fmpq(0)] * (n - 1)
    if w.odds(0.8):
        w.model.letters[_A] = {(place,): value for place, value in enumerate(values)}
    return closed(pair[0], i), closed(pair[1], *free_indices(*pair[1].terms))


def _shown(w: World, target: Formula, *assumed: Formula) -> Any:
    """A theorem that says a case, by one of a few ways; of something else where none goes."""
    rules, variables = w.rules, [terms.fresh(sort) for sort in target.prefix]
    known = []
    for formula in assumed:
        theorem = rules["assume"](formula)
        known.append(rules["at"](theorem, *_matching(formula, variables)) if formula.prefix else theorem)
    found = _derived(w, opened(target, *variables), known)
    return rules["for_all"](found, *variables) if variables else found


def _derived(w: World, goal: Formula, known: list[Any]) -> Any:
    for theorem in reversed(known):
        if theorem.conclusion == goal:
            return theorem
    with suppress(StatementError):
        return w.rules["identity"](goal.left, goal.right) if goal.kind is Kind.EQUAL else _trivially(w, goal)
    for count in (1, 2, 3):
        for start in range(len(known) - count + 1):
            first, *others = known[start : start + count]
            with suppress(StatementError):
                source = w.rules["added"](first, *others) if others else first
                return w.rules["same_difference"](source, goal.left, goal.right)
    raise StatementError(f"no way to {goal}")


def _trivially(w: World, goal: Formula) -> Any:
    """An inequality with a number between its sides."""
    gap = w.rules["numbers"](ZERO, goal.kind, ONE)
    try:
        return w.rules["same_difference"](gap, goal.left, goal.right)
    except StatementError:
        same = w.rules["identity"](goal.left, goal.right)
        return w.rules["weakened"](same, goal.kind)


def _matching(formula: Formula, variables: list[Term]) -> list[Term]:
    rest = list(variables)
    values = []
    for sort in formula.prefix:
        assert isinstance(sort, Axis)
        mine = next((one for one in rest if one.sort == sort), terms.first(sort))
        if mine in rest:
            rest.remove(mine)
        values.append(mine)
    return values


def _known_at_one_size(w: World) -> Any:
    """`(n - 1) (n - 3) x = 0` holds for n = 1, and a step leads from n = 2 to n = 3, but from 1 to 2 none does."""
    cases_of, rules = w.module_of("induction"), w.rules
    n, x = terms.size(A), entry(X)
    claim = compare(multiply(terms.subtract(n, ONE), terms.subtract(n, terms.number(3)), x), Kind.EQUAL, ZERO)
    base, step = cases_of.base_case(claim, A), cases_of.step_case(claim, A, ())
    known = rules["assume"](compare(ZERO, Kind.EQUAL, terms.subtract(n, terms.number(2))))
    shown = rules["same_difference"](rules["zero_times"](known, terms.negative(multiply(n, x))), step.left, ZERO)
    return rules["induction"](claim, A, rules["identity"](base.left, base.right), {(): shown})


@generator
def induction(w: World) -> Any:
    w.chance = False
    if w.odds(0.05):
        return _known_at_one_size(w)
    cases_of = w.module_of("induction")
    premises: tuple[Formula, ...] = ()
    if w.odds(0.35):
        premise, claim = _premise(w)
        premises = (premise,)
    else:
        claim = _claim(w)
    cases = cases_of.cases(claim, A)
    outside = [compare(entry(_C, terms.first(B)), Kind.EQUAL, entry(X))] if w.odds(0.1) else []
    try:
        base = _shown(w, cases_of.base_case(claim, A), *(cases_of.base_case(p, A) for p in premises), *outside)
    except StatementError:
        base = w.rules["identity"](ONE, ONE)
    steps = {}
    for case in cases:
        lasts = [cases_of.at_last(p, A) for p in premises]
        try:
            steps[case] = _shown(w, cases_of.step_case(claim, A, case), claim, *lasts, *premises, *outside)
        except StatementError:
            if w.odds(0.7):
                raise
            steps[case] = base
    if w.odds(0.1) and len(steps) > 1:
        steps.pop(w.random.choice(list(steps)))
    if w.odds(0.1):
        base = w.rules["identity"](ONE, ONE)
    return w.rules["induction"](claim, A, base, steps, premises if w.odds(0.9) else ())
