"""What the ledger proves is what the code evaluates: each public formula, called on symbols, stands in a statement."""

import inspect
from functools import cache

import pytest
import sympy
from sympy import srepr

from theory import bounds
from theory.formulas import imbalance, spectral_norms
from theory.formulas.imbalance import StepTerms
from theory.setting.symbols import C, D, X, eta, later_layers, layers, spectrum, u, v, w, y
from theory.setting.wide_model import GREATEST, LEAST
from theory.statements import all_statements, statement
from theory.statements.own_ceiling_slope import OSCILLATION

ALPHA, BETA = sympy.symbols("alpha beta", positive=True)
BATCH = sympy.Symbol("B", integer=True, positive=True)
ON_SYMBOLS = {
    bounds.positive_root: lambda: ("thm-4.3", [bounds.positive_root(C, spectrum.difficulty)]),
    bounds.predicted_sharpness: lambda: ("def-5.8", [bounds.predicted_sharpness(spectrum, D)]),
    bounds.two_layer_minimizer: lambda: ("thm-4.3", bounds.two_layer_minimizer(spectrum, C)),
    bounds.balanced_minimizer: lambda: ("thm-4.6", bounds.balanced_minimizer(spectrum, D)),
    bounds.minimizer: lambda: ("own-minimizer", bounds.minimizer(spectrum, later_layers**2)),
    bounds.wide_minimizer: lambda: ("own-wide-minimizer", bounds.wide_minimizer(spectrum, LEAST, GREATEST)),
    bounds.initialization: lambda: ("thm-5.6", bounds.initialization(spectrum, ALPHA, BETA)),
    bounds.convergence: lambda: ("thm-5.7", bounds.convergence(spectrum, ALPHA, BETA)),
    bounds.pointwise: lambda: ("lem-b.3", bounds.pointwise(spectrum, w @ u, v)),
    imbalance.gradient_descent_increment: lambda: (
        "thm-5.9",
        [imbalance.gradient_descent_increment(X, y, u, v, eta)],
    ),
    imbalance.sgd_expected_increment: lambda: (
        "thm-5.9",
        [imbalance.sgd_expected_increment(X, y, u, v, eta, BATCH)],
    ),
    imbalance.noise_increments: lambda: (
        "own-deep-mini-batches",
        [imbalance.noise_increments(X, y, u, later_layers, eta, BATCH).at(layers.index(set()))],
    ),
    imbalance.step_terms: lambda: ("thm-5.9", list(imbalance.step_terms(X, y, u, v))[4:]),
    imbalance.imbalance_pump: lambda: (
        "own-ceiling-slope",
        [imbalance.imbalance_pump(spectrum, w @ u, v, OSCILLATION)],
    ),
    imbalance.layer_imbalance: lambda: ("def-4.2", [imbalance.layer_imbalance(spectrum, u, v)]),
}
NOT_A_CLOSED_FORM = {bounds.minimizer_sharpness: "the root of a secular equation, tested against dense eigenvalues"}


def written(expression):
    """Text of an expression in which letters of one name count as one: statements declare some with a sign."""
    plain = {s: sympy.Symbol(s.name) for s in expression.atoms(sympy.Symbol)}
    return srepr(expression.xreplace(plain))


@cache
def in_claims(identifier):
    """Every subexpression of the claims of a statement."""
    return {
        written(part)
        for claim in statement(identifier).claims.values()
        for side in (claim.left, claim.right)
        for part in sympy.preorder_traversal(side)
    }


def public_functions(module):
    return [
        function
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    ]


@pytest.mark.slow
@pytest.mark.parametrize("function", public_functions(bounds) + public_functions(imbalance), ids=lambda f: f.__name__)
def test_every_public_formula_is_a_statements_own_object(function):
    if function in NOT_A_CLOSED_FORM:
        return
    identifier, values = ON_SYMBOLS[function]()
    known = in_claims(identifier)
    for value in values:
        assert written(value) in known, f"{function.__name__} is not what {identifier} states"


def test_the_check_sees_another_formula():
    lower, upper = bounds.two_layer_minimizer(spectrum, C)
    assert written(lower + upper) not in in_claims("thm-4.3")
    assert written(bounds.two_layer_minimizer(spectrum, -C).lower) not in in_claims("thm-4.3")


def test_the_bordered_norm_is_lemma_b_1s():
    from theory.statements.lem_b_1 import BORDER

    assert written(spectral_norms.bordered_norm(BORDER)) in in_claims("lem-b.1")


def test_definition_4_1_is_the_difficulty():
    assert written(spectrum.difficulty) in in_claims("def-4.1")
    assert len(StepTerms._fields) == 6


@pytest.mark.parametrize("identifier", list(all_statements()))
def test_every_statement_says_where_it_comes_from(identifier):
    shown = statement(identifier)
    assert shown.title
    assert shown.source
    assert shown.claims
