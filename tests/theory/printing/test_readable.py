"""Formulas at a terminal: every relation of the ledger is written without a word of LaTeX."""

import itertools

import pytest
from sympy import Symbol

from theory.errata import all_errata
from theory.language.statement import Sharpness
from theory.printing.readable import readable
from theory.printing.relations import latex_of, latex_with_loss
from theory.statements import all_statements

EVERYTHING = {**all_statements(), **{name: erratum.literal for name, erratum in all_errata().items()}}


@pytest.mark.slow
@pytest.mark.parametrize("identifier", EVERYTHING)
def test_no_latex_is_left(identifier):
    stated = EVERYTHING[identifier]
    for relation in itertools.chain(stated.hypotheses.values(), stated.claims.values()):
        latex = latex_of(relation)
        in_unicode, in_ascii = readable(latex), readable(latex, ascii_only=True)
        for text in (in_unicode, in_ascii):
            assert not set("\\{}") & set(text), text
            assert text.count("(") == text.count(")"), text
        assert in_ascii.isascii(), in_ascii


def test_brackets_keep_what_a_fraction_binds():
    assert readable(r"\frac{a + b}{c d} e") == "(a + b)/(c d) e"
    assert readable(r"\frac{\left(a + b\right)^{2}}{c_{1}}") == "(a + b)²/c₁"
    assert readable(r"Q^{\frac{D - 1}{D}}") == "Q^((D - 1)/D)"
    assert readable(r"e^{- x} v_{j_{2}}") == "e⁻ˣ v_j₂"
    assert readable(r"e^{- x} v_{j_{2}}", ascii_only=True) == "e^(- x) v_(j_2)"


def test_a_loss_is_not_taken_for_a_letter():
    at_top = Sharpness(Symbol("S", real=True), lambda weight: weight**2, (Symbol("L", real=True),))
    assert readable(latex_with_loss(at_top)) == "S = λₘₐₓ(∇² ℒ(L)), ℒ(L) = L²"
    assert readable(latex_with_loss(at_top), ascii_only=True) == "S = lambda_max(nabla^2 loss(L)), loss(L) = L^2"
