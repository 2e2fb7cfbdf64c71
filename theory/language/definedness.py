"""Where a formula speaks of partial functions, and what must hold for each to have a value there.

A quotient needs a divisor other than 0; a real power a base of at least 0, or above 0 where the exponent need not be
positive; a logarithm a positive argument; an expectation an integrable number; a normal law a positive scale. Terms
have a value everywhere by convention; a statement must not rest on that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from theory.language import terms
from theory.language.formulas import Formula, Kind, closed, compare
from theory.language.substitution import Family, instantiate, substitute
from theory.language.terms import (
    APPLY,
    BINDERS,
    COEFFICIENT,
    DERIVATIVE,
    INVERSE,
    MEAN,
    NUMBER,
    OUTCOME,
    PRODUCT,
    REAL,
    REAL_POWER,
    SUM,
    THE_OUTCOME,
    ZERO,
    Letter,
    Sort,
    Term,
)


@dataclass(frozen=True)
class Condition:
    """What must hold where a partial function stands.

    Attributes:
        formula: without a prefix; its indices are free.
        exponent: of a real power that is not known to be positive by its form: where it is, a base of 0 will do.
        place: the part that has no value otherwise.
    """

    formula: Formula
    place: Term
    exponent: Term | None = None


def conditions(formula: Formula) -> list[Condition]:
    """What must hold for everything in a formula to have a value, each once."""
    variables = [THE_OUTCOME if sort == OUTCOME else terms.fresh(sort) for sort in formula.prefix]
    found: dict[Formula, Condition] = {}
    if formula.kind is Kind.NORMAL:
        for scale in formula.terms:
            one = Condition(compare(ZERO, Kind.LESS, scale), scale)
            found.setdefault(_named_anew(one.formula), one)
    for term in _opened(formula, variables):
        for one in _of_term(term, strict=False):
            found.setdefault(_named_anew(one.formula), one)
    return list(found.values())


def _opened(formula: Formula, variables: list[Term]) -> Iterator[Term]:
    """The terms of a formula at free indices; a loss at the point at which its Hessian or its flow is meant."""
    inner = [[THE_OUTCOME if sort == OUTCOME else terms.fresh(sort) for sort in sorts] for sorts in formula.inner]
    opened = [instantiate(term, *variables, *own) for term, own in zip(formula.terms, inner, strict=True)]
    if formula.kind in (Kind.TOP_EIGENVALUE, Kind.FLOW):
        place = 1 if formula.kind is Kind.TOP_EIGENVALUE else 0
        bodies = [instantiate(term, *variables, depth=len(sorts)) for term, sorts in _points(formula)]
        values = {
            Letter(str(k), sorts, "weight"): Family(sorts, body)
            for k, (sorts, body) in enumerate(zip(formula.data, bodies, strict=True))
        }
        opened[place] = substitute(opened[place], values)
    if formula.kind is Kind.HAS_DERIVATIVE:
        opened = opened[1:]
    yield from opened


def _points(formula: Formula) -> list[tuple[Term, tuple[Sort, ...]]]:
    first = 2 if formula.kind is Kind.TOP_EIGENVALUE else 1
    return list(zip(formula.terms[first : first + len(formula.data)], formula.data, strict=True))


def _of_term(term: Term, strict: bool) -> Iterator[Condition]:
    """Conditions of a term; strict where they must hold around a point as well."""
    head = term.head
    if head == INVERSE:
        yield Condition(compare(term.arguments[0], Kind.DIFFERENT, ZERO), term)
    elif head == REAL_POWER:
        base, exponent = term.arguments
        positive = exponent.head == NUMBER and exponent.data > 0
        kind = Kind.AT_MOST if positive and not strict else Kind.LESS
        yield Condition(compare(ZERO, kind, base), term, None if positive or strict else exponent)
    elif head == APPLY and term.data == "log":
        yield Condition(compare(ZERO, Kind.LESS, term.arguments[0]), term)
    elif head == MEAN:
        yield Condition(Formula(Kind.INTEGRABLE, (), term.arguments), term)
    for position, argument in enumerate(term.arguments):
        inside = strict or (head == DERIVATIVE and position == 0)
        if head in BINDERS and position == 0:
            argument = instantiate(argument, _variable(term))
        yield from _of_term(argument, inside)


def _variable(term: Term) -> Term:
    """What a binder's variable is where its body must have a value: of a derivative the point."""
    if term.head in (SUM, PRODUCT):
        return terms.fresh(term.data)
    if term.head == MEAN:
        return THE_OUTCOME
    if term.head == DERIVATIVE:
        return term.arguments[1]
    assert term.head == COEFFICIENT
    return terms.fresh(REAL)


def _named_anew(formula: Formula) -> Formula:
    """The formula for all values of its indices: the same for two that differ in their names alone."""
    free = sorted(formula.free_indices(), key=lambda one: one.key)
    return closed(formula, *free) if formula.kind is not Kind.INTEGRABLE else formula
