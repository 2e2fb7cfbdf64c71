"""Expectations: each method passes what is true and refuses what is not."""

from itertools import product

import pytest
from flint import arb, fmpq
from sympy import Derivative, KroneckerDelta, Symbol, sqrt

from proofs_check.engine.proof import Outcome, Step, check_proof, fact
from proofs_check.instances.evaluation import at_precision
from proofs_check.instances.mean_sharpness import mean_absolute_imbalance, squared_imbalance, unlabelled_sharpness
from proofs_check.methods.almost_surely import AlmostSurely
from proofs_check.methods.combination import Combination
from proofs_check.methods.differentiation import Differentiation
from proofs_check.methods.harmonic_mean import HarmonicMean
from proofs_check.methods.moments import Moments
from proofs_check.methods.monotone import Monotone
from proofs_check.methods.odd_mean import OddMean
from theory.errors import StatementError
from theory.formulas.initialization_moments import mean_harmonic_square, mean_squared_imbalance
from theory.language.expectation import Mean
from theory.language.relations import at_most, equal, less
from theory.language.statement import Initialization, Orthonormal, Statement
from theory.setting.hypotheses import two_layer_sharpness
from theory.setting.symbols import S, modes, rank, s, u, v, w
from theory.statements.lem_b_2 import DIFFICULTY, FIRST

a, b = Symbol("alpha", positive=True), Symbol("beta", positive=True)
i, j = modes.index(set()), modes.index({"i"})
c = w @ u
NORMAL = Initialization(((u, a), (v, b)))


def outcome(claim, method, *steps, **hypotheses):
    given = Statement(
        "small", "", "", {"law": NORMAL, "rows": Orthonormal(w), **hypotheses}, {"claim": claim}, ("lem-b.2",)
    )
    claims, records, _ = check_proof(given, [*steps, Step("claim", claim, method)])
    return claims["claim"], records[-1].reason


def proved(claim, method, *steps, **hypotheses):
    return outcome(claim, method, *steps, **hypotheses)[0] is Outcome.PROVED


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (v, 0),
        (v**2, b**2),
        (v**3, 0),
        (v**4, 3 * b**4),
        (v**6, 15 * b**6),
        (c[0], 0),
        (c[0] ** 2, a**2),
        (c[0] ** 4, 3 * a**4),
        (c.at(i) * c.at(j), a**2 * KroneckerDelta(i, j)),
        (c.at(i) ** 2 * c.at(j) ** 2, a**4 * (1 + 2 * KroneckerDelta(i, j))),
        (c[0] ** 2 * v**2, a**2 * b**2),
        ((c**2).total(), rank * a**2),
        ((c**2).total() ** 2, rank**2 * a**4 + 2 * rank * a**4),
        ((s * c).total() ** 2, a**2 * (s**2).total()),
    ],
)
def test_moments_of_normal_numbers(expression, value):
    assert proved(equal(Mean(expression), value), Moments())
    assert not proved(equal(Mean(expression), value + a), Moments())
    assert not proved(equal(Mean(expression), 2 * value + 1), Moments())


def test_moments_need_the_moments_method_and_the_law():
    claim = equal(Mean(v**2), b**2)
    assert not proved(claim, Combination())
    given = Statement("small", "", "", {}, {"claim": claim})
    assert check_proof(given, [Step("claim", claim, Moments())])[0]["claim"] is Outcome.OPEN


def test_a_fixed_letter_leaves_the_expectation_and_a_random_one_does_not():
    fixed, random = Symbol("q", real=True), Symbol("Z", real=True)
    assert proved(equal(Mean(fixed * v**2), fixed * b**2), Moments())
    law = Initialization(((u, a), (v, b)), functions=(random,))
    assert not proved(equal(Mean(random * v**2), random * b**2), Moments(), law=law)
    assert not proved(equal(Mean(random), random), Moments(), law=law)


def test_what_is_not_shown_integrable_is_not_split():
    random = Symbol("Z", real=True)
    law = Initialization(((u, a), (v, b)), functions=(random,))
    assert not proved(equal(Mean(random + v), Mean(random)), Moments(), law=law)
    bounds = {"below": at_most(0, random), "above": at_most(random, v**2)}
    mean = Step("bounded", at_most(Mean(random), Mean(v**2)), Monotone("above", (("below", "above"),)))
    assert not proved(equal(Mean(random + v), Mean(random)), Moments(), law=law, **bounds)
    assert proved(equal(Mean(random + v), Mean(random)), Moments(), mean, law=law, **bounds)


def test_the_sharpness_at_random_weights_is_never_taken_for_fixed():
    with pytest.raises(StatementError, match="S depends on chance"):
        proved(equal(Mean(S), S), Moments(), sharpness=two_layer_sharpness())
    law = Initialization(((u, a), (v, b)), functions=(S,))
    assert not proved(equal(Mean(S), S), Moments(), law=law, sharpness=two_layer_sharpness())


def test_monotone_takes_both_sides_of_one_inequality():
    step = Step("square", at_most(2 * v, v**2 + 1), Combination((v - 1) ** 2))
    assert proved(at_most(Mean(2 * v), Mean(v**2 + 1)), Monotone("square"), step)
    assert not proved(at_most(Mean(v**2 + 1), Mean(2 * v)), Monotone("square"), step)
    assert not proved(at_most(Mean(2 * v), Mean(v**2)), Monotone("square"), step)
    assert not proved(less(Mean(2 * v), Mean(v**2 + 1)), Monotone("square"), step)


