"""Functions in the normal form, and the methods that speak of them: what is wrong is refused."""

import pytest
from sympy import Derivative, Sum, Symbol, cosh, exp, log, sinh, symbols, tanh

from proofs_check.engine.normal_form import Setting, normal_form
from proofs_check.engine.proof import Outcome, Step, check_proof
from proofs_check.engine.signs import Sign, declared, sign
from proofs_check.methods.combination import identity
from proofs_check.methods.congruence import Congruence
from proofs_check.methods.differentiation import Differentiation
from proofs_check.methods.logarithm import Logarithm
from theory.language.directional_derivative import derivative_along, worked_out
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.nonlinear_model import NORMS, PREACTIVATIONS
from theory.setting.symbols import N
from theory.setting.unknown_activation import Activation, ActivationSlope, Antiderivative

x, t = Symbol("x", real=True), Symbol("t", real=True)
SETTING = Setting(nonzero=lambda expression: sign(expression, declared) is Sign.POSITIVE)
n, m = symbols("n m", integer=True, positive=True)
h = PREACTIVATIONS


def proved(claim, method, **hypotheses):
    given = Statement("small", "", "", hypotheses, {"claim": claim})
    return check_proof(given, [Step("claim", claim, method)])[0]["claim"] is Outcome.PROVED


def test_hyperbolic_functions_are_rational_in_the_exponential():
    assert normal_form(cosh(x) ** 2 - sinh(x) ** 2 - 1, SETTING).is_zero
    assert normal_form(tanh(x) * (exp(x) + exp(-x)) - exp(x) + exp(-x), SETTING).is_zero
    assert normal_form(exp(2 * x) * exp(-x) - exp(x), SETTING).is_zero
    assert not normal_form(exp(2 * x) - exp(x), SETTING).is_zero
    assert not normal_form(exp(x) - exp(t), SETTING).is_zero
    assert not normal_form(sinh(x) - tanh(x), SETTING).is_zero


def test_an_unknown_function_of_an_entry_knows_its_index():
    a, b = Activation(h.at(n)), Activation(h.at(m))
    assert normal_form(Sum(a, (n, 1, N)) - Sum(b, (m, 1, N))).is_zero
    assert not normal_form(a - b).is_zero
    assert not normal_form(a - ActivationSlope(h.at(n))).is_zero
    assert not normal_form(Activation(2 * h.at(n)) - 2 * a).is_zero


def test_a_quotient_under_a_sum_stands_for_itself():
    term = 1 / (NORMS.at(n) + 1)
    other = 1 / (NORMS.at(m) + 1)
    assert normal_form(Sum(term, (n, 1, N)) - Sum(other, (m, 1, N)), SETTING).is_zero
    assert not normal_form(Sum(term, (n, 1, N)) - Sum(term**2, (n, 1, N)), SETTING).is_zero
    assert not normal_form(Sum(term, (n, 1, N)) - Sum(1 / (NORMS.at(n) + 2), (n, 1, N)), SETTING).is_zero


def test_derivatives_follow_the_chain_rule():
    assert worked_out(Derivative(Antiderivative(x**2), x)) == 2 * x * Activation(x**2) / ActivationSlope(x**2)
    along = derivative_along(lambda point: Activation(3 * point), (x,), (t,))
    assert proved(equal(along, 3 * t * ActivationSlope(3 * x)), Differentiation())
    assert not proved(equal(along, t * ActivationSlope(3 * x)), Differentiation())
    assert not proved(equal(along, 3 * t * ActivationSlope(x)), Differentiation())


def test_a_logarithm_needs_its_exponential():
    given = {"odds": equal(t + 1, exp(x))}
    assert proved(equal(log(t + 1), x), Logarithm("odds"), **given)
    assert not proved(equal(log(t + 2), x), Logarithm("odds"), **given)
    assert not proved(equal(log(t + 1), 2 * x), Logarithm("odds"), **given)


def test_congruence_replaces_one_side_by_the_other():
    given = {"same": equal(t, x + 1)}
    assert proved(equal(Activation(t), Activation(x + 1)), Congruence("same"), **given)
    assert not proved(equal(Activation(t), Activation(x)), Congruence("same"), **given)
    assert not proved(equal(Activation(t), Activation(t)), Congruence("same"), **given)


@pytest.mark.parametrize("wrong", [exp(x) + 1, 2 * exp(x), exp(-x)])
def test_a_wrong_identity_of_exponentials_is_refused(wrong):
    assert not proved(equal(wrong, exp(x)), identity())
