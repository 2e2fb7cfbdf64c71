"""Balls around the exact trajectory: they hold it, and more bits only make them narrower."""

from fractions import Fraction
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.arithmetic.ball import Ball
from numerics.arithmetic.mpmath import Mpmath
from numerics.data import load
from numerics.exact_trajectory import ExactRun
from numerics.model.reduced import ReducedModel
from numerics.optimizers.gradient_descent import GradientDescent
from tests.effort import usually
from tests.theory.test_escape import after_a_step

numbers = st.fractions(-2, 2, max_denominator=9)
positive = st.fractions(Fraction(1, 9), 3, max_denominator=9)


@st.composite
def runs(draw):
    rank, n_layers = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    s = tuple(sorted(draw(st.lists(positive, min_size=rank, max_size=rank)), reverse=True))
    d = (draw(positive), *draw(st.lists(numbers, min_size=rank - 1, max_size=rank - 1)))
    c = tuple(draw(st.lists(numbers, min_size=rank, max_size=rank)))
    v = tuple(draw(st.lists(numbers, min_size=n_layers, max_size=n_layers)))
    return ExactRun(draw(st.integers(rank, 5)), s, d, c, v, draw(st.fractions(Fraction(1, 20), 1, max_denominator=20)))


def appendix(step_size="2.5"):
    return ExactRun.of(load("minimal:100,5.477,0.233,0.3,1.414"), "c=0.1,0.1,v=0.5", step_size)


def enclosures(run, bits):
    """The state's balls, step after step, without end."""
    ball = Ball(bits)
    with ball.active():
        enclosed = run.enclosed(ball)
    state = enclosed.start
    while True:
        yield (*state.first_layer, *state.layers)
        with ball.active():
            state = enclosed.step(state)


def rounded_run(run, arithmetic):
    """The weights of a run that rounds, by the optimizer that everyone uses."""
    s, d = arithmetic.vector(run.singular_values), arithmetic.vector(run.label_coefficients)
    model = ReducedModel(arithmetic, run.depth, run.n_samples, s, d)
    state = model.state(run.coefficients, run.layers)
    stepper = GradientDescent(run.step_size).on(model, fast=False)
    while True:
        yield [arithmetic.to_fraction(x) for x in (*state.first_layer, *state.layers)]
        with arithmetic.active():
            state, _ = stepper.step(state, 0, ())


def is_narrow(ball, values):
    return all(
        abs(value) < 2**200 and ball.radius(value) * 1024 <= max(abs(ball.to_fraction(value)), Fraction(1, 2**20))
        for value in values
    )


@pytest.mark.slow
@given(runs(), st.integers(30, 120))
def test_the_exact_trajectory_lies_inside(run, bits):
    ball = Ball(bits)
    c, v = list(run.coefficients), list(run.layers)
    for _, balls in zip(range(4 if run.depth == 2 else 3), enclosures(run, bits), strict=False):
        exact = [*(s * x for s, x in zip(run.singular_values, c, strict=True)), *v]
        assert all(ball.encloses(value, x) for value, x in zip(balls, exact, strict=True))
        c, v = after_a_step(run.singular_values, run.label_coefficients, c, v, run.step_size / run.n_samples)


@pytest.mark.slow
@given(runs(), st.integers(30, 120), st.integers(40, 200))
def test_more_bits_stay_inside_and_are_narrower(run, bits, more):
    few, many = Ball(bits), Ball(bits + more)
    for _, wide, narrow in zip(range(30), enclosures(run, bits), enclosures(run, bits + more), strict=False):
        if not is_narrow(few, wide):
            break
        for old, new in zip(wide, narrow, strict=True):
            assert old.contains(new)
            assert many.radius(new) <= few.radius(old)


def test_more_bits_stay_inside_along_the_blow_up():
    run = appendix()
    for step, narrow, narrower in zip(range(466), enclosures(run, 384), enclosures(run, 512), strict=False):
        assert all(old.contains(new) for old, new in zip(narrow, narrower, strict=True)), f"step {step}"


@pytest.mark.parametrize("step_size", ["2.5", "5/3"])
@pytest.mark.parametrize("bits", [24, 40, 53, 64, 113, 200, 330])
def test_a_run_of_p_bits_stays_inside_the_balls_of_two_bits_less(step_size, bits):
    """While they are narrow: the two bits cover the run's own rounding, in another order of operations."""
    run, ball, arithmetic = appendix(step_size), Ball(bits - 2), Mpmath(bits)
    inside = 0
    for _, balls, weights in zip(range(440), enclosures(run, bits - 2), rounded_run(run, arithmetic), strict=False):
        if not is_narrow(ball, balls):
            break
        assert all(ball.encloses(value, weight) for value, weight in zip(balls, weights, strict=True))
        inside += 1
    assert inside > (50 if bits == 24 else 240)


@pytest.mark.slow
@given(runs(), st.integers(30, 100))
@settings(max_examples=usually(12, thoroughly=500))
def test_a_run_of_many_bits_leaves_a_ball_by_no_more_than_its_own_error(run, bits):
    """Its error is measured against balls of still more bits, so that this is rigorous."""
    ball, fine, arithmetic = Ball(bits), Ball(4 * bits), Mpmath(2 * bits)
    triples = zip(
        range(20), enclosures(run, bits), enclosures(run, 4 * bits), rounded_run(run, arithmetic), strict=False
    )
    for _, balls, exact, weights in triples:
        if not is_narrow(ball, balls):
            break
        for value, narrow, weight in zip(balls, exact, weights, strict=True):
            error = abs(weight - fine.to_fraction(narrow)) + fine.radius(narrow)
            assert abs(weight - ball.to_fraction(value)) <= ball.radius(value) + error
            assert error <= max(abs(weight), 1) / 2**bits


def test_a_wrong_run_is_outside():
    run = appendix()
    wrong = ExactRun(100, run.singular_values, run.label_coefficients, run.coefficients, run.layers, Fraction(251, 100))
    ball = Ball(200)
    for _, balls, weights in zip(range(2), enclosures(run, 200), rounded_run(wrong, Mpmath(200)), strict=False):
        last = [ball.encloses(value, weight) for value, weight in zip(balls, weights, strict=True)]
    assert not any(last)


def test_the_textbook_form_of_the_step_widens_faster():
    run, ball = appendix(), Ball(384)
    model = run.model(ball)
    state, stepper = run.start(model), GradientDescent(run.step_size).on(model, fast=False)
    *_, grouped = islice(enclosures(run, 384), 301)
    with ball.active():
        for _ in range(300):
            state, _ = stepper.step(state, 0, ())
    assert ball.radius(state.layers[0]) > 10**30 * ball.radius(grouped[-1])
