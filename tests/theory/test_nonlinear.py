import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from theory.errors import NotFiniteError, NumberKindError, ParameterError
from theory.formulas.nonlinear import (
    IDENTITY,
    SIGMOID,
    TANH,
    nonlinear_gradient,
    nonlinear_imbalance,
    nonlinear_loss,
    zero_loss_side,
)
from theory.language.numbers import exp, log, sinh, tanh

ACTIVATIONS = [IDENTITY, TANH, SIGMOID]
points = st.floats(min_value=-3, max_value=3).filter(lambda x: abs(x) > 1e-3)
names = [activation.name for activation in ACTIVATIONS]


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=names)
@given(x=points)
def test_the_antiderivative_is_one_of_value_over_slope(activation, x):
    with mpmath.workdps(40):
        at = mpmath.mpf(x)
        assert abs(mpmath.diff(activation.value, at) - activation.slope(at)) < 1e-15
        ratio = activation.value(at) / activation.slope(at)
        assert abs(mpmath.diff(activation.antiderivative, at) - ratio) < 1e-13 * (1 + abs(ratio))
        composed = activation.antiderivative_of_value(activation.value(at))
        assert abs(composed - activation.antiderivative(at)) < 1e-25 * (1 + abs(composed))


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=names)
def test_the_gradient_is_that_of_the_loss(activation):
    source = np.random.default_rng(0)
    X, y, u, v = source.normal(size=(4, 3)), source.normal(size=4), source.normal(size=3), 0.7
    first, second = nonlinear_gradient(X, y, u, v, activation)
    step = 1e-6
    for k in range(3):
        move = step * np.eye(3)[k]
        ahead, back = (nonlinear_loss(X, y, u + sign * move, v, activation) for sign in (1, -1))
        assert (ahead - back) / (2 * step) == pytest.approx(first[k], abs=1e-8)
    ahead, back = (nonlinear_loss(X, y, u, v + sign * step, activation) for sign in (1, -1))
    assert (ahead - back) / (2 * step) == pytest.approx(second, abs=1e-8)


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=names)
def test_small_steps_down_keep_the_imbalance(activation):
    """The change of C over one step of gradient descent is of second order in the step."""
    norms = np.array([2.0, 1.0, 0.5])
    X, y, u, v = np.diag(norms), np.array([0.3, 0.2, 0.4]), np.array([0.4, -0.3, 0.8]), 1.1
    before = nonlinear_imbalance(norms, X @ u, v, activation)
    changes = []
    for step in (1e-3, 1e-4):
        first, second = nonlinear_gradient(X, y, u, v, activation)
        changes.append(nonlinear_imbalance(norms, X @ (u - step * first), v - step * second, activation) - before)
    assert abs(changes[0]) < 1e-5
    assert changes[1] == pytest.approx(changes[0] / 100, rel=0.05)


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=names)
def test_the_sides_of_equation_35_agree_at_zero_loss(activation):
    norms, before, v = np.array([2.0, 1.0, 0.5]), np.array([0.8, -0.6, 0.1]), -1.3
    labels = np.array([v * activation.value(h) for h in before.tolist()])
    left = v**2 + nonlinear_imbalance(norms, before, v, activation)
    assert zero_loss_side(norms, labels, v, activation) == pytest.approx(left, rel=1e-12)


def test_the_printed_forms_of_equation_35():
    norms, labels, v = np.array([2.0, 0.5]), np.array([0.3, 0.9]), 1.5
    by_hand = sum(y**2 / (v**2 - y**2) / s**2 for s, y in zip(norms, labels, strict=True))
    assert zero_loss_side(norms, labels, v, TANH) == pytest.approx(by_hand, rel=1e-14)
    by_hand = sum(2 * (math.log(y / (v - y)) + y / (v - y)) / s**2 for s, y in zip(norms, labels, strict=True))
    assert zero_loss_side(norms, labels, v, SIGMOID) == pytest.approx(by_hand, rel=1e-13)


@pytest.mark.parametrize(
    ("activation", "labels", "v"),
    [
        (TANH, [1.0], 0.5),
        (TANH, [-1.0], 1.0),
        (SIGMOID, [1.0, -1.0], 2.0),
        (SIGMOID, [1.0], -2.0),
        (IDENTITY, [1.0], 0.0),
    ],
)
def test_labels_outside_the_range_are_refused_in_one_line(activation, labels, v):
    with pytest.raises(ParameterError) as caught:
        zero_loss_side(np.ones(len(labels)), np.array(labels), v, activation)
    assert "\n" not in str(caught.value)


def test_transcendental_functions_in_every_kind():
    from flint import arb

    for function, name in ((exp, "exp"), (log, "log"), (sinh, "sinh"), (tanh, "tanh")):
        assert function(0.5) == getattr(math, name)(0.5)
        assert abs(function(mpmath.mpf("0.5")) - getattr(math, name)(0.5)) < 1e-15
        assert abs(float(function(arb("0.5"))) - getattr(math, name)(0.5)) < 1e-15
        with pytest.raises(NumberKindError):
            function(Fraction(1, 2))
    assert exp(0) == 1
    assert log(1) == 0
    with pytest.raises(NotFiniteError):
        exp(1e6)
    with pytest.raises(NotFiniteError):
        log(-1.0)
