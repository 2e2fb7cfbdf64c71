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
from theory.language.substitution import Family, Substitution, instantiate, substitute
from theory.language.terms import (
    APPLY,
    BINDERS,
    COEFFICIENT,
    DERIVATIVE,
    INVERSE,
    MEAN,
    NUMBER,
    PRODUCT,
    REAL,
    REAL_POWER,
    SUM,
    THE_OUTCOME,
    ZERO,
    Letter,
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
    variables = [terms.fresh(sort) for sort in formula.prefix]
    found: dict[Formula, Condition] = {}
    if formula.kind is Kind.NORMAL:
        for scale in formula.terms:
            one = Condition(compare(ZERO, Kind.LESS, scale), scale)
            found.setdefault(_named_anew(one.formula), one)
    for term, values in _opened(formula, variables):
        for one in _at(_of_term(term, strict=False), values, term):
            found.setdefault(_named_anew(one.formula), one)
    return list(found.values())


def _opened(formula: Formula, variables: list[Term]) -> Iterator[tuple[Term, Substitution]]:
    """The terms of a formula at free indices; a loss with the point at which its Hessian or its flow is meant."""
    inner = [[terms.fresh(sort) for sort in sorts] for sorts in formula.inner]
    opened = [instantiate(term, *variables, *own) for term, own in zip(formula.terms, inner, strict=True)]
    points: list[Substitution] = [{} for _ in opened]
    if formula.kind in (Kind.TOP_EIGENVALUE, Kind.FLOW):
        place = 1 if formula.kind is Kind.TOP_EIGENVALUE else 0
        weights = zip(formula.data, formula.terms[place + 1 :], strict=False)  # of a flow those that it starts from
        points[place] = {
            Letter(str(k), sorts, "weight"): Family(sorts, instantiate(term, *variables, depth=len(sorts)))
            for k, (sorts, term) in enumerate(weights)
        }
    first = 1 if formula.kind is Kind.HAS_DERIVATIVE else 0
    yield from list(zip(opened, points, strict=True))[first:]


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
        if head not in BINDERS or position > 0:
            yield from _of_term(argument, strict)
            continue
        variable = _variable(term)
        inner = _of_term(instantiate(argument, variable), strict or head == DERIVATIVE)
        yield from _at(inner, {variable.data: Family((), term.arguments[1])}, term) if head == DERIVATIVE else inner


def _at(found: Iterator[Condition], values: Substitution, whole: Term) -> Iterator[Condition]:
    """Conditions at values of letters, which are put in last: in `1/x` at 0 no divisor would be left."""
    for one in found:
        if values:
            exponent = None if one.exponent is None else substitute(one.exponent, values)
            place = substitute(one.place, values)
            one = Condition(one.formula.substitute(values), whole if place.head == NUMBER else place, exponent)
        yield one


def _variable(term: Term) -> Term:
    """A value of a binder's variable."""
    if term.head in (SUM, PRODUCT):
        return terms.fresh(term.data)
    if term.head == MEAN:
        return THE_OUTCOME
    assert term.head in (DERIVATIVE, COEFFICIENT)
    return terms.fresh(REAL)


def _named_anew(formula: Formula) -> Formula:
    """The formula for all values of its indices: the same for two that differ in their names alone."""
    free = sorted(formula.free_indices(), key=lambda one: one.key)
    return closed(formula, *free) if formula.kind is not Kind.INTEGRABLE else formula
