"""Rational solutions of polynomial equations in few unknowns: elimination, factors, roots, and drawing what is free."""

from __future__ import annotations

import random
from collections.abc import Callable
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx, fmpq_poly

from theory.errors import StatementError


class NoSolution(StatementError):  # noqa: N818 - no fault of the program
    """Equations that these numbers do not solve."""


@lru_cache(maxsize=64)
def unknowns(count: int) -> tuple[Any, ...]:
    """As many unknowns."""
    return tuple(fmpq_mpoly_ctx.get(tuple(f"x{place}" for place in range(count)), Ordering.lex).gens())


class Irrational(Enum):
    """What becomes of a root that is not rational."""

    REFUSED = "refused"
    BALL = "given as a ball, where no other equation speaks of it"
    NEAR = "replaced by a simple rational number near it"


def solution(
    equations: list[Any], count: int, draw: Callable[[int], fmpq], source: random.Random, irrational: Irrational
) -> list[Any]:
    """Values of unknowns at which all equations hold.

    Args:
        equations: polynomials that are to be 0.
        count: number of unknowns.
        draw: a number for an unknown that is free.
        source: chooses among solutions.
        irrational: what becomes of a root that is not rational.

    Raises:
        NoSolution: none was found.
    """
    names = unknowns(count)
    pending = _left(equations)
    found: dict[int, Any] = {}  # by unknown, a number or a polynomial in those that are found later
    while pending:
        place, replaced, rest = _following(pending, names, draw, source, irrational)
        if place is None:
            pending = _left(rest)
            continue
        found[place] = replaced
        if isinstance(replaced, fmpq | fmpq_mpoly):
            image = [replaced + 0 * names[0] if k == place else name for k, name in enumerate(names)]
            pending = _left([one.compose(*image) for one in rest])
        else:
            pending = rest
    values: list[Any] = [None] * count
    for place in range(count):
        if place not in found:
            values[place] = draw(place)
    for place, replaced in reversed(found.items()):
        values[place] = _at(replaced, values) if isinstance(replaced, fmpq_mpoly) else replaced
    return values


def _left(equations: list[Any]) -> list[Any]:
    """What is still to be solved."""
    left = [one for one in equations if one != 0]
    if any(one.is_constant() for one in left):
        raise NoSolution("the equations contradict each other at these numbers")
    return left


def _following(
    pending: list[Any],
    names: tuple[Any, ...],
    draw: Callable[[int], fmpq],
    source: random.Random,
    irrational: Irrational,
) -> tuple[int | None, Any, list[Any]]:
    """One more unknown with its value, and the equations that are left; no unknown where an equation is split."""
    for equation in sorted(pending, key=len):
        if equation.total_degree() == 1:
            place = source.choice(_spoken(equation))
            slope = equation.coefficient(equation.monoms().index(_alone(place, len(names))))
            rest = names[place] - equation / slope
            return place, rest, [one for one in pending if one is not equation]
    for equation in pending:
        spoken = _spoken(equation)
        if len(spoken) == 1:
            others = [one for one in pending if one is not equation]
            lonely = not any(spoken[0] in _spoken(one) for one in others)
            kind = Irrational.REFUSED if irrational is Irrational.BALL and not lonely else irrational
            return spoken[0], _root(equation, spoken[0], source, kind), others
    for equation in pending:
        factors = [factor for factor, _ in equation.factor()[1]]
        if len(factors) > 1:
            return None, None, [*(one for one in pending if one is not equation), source.choice(factors)]
    equation = min(pending, key=lambda one: one.total_degree())
    degrees = equation.degrees()
    spoken = _spoken(equation)
    chosen = source.choice([place for place in spoken if degrees[place] > 1] or spoken)
    return chosen, draw(chosen), pending


def _spoken(equation: Any) -> list[int]:
    return [place for place, degree in enumerate(equation.degrees()) if degree]


def _alone(place: int, count: int) -> tuple[int, ...]:
    return tuple(int(k == place) for k in range(count))


def _root(equation: Any, place: int, source: random.Random, irrational: Irrational) -> Any:
    coefficients = [fmpq(0)] * (equation.degrees()[place] + 1)
    for powers, coefficient in zip(equation.monoms(), equation.coeffs(), strict=True):
        coefficients[int(powers[place])] = coefficient
    polynomial = fmpq_poly(coefficients)
    factors = [factor for factor, _ in polynomial.factor()[1]]
    rational = [-fmpq(factor[0]) / factor[1] for factor in factors if factor.degree() == 1]
    if rational:
        return source.choice(rational)
    refused = irrational is Irrational.REFUSED
    roots: list[Any] = [] if refused else [root for root, _ in list[Any](polynomial.complex_roots())]
    real = [root.real for root in roots if root.imag == 0]
    if not real:
        raise NoSolution("no rational root at these numbers")
    chosen = source.choice(real)
    return _near(float(chosen)) if irrational is Irrational.NEAR else chosen


def _near(number: float) -> fmpq:
    """The simplest rational number within a hundredth."""
    for bottom in range(1, 200):
        simple = Fraction(number).limit_denominator(bottom)
        if abs(simple - number) <= abs(number) / 100:
            return fmpq(simple.numerator, simple.denominator)
    raise NoSolution("a root next to 0")


def _at(polynomial: Any, values: list[Any]) -> Any:
    """A polynomial at values, balls among them."""
    result: Any = fmpq(0)
    for powers, coefficient in zip(polynomial.monoms(), polynomial.coeffs(), strict=True):
        term: Any = coefficient
        for place, power in enumerate(powers):
            for _ in range(int(power)):
                term = values[place] * term
        result = term + result
    return result
