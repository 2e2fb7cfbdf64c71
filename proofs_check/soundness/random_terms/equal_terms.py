"""Terms that are equal by algebra, and near misses: one random change somewhere inside a term."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from proofs_check.soundness.random_terms.vocabulary import AXES
from proofs_check.soundness.random_terms.world import Within, World
from theory.language import terms
from theory.language.substitution import instantiate, shift
from theory.language.terms import (
    ADD,
    BINDERS,
    ENTRY,
    INVERSE,
    MEAN,
    MULTIPLY,
    ONE,
    OUTCOME,
    POWER,
    PRODUCT,
    REAL,
    REAL_POWER,
    SUM,
    Axis,
    Term,
    bound,
    inverse,
    multiply,
    total,
)

Change = Callable[[World, Term, Within], Term | None]
"""Gives another term for a part inside binders of some sorts, where the change fits."""


def changed(w: World, term: Term, changes: tuple[Change, ...], within: Within = ()) -> Term:
    """The term with a change that fits at a random place; the term itself where none does."""
    if term.arguments and w.odds(0.6):
        place = w.random.randrange(len(term.arguments))
        inner = _inside(term, place, within)
        arguments = list(term.arguments)
        if arguments[place].sort == REAL:
            arguments[place] = changed(w, arguments[place], changes, inner)
            return terms.rebuild(term, tuple(arguments))
    for change in w.random.sample(changes, len(changes)):
        found = change(w, term, within)
        if found is not None:
            return found
    return term


def equal(w: World, term: Term, times: int = 2) -> Term:
    """A term that is equal to the given one."""
    for _ in range(times):
        term = changed(w, term, EQUAL)
    return term


def near_miss(w: World, term: Term, within: Within = ()) -> Term:
    """A term that looks like the given one, and is seldom equal to it."""
    return changed(w, term, WRONG, within)


def _inside(term: Term, place: int, within: Within) -> Within:
    if term.head not in BINDERS or place > 0:
        return within
    sort = term.data if term.head in (SUM, PRODUCT) else OUTCOME if term.head == MEAN else REAL
    return (*within, sort)


def _distributed(w: World, part: Term, within: Within) -> Term | None:
    if part.head != MULTIPLY:
        return None
    for place, factor in enumerate(part.arguments):
        if factor.head == ADD:
            rest = part.arguments[:place] + part.arguments[place + 1 :]
            return terms.add(*(multiply(*rest, one) for one in factor.arguments))
    return None


def _multiplied_out(w: World, part: Term, within: Within) -> Term | None:
    return multiply(part.arguments[0], terms.power(part.arguments[0], part.data - 1)) if part.head == POWER else None


def _sum_split(w: World, part: Term, within: Within) -> Term | None:
    if part.head != SUM or part.arguments[0].head != ADD:
        return None
    return terms.add(*(total(part.data, one) for one in part.arguments[0].arguments))


def _product_split(w: World, part: Term, within: Within) -> Term | None:
    if part.head != PRODUCT or part.arguments[0].head not in (MULTIPLY, POWER):
        return None
    body = part.arguments[0]
    factors = body.arguments if body.head == MULTIPLY else body.arguments * body.data
    return multiply(*(terms.product(part.data, one) for one in factors))


def _factor_into_sum(w: World, part: Term, within: Within) -> Term | None:
    if part.head != MULTIPLY:
        return None
    for place, factor in enumerate(part.arguments):
        if factor.head == SUM:
            rest = part.arguments[:place] + part.arguments[place + 1 :]
            return total(factor.data, multiply(factor.arguments[0], *(shift(one, 1) for one in rest)))
    return None


def _sums_swapped(w: World, part: Term, within: Within) -> Term | None:
    if part.head != SUM or part.arguments[0].head != SUM:
        return None
    outer, inner, body = part.data, part.arguments[0].data, part.arguments[0].arguments[0]
    # The body's variables #1 and #0 change places.
    opened = instantiate(body, bound(0, outer), bound(1, inner))
    return total(inner, total(outer, opened)) if opened.loose <= part.loose + 2 else None


def _index_summed(w: World, part: Term, within: Within) -> Term | None:
    """An entry at an index as the sum over all indices with a delta."""
    if part.head != ENTRY:
        return None
    places = [place for place, one in enumerate(part.arguments) if isinstance(one.sort, Axis)]
    if not places:
        return None
    place = w.random.choice(places)
    index = part.arguments[place]
    assert isinstance(index.sort, Axis)
    arguments = [shift(one, 1) for one in part.arguments]
    arguments[place] = bound(0, index.sort)
    same = terms.delta(bound(0, index.sort), shift(index, 1))
    return total(index.sort, multiply(same, terms.entry(part.data, *arguments)))


def _ones_summed(w: World, part: Term, within: Within) -> Term | None:
    axis = w.random.choice(AXES)
    if w.odds(0.5):
        return multiply(part, total(axis, terms.delta(bound(0, axis), shift(w.index(axis, within), 1))))
    return multiply(total(axis, shift(part, 1)), inverse(terms.size(axis)))


def _inverted_twice(w: World, part: Term, within: Within) -> Term | None:
    return (
        part.arguments[0].arguments[0]
        if part.head == INVERSE and part.arguments[0].head == INVERSE
        else (inverse(inverse(part)) if part.head != INVERSE else None)
    )


def _inverse_split(w: World, part: Term, within: Within) -> Term | None:
    if part.head != INVERSE or part.arguments[0].head not in (MULTIPLY, POWER):
        return None
    base = part.arguments[0]
    if base.head == POWER:
        return terms.power(inverse(base.arguments[0]), base.data)
    return multiply(*(inverse(one) for one in base.arguments))


def _idempotent(w: World, part: Term, within: Within) -> Term | None:
    """`a = a^2 / a`, for a base of 0 too."""
    return multiply(terms.power(part, 2), inverse(part))


def _same_added(w: World, part: Term, within: Within) -> Term | None:
    other = w.term(1, within)
    return terms.add(part, other, terms.negative(other))


def _as_coefficient(w: World, part: Term, within: Within) -> Term | None:
    variable = bound(0, REAL)
    if w.odds(0.5):
        return terms.coefficient(terms.add(multiply(variable, shift(part, 1)), terms.power(variable, 2)), 1)
    return (
        terms.coefficient(terms.power(terms.add(variable, shift(part, 1)), 2), 0)
        if w.odds(0.1)
        else (terms.coefficient(terms.add(shift(part, 1), variable), 0))
    )


def _exponential_split(w: World, part: Term, within: Within) -> Term | None:
    if part.head != terms.APPLY or part.data != "exp":
        return None
    half = multiply(terms.number(Fraction(1, 2)), part.arguments[0])
    return terms.power(terms.apply("exp", half), 2)


EQUAL: tuple[Change, ...] = (
    _distributed,
    _multiplied_out,
    _sum_split,
    _product_split,
    _factor_into_sum,
    _sums_swapped,
    _index_summed,
    _ones_summed,
    _inverted_twice,
    _inverse_split,
    _idempotent,
    _same_added,
    _as_coefficient,
    _exponential_split,
)


def _other_index(w: World, part: Term, within: Within) -> Term | None:
    if part.head not in (ENTRY, terms.DELTA):
        return None
    places = [place for place, one in enumerate(part.arguments) if isinstance(one.sort, Axis)]
    if not places:
        return None
    arguments = list(part.arguments)
    place = w.random.choice(places)
    arguments[place] = w.index(arguments[place].sort, within)
    return terms.rebuild(part, tuple(arguments))


def _other_head(w: World, part: Term, within: Within) -> Term | None:
    if part.head in (SUM, PRODUCT):
        return (terms.product if part.head == SUM else total)(part.data, part.arguments[0])
    if part.head == POWER:
        return terms.power(part.arguments[0], part.data + 1)
    if part.head in (ADD, MULTIPLY):
        kept = w.random.sample(part.arguments, len(part.arguments) - 1)
        return (terms.add if part.head == ADD else multiply)(*kept)
    if part.head == INVERSE:
        return part.arguments[0]
    if part.head == REAL_POWER:
        return terms.real_power(part.arguments[0], terms.add(part.arguments[1], ONE))
    return None


def _binder_dropped(w: World, part: Term, within: Within) -> Term | None:
    """The body for an index from outside: what a captured variable would make of it."""
    if part.head not in (SUM, PRODUCT) or w.odds(0.3):
        return None
    axis = part.data
    return multiply(instantiate(part.arguments[0], w.index(axis, within)), w.choice(ONE, terms.size(axis)))


def _cancelled_carelessly(w: World, part: Term, within: Within) -> Term | None:
    return multiply(part, w_other := w.leaf(within), inverse(w_other))


def _sum_of_products(w: World, part: Term, within: Within) -> Term | None:
    """A product of sums as the sum of products."""
    if part.head == POWER and part.arguments[0].head == SUM:
        one = part.arguments[0]
        return total(one.data, terms.power(one.arguments[0], part.data))
    if part.head == MULTIPLY:
        sums = [one for one in part.arguments if one.head == SUM]
        if len(sums) > 1 and sums[0].data == sums[1].data:
            rest = [shift(one, 1) for one in part.arguments if one not in sums[:2]]
            return total(sums[0].data, multiply(sums[0].arguments[0], sums[1].arguments[0], *rest))
    return None


def _number_changed(w: World, part: Term, within: Within) -> Term | None:
    return terms.add(part, w.leaf(within)) if w.odds(0.5) else multiply(part, w.leaf(within))


WRONG: tuple[Change, ...] = (
    _other_index,
    _other_index,
    _other_head,
    _binder_dropped,
    _cancelled_carelessly,
    _sum_of_products,
    _number_changed,
)
