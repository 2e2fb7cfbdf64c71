"""Comparison by squares: it needs the right squares, the right senses and a right side that cannot be negative."""

import pytest
from sympy import Symbol, sqrt

from proofs_check.engine.proof import Outcome, Step, check_proof
from proofs_check.methods.combination import Combination
from proofs_check.methods.squares import SquaresInOrder
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement

a, b = Symbol("a", real=True), Symbol("b", real=True)
LENGTH = sqrt(a**2 + b**2)


def outcome(claim, *steps, **hypotheses):
    claims, records, _ = check_proof(Statement("small", "", "", hypotheses, {"claim": claim}), list(steps))
    return claims["claim"], records[-1].reason


def compared(claim, squares, **hypotheses):
    return outcome(claim, Step("claim", claim, SquaresInOrder("squares")), squares=squares, **hypotheses)


def test_a_number_is_at_most_the_length():
    squares = at_most(a**2, LENGTH**2)
    claim = at_most(a, LENGTH)
    steps = [Step("squares", squares, Combination(b**2)), Step("claim", claim, SquaresInOrder("squares"))]
    assert outcome(claim, *steps)[0] is Outcome.PROVED


def test_a_side_that_may_be_negative_is_refused():
    """`a^2 <= b^2` does not give `a <= b`: take a = 1, b = -2."""
    result, reason = compared(at_most(a, b), at_most(a**2, b**2))
    assert result is Outcome.OPEN
    assert "negative" in reason


@pytest.mark.parametrize(
    ("claim", "squares"),
    [
        (at_most(a, LENGTH), at_most(a**2, b**2)),
        (at_most(2 * a, LENGTH), at_most(a**2, LENGTH**2)),
        (at_most(a, 2 * LENGTH), at_most(a**2, LENGTH**2)),
        (less(a, LENGTH), at_most(a**2, LENGTH**2)),
        (at_most(a, LENGTH), less(a**2, LENGTH**2)),
        (equal(a, LENGTH), equal(a**2, LENGTH**2)),
        (at_most(LENGTH, a), at_most(a**2, LENGTH**2)),
    ],
)
def test_other_squares_and_other_senses_are_refused(claim, squares):
    assert compared(claim, squares)[0] is Outcome.OPEN


def test_squares_that_are_not_established_prove_nothing():
    claim = at_most(a, LENGTH)
    assert outcome(claim, Step("claim", claim, SquaresInOrder("squares")))[0] is Outcome.OPEN


def test_a_given_sign_is_needed_where_the_form_shows_none():
    claim, squares = at_most(a, b), at_most(a**2, b**2)
    steps = [Step("claim", claim, SquaresInOrder("squares", given=("sign",)))]
    assert outcome(claim, *steps, squares=squares, sign=at_most(0, b))[0] is Outcome.PROVED
    assert outcome(claim, *steps, squares=squares, sign=at_most(0, a))[0] is Outcome.OPEN
