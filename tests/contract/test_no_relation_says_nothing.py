"""No hypothesis, claim or step of a proof is printed with the same text on both sides."""

import re
from dataclasses import replace

import pytest
from sympy import Symbol

from tests.rows import ROWS, with_its_steps
from theory.errors import StatementError
from theory.language.relations import Relation, SpecialCase, equal, equal_in_case
from theory.printing.readable import readable
from theory.printing.relations import latex_of
from theory.statements import statement


def relations(said, steps):
    yield from said.hypotheses.items()
    yield from said.claims.items()
    yield from ((f"step {step.id}", step.claim) for step in steps)


def says_nothing(relation):
    """Whether both sides read the same, as LaTeX or in Unicode."""
    if not isinstance(relation, Relation):
        return False
    latex = latex_of(relation).partition(r"\quad \forall")[0]
    for text in (latex, readable(latex)):
        left, sign, right = re.split(r" (=|≤|<|\\le) ", text)[-3:]  # in front of them, the values of a special case
        if sign and left.strip() == right.strip():
            return True
    return False


@pytest.mark.slow
@pytest.mark.parametrize("identifier", ROWS)
def test_the_two_sides_of_what_is_printed_differ(identifier):
    assert [name for name, relation in relations(*with_its_steps(identifier)) if says_nothing(relation)] == []


@pytest.mark.parametrize("identifier", ROWS)
def test_a_formula_in_a_special_case_is_what_is_proved(identifier):
    """The left side that is proved is what the printed formula is at the printed values."""
    for name, relation in relations(*with_its_steps(identifier)):
        case = getattr(relation, "case", None)
        if case is not None:
            assert equal(case.value(), relation.right).left == relation.left, name


@pytest.mark.parametrize(
    ("identifier", "claim"), [("def-5.8", "two-layers"), ("lem-b.1", "plus-last"), ("eq-18", "kernel")]
)
def test_a_claim_printed_with_the_same_sides_is_found(identifier, claim):
    found = statement(identifier).claims[claim]
    assert found.case is not None
    assert says_nothing(replace(found, case=None))


def test_another_case_is_found():
    found = statement("def-5.8").claims["two-layers"]
    other = SpecialCase(found.case.general, (equal(found.case.values[0].left, 3),))
    assert equal_in_case(other, found.right).left != found.left


def test_a_value_goes_in_for_letters_entries_and_functions_alone():
    x = Symbol("x")
    with pytest.raises(StatementError, match="no value"):
        SpecialCase(x + 1, (equal(2 * x, 3),)).value()
