"""What the ledger proves is what the code evaluates: a statement's claims are the functions' own values on symbols."""

import pytest
from sympy import srepr

from theory import bounds
from theory.statements import all_statements, statement
from theory.symbols import C, spectrum


def expressions(identifier):
    """Every subexpression of the sides of a statement's claims, as text."""
    found = set()
    for claim in statement(identifier).claims.values():
        for side in (claim.left, claim.right):
            found |= {srepr(part) for part in side.atoms(type(side))} | {srepr(side)}
    return found


def test_theorem_4_3_is_two_layer_minimizer():
    lower, upper = bounds.two_layer_minimizer(spectrum, C)
    assert statement("thm-4.3").claims["lower"].left == lower
    assert statement("thm-4.3").claims["upper"].right == upper
    assert srepr(bounds.positive_root(C, spectrum.difficulty)) in expressions("thm-4.3")


def test_definition_4_1_is_the_difficulty():
    assert srepr(spectrum.difficulty) in expressions("def-4.1")


@pytest.mark.parametrize("identifier", list(all_statements()))
def test_every_statement_says_where_the_paper_says_it(identifier):
    shown = statement(identifier)
    assert shown.title
    assert shown.source
    assert shown.claims
