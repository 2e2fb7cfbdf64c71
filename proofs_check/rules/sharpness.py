"""Rules for the top eigenvalue of a loss's Hessian: the two halves of the Rayleigh-Ritz theorem.

The quadratic form of the Hessian along `h` is twice the coefficient of order 2 of the loss along that line.
"""

from __future__ import annotations

from proofs_check.rules.calculus import _total, moved
from proofs_check.rules.theorem import Result, Theorem, comparison, needs, rule
from theory.language import terms
from theory.language.formulas import Formula, Kind, compare
from theory.language.substitution import Family, plain_family
from theory.language.terms import Letter, Term, add, letters, multiply, number, power


def quadratic_form(said: Formula, direction: tuple[Family, ...]) -> Term:
    """`h^T (Hess L) h` at the point, as twice a coefficient."""
    point, along = list(said.terms[2:]), [part.body for part in direction]
    return multiply(number(2), terms.coefficient(moved(said.terms[1], said.data, point, along), 2))


def squared_norm(direction: tuple[Family, ...]) -> Term:
    """`||h||^2`."""
    return add(*(_total(part.sorts, power(part.body, 2)) for part in direction))


def _eigenvalue(theorem: Theorem, direction: tuple[Family, ...]) -> Formula:
    said = theorem.conclusion
    needs(said.kind is Kind.TOP_EIGENVALUE and not said.prefix, f"no top eigenvalue: {said}")
    needs(tuple(part.sorts for part in direction) == said.data, "the direction has another shape than the weights")
    return said


@rule("rayleigh", "taylor")
def rayleigh_quotient(theorem: Theorem, direction: tuple[Family, ...]) -> Result:
    """`h^T (Hess L) h <= S ||h||^2` for one direction."""
    said = _eigenvalue(theorem, direction)
    return compare(quadratic_form(said, direction), Kind.AT_MOST, multiply(said.terms[0], squared_norm(direction)))


@rule("rayleigh", "taylor")
def least_upper_bound(theorem: Theorem, bound: Theorem, letters_of_direction: tuple[Letter, ...], most: Term) -> Result:
    """`S <= U` from `h^T (Hess L) h <= U ||h||^2` for letters `h` that nothing else speaks of."""
    direction = tuple(plain_family(letter) for letter in letters_of_direction)
    said, shown = _eigenvalue(theorem, direction), comparison(bound, Kind.AT_MOST)
    free = set(letters_of_direction)
    spoken = frozenset[Letter]().union(*(one.free_letters() for one in bound.hypotheses))
    needs(len(free) == len(letters_of_direction), "a letter stands for two weights")
    needs(not free & (spoken | said.free_letters() | letters(most)), "something else speaks of the direction")
    needs(all(letter.kind == "" for letter in free), "the direction consists of letters of the statement's kind")
    needs(shown.left == quadratic_form(said, direction), "not a bound of the quadratic form")
    needs(shown.right == multiply(most, squared_norm(direction)), "not a bound by a multiple of ||h||^2")
    return compare(said.terms[0], Kind.AT_MOST, most)
