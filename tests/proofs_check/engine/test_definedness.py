"""What is said to have a value has one, wherever the hypotheses hold."""

import numpy as np
import pytest
from flint import fmpq
from hypothesis import event, given
from sympy import Symbol

from proofs_check.engine.definedness import see_defined
from proofs_check.engine.proof import State
from proofs_check.models.values import value
from tests.proofs_check.models.random_terms import A, B, F, both_models, random_terms
from theory.errors import StatementError
from theory.language.formulas import Kind, compare
from theory.language.indexed import Axis, IndexedArray
from theory.language.relations import at_most, less
from theory.language.statement import Statement
from theory.language.terms import ZERO, entry, inverse, negative, real_power, total

a, b = Symbol("a", real=True), Symbol("b", real=True)
HALF = fmpq(1, 2)
family = IndexedArray.named("f", Axis(Symbol("N", integer=True, positive=True), "nm"), positive=True)


def state():
    hypotheses = {"a": less(0, a), "b": at_most(0, b), "f": less(0, family.total())}
    return State(Statement("own", "", "", hypotheses, {"c": at_most(0, a**2)}))


def test_the_letters_are_those_of_the_random_terms():
    assert {A, B, F} == {letter for one in state().read.hypotheses.values() for letter in one.free_letters()}


@pytest.mark.slow
@given(random_terms(roots=True), both_models())
def test_what_is_shown_to_have_a_value_has_one(term, models):
    numbers = models[0].letters
    for letter, least in ((A, HALF), (B, 0), (F, HALF)):
        numbers[letter] = np.asarray(abs(numbers[letter]) + least, dtype=object)
    try:
        see_defined({"c": compare(ZERO, Kind.EQUAL, term)}, state())
    except StatementError:
        event("not shown")
        return
    event("shown")
    value(term, models[0])


@pytest.mark.parametrize("letter", [A, B])
def test_a_divisor_is_to_differ_from_zero_and_a_base_not_to_be_negative(letter):
    for term, fine in (
        (inverse(entry(letter)), letter is A),
        (real_power(entry(letter), inverse(entry(A))), True),
        (real_power(negative(entry(letter)), inverse(entry(A))), False),
        (total(F.sorts[0], inverse(entry(letter))), letter is A),
    ):
        if fine:
            see_defined({"c": compare(ZERO, Kind.EQUAL, term)}, state())
        else:
            with pytest.raises(StatementError, match="need not have a value"):
                see_defined({"c": compare(ZERO, Kind.EQUAL, term)}, state())
