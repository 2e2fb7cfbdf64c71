"""Polynomials in generators: the values of what they are made of, and exact quotients."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from proofs_check.engine.ring import Ring, combined, multiplied
from proofs_check.rules.equality import context_of
from proofs_check.soundness.semantics.value import value
from tests.proofs_check.models.random_terms import PLACE, A, B, F, N, both_models, random_terms
from theory.language import terms

GENERATORS = (terms.entry(A), terms.entry(B), terms.total(N, terms.entry(F, PLACE)))


def ring():
    return Ring(context_of([]))


@given(random_terms(), both_models())
def test_a_polynomial_has_the_value_of_its_term(term, models):
    mine = ring()
    assert value(mine.term(mine.sparse(term)), models[1]) == value(term, models[1])


@st.composite
def polynomials(draw):
    """In three generators, with exponents that can be negative."""
    numbers = st.integers(-3, 3).filter(bool).map(Fraction)
    rows = draw(st.lists(st.tuples(*[st.integers(-1, 2)] * 3), min_size=1, max_size=4, unique=True))
    return {tuple((k, e) for k, e in enumerate(row) if e): draw(numbers) for row in rows}


def product(first, second):
    return combined([(factor, multiplied(second, powers)) for powers, factor in first.items()])


@given(polynomials(), polynomials())
def test_a_quotient_undoes_a_product_and_nothing_else(first, second):
    mine = ring()
    for generator in GENERATORS:
        mine.number(generator)
    whole = product(first, second)
    assert mine.quotient(whole, second) == first
    found = mine.quotient(first, second)
    if found is not None:
        assert product(found, second) == first
    one_more = combined([(Fraction(1), whole), (Fraction(1), {(): Fraction(1)})])
    if len(second) > 1:  # else it divides everything
        assert mine.quotient(one_more, second) is None
    assert mine.quotient(first, {}) is None