def test_almost_surely_needs_a_nonnegative_form_and_a_positive_mean():
    norm = v**2 + c[0] ** 2
    mean = Step("mean", less(0, Mean(norm)), Moments(a**2 + b**2))
    assert proved(less(0, norm), AlmostSurely("mean"), mean)
    shifted = Step("mean", less(0, Mean(v + v**2)), Moments(b**2))
    assert not proved(less(0, v + v**2), AlmostSurely("mean"), shifted)
    other = Symbol("Z", real=True)
    assert not proved(less(0, other**2), AlmostSurely("mean"), mean)


def test_an_odd_function_has_mean_zero_and_an_even_one_need_not():
    norm = v**2 + 1
    odd, even = v / norm, v**2 / norm
    bounds = [
        Step("below", at_most(-1, odd), Combination(((v + 1) ** 2 + v**2 + 1) / (2 * norm))),
        Step("above", at_most(odd, 1), Combination(((v - 1) ** 2 + v**2 + 1) / (2 * norm))),
    ]
    assert proved(equal(Mean(odd), 0), OddMean(v, "below", "above"), *bounds)
    even_bounds = [
        Step("below", at_most(-1, even), Combination((2 * v**2 + 1) / norm)),
        Step("above", at_most(even, 1), Combination(1 / norm)),
    ]
    assert not proved(equal(Mean(even), 0), OddMean(v, "below", "above"), *even_bounds)
    assert not proved(equal(Mean(odd), 0), OddMean(b, "below", "above"), *bounds)
    assert not proved(equal(Mean(v * odd), 0), OddMean(v, "below", "above"), *bounds)


def test_the_harmonic_mean_of_two_normals():
    form = c[0] ** 2 * v**2 / (c[0] ** 2 + v**2)
    given = {"positive": less(0, v**2 + c[0] ** 2)}
    method = HarmonicMean(c[0], v, (a, b), given=("positive",))
    assert proved(equal(Mean(form), mean_harmonic_square(a, b)), method, **given)
    assert not proved(equal(Mean(form), a * b / (a + b)), method, **given)
    assert not proved(
        equal(Mean(form), mean_harmonic_square(a, b)), HarmonicMean(c[0], v, (b, a), ("positive",)), **given
    )
    doubled = (2 * v) ** 2 * v**2 / ((2 * v) ** 2 + v**2)
    correlated = HarmonicMean(2 * v, v, (a, b), given=("positive",))
    assert not proved(equal(Mean(doubled), mean_harmonic_square(a, b)), correlated, **given)


def test_the_harmonic_mean_agrees_with_an_enclosed_integral():
    """E[X^2 Y^2 / (X^2 + Y^2)] = 2 times the mean over the angle, in balls."""
    from flint import acb

    with at_precision():
        for first, second in ((fmpq(1), fmpq(1)), (fmpq(3), fmpq(1, 2))):
            one, two = acb(first), acb(second)

            def ratio(angle, analytic, one=one, two=two):
                x, y = (one * angle.cos()) ** 2, (two * angle.sin()) ** 2
                return x * y / (x + y)

            mean = 2 * (acb.integral(ratio, 0, acb.pi() / 2) / (acb.pi() / 2)).real
            assert abs(mean - arb(mean_harmonic_square(first, second))) < arb(10) ** -20


def test_a_wrong_derivative_is_refused():
    given = {"positive": less(0, DIFFICULTY)}
    left = Derivative(sqrt(FIRST**2 + DIFFICULTY), FIRST)
    method = Differentiation(given=("positive",))
    assert proved(equal(left, FIRST / sqrt(FIRST**2 + DIFFICULTY)), method, **given)
    assert not proved(equal(left, -FIRST / sqrt(FIRST**2 + DIFFICULTY)), method, **given)
    assert not proved(equal(left, 1 / sqrt(FIRST**2 + DIFFICULTY)), method, **given)


def test_enclosed_expectations_agree_with_closed_forms():
    with at_precision():
        # r = 1, alpha = beta: C = alpha^2 rho^2 cos 2q, so E |C| = 4 alpha^2 / pi.
        assert mean_absolute_imbalance(1, fmpq(3), fmpq(3)).contains(36 / arb.pi())
        for r, first, second in product((1, 2, 3), (fmpq(1), fmpq(2)), (fmpq(1, 2), fmpq(3))):
            absolute = mean_absolute_imbalance(r, first, second)
            assert absolute.rad() < 1e-20
            assert abs(r * first**2 - second**2) <= absolute
            assert absolute**2 <= squared_imbalance(r, first, second)
            assert squared_imbalance(r, first, second) == mean_squared_imbalance(r, first, second)
            sharpness = unlabelled_sharpness(r, first, second)
            assert sharpness.rad() < 1e-20
            assert sharpness > first**2 + second**2
            assert sharpness < second**2 + r * first**2 + first * second * arb(r).sqrt()


def test_marks_are_opened_under_the_expectation():
    step = Step("square", at_most(2 * v, v**2 + 1), Combination((v - 1) ** 2))
    mean = Step("mean", at_most(Mean(2 * v), Mean(v**2 + 1)), Monotone("square"))
    assert proved(at_most(0, b**2 + 1), Moments(fact("mean")), step, mean)
    assert not proved(at_most(0, b**2), Moments(fact("mean")), step, mean)
