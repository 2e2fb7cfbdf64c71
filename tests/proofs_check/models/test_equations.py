"""Exact solutions of polynomial equations, and expectations of polynomials in normal numbers."""

import random
from fractions import Fraction

import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st
from sympy import Symbol

from proofs_check.models.equations import Irrational, NoSolution, solution, unknowns
from proofs_check.models.moments import Law
from proofs_check.models.values import Model
from theory.language.expectation import Mean
from theory.language.relations import equal
from theory.language.statement import Initialization, Statement
from theory.language.statement_reader import read

NUMBERS = st.integers(-3, 3)
POWERS = st.tuples(st.integers(0, 2), st.integers(0, 2))


def at(polynomial, point):
    """A polynomial, by powers, at a point."""
    return sum(factor * point[0] ** i * point[1] ** j for (i, j), factor in polynomial.items())


@given(st.lists(st.dictionaries(POWERS, NUMBERS, max_size=4), min_size=1, max_size=2), NUMBERS, NUMBERS, st.integers())
def test_every_equation_holds_exactly_at_what_is_found(polynomials, first, second, seed):
    planted = []
    for one in polynomials:  # each is moved so that it is 0 at the planted point
        moved = dict(one)
        moved[0, 0] = moved.get((0, 0), 0) - at(one, (first, second))
        planted.append(moved)
    x, y = unknowns(2)
    equations = [sum((fmpq(f) * x**i * y**j for (i, j), f in one.items()), start=0 * x) for one in planted]
    source = random.Random(seed)
    try:
        values = solution(equations, 2, lambda _: fmpq(source.randint(-3, 3)), source, Irrational.REFUSED)
    except NoSolution:
        return
    point = [Fraction(int(one.p), int(one.q)) for one in values]
    assert all(at(one, point) == 0 for one in planted)


def test_a_linear_system_is_always_solved():
    x, y = unknowns(2)
    values = solution([2 * x + y - 4, x - y + 1], 2, lambda _: fmpq(0), random.Random(0), Irrational.REFUSED)
    assert values == [1, 2]
    with pytest.raises(NoSolution):
        solution([x - 1, x - 2], 2, lambda _: fmpq(0), random.Random(0), Irrational.REFUSED)
    with pytest.raises(NoSolution):
        solution([x**2 - 2], 2, lambda _: fmpq(0), random.Random(0), Irrational.REFUSED)


def expectation(polynomial, deviations):
    """By parts, one number after another: `E x f(x) = sigma^2 E f'(x)`."""
    total = Fraction(0)
    for (i, j), factor in polynomial.items():
        if i >= 1:
            inner = {(i - 2, j): factor * (i - 1)} if i >= 2 else {}
            total += deviations[0] ** 2 * expectation(inner, deviations)
        elif j >= 1:
            inner = {(0, j - 2): factor * (j - 1)} if j >= 2 else {}
            total += deviations[1] ** 2 * expectation(inner, deviations)
        else:
            total += factor
    return total


@given(
    st.dictionaries(st.tuples(st.integers(0, 5), st.integers(0, 4)), NUMBERS.filter(bool), min_size=1, max_size=4),
    st.sampled_from([Fraction(1, 2), Fraction(1), Fraction(3)]),
    st.sampled_from([Fraction(1, 3), Fraction(2)]),
)
def test_an_expectation_is_what_integration_by_parts_gives(polynomial, first, second):
    x, b = Symbol("x", real=True), Symbol("b", real=True)
    p, q = Symbol("p", positive=True), Symbol("q", positive=True)
    mean = Mean(sum(factor * x**i * b**j for (i, j), factor in polynomial.items()))
    given_ = read(Statement("own", "", "", {"law": Initialization(((x, p), (b, q)))}, {"c": equal(mean, 0 * x)}))
    deviations = {"p": first, "q": second}
    model = Model({}, {})
    for letter in next(iter(given_.hypotheses.values())).free_letters():
        if letter.name in deviations:
            value = deviations[letter.name]
            model.letters[letter] = _single(fmpq(value.numerator, value.denominator))
    term = given_.reader.expression(mean)
    found = fmpq(0) if not term.arguments else Law(model, [], given_).mean(term, model)
    assert Fraction(int(found.p), int(found.q)) == expectation(polynomial, (first, second))


def _single(value):
    import numpy as np

    return np.array(value, dtype=object)
