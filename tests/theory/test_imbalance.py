"""The imbalance increments of Theorem 5.9 against every mini-batch enumerated, in exact rationals."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import usually
from tests.theory.spectra import rationals
from theory import Spectrum
from theory.errors import NotFiniteError, ParameterError, ShapeError
from theory.formulas.imbalance import (
    gradient_descent_increment,
    layer_imbalance,
    noise_increments,
    sgd_expected_increment,
    step_terms,
)


@st.composite
def problems(draw, max_samples=6):
    n, d = draw(st.integers(1, max_samples)), draw(st.integers(1, 3))
    X = [[draw(rationals(-9, 9)) for _ in range(d)] for _ in range(n)]
    y = [draw(rationals(-9, 9)) for _ in range(n)]
    u = [draw(rationals(-9, 9)) for _ in range(d)]
    return X, y, u, draw(rationals(-9, 9)), draw(st.integers(1, 9).map(lambda k: Fraction(k, 7)))


def one_step(X, y, u, v, step_size, batch):
    """Weights after one step on a batch, by the gradient of its loss, sample by sample."""
    size = len(batch)
    first, second = list(u), v
    for n in batch:
        output = sum(X[n][k] * u[k] for k in range(len(u)))
        residual = v * output - y[n]
        for k in range(len(u)):
            first[k] -= step_size * residual * v * X[n][k] / size
        second -= step_size * residual * output / size
    return first, second


def imbalance(u, v):
    """C up to the constant part of u outside the row space, which no step moves."""
    return sum(x * x for x in u) - v * v


@given(problems())
def test_gradient_descent_increment_is_exact(problem):
    X, y, u, v, step_size = problem
    after = one_step(X, y, u, v, step_size, range(len(X)))
    assert gradient_descent_increment(X, y, u, v, step_size) == imbalance(*after) - imbalance(u, v)


@settings(max_examples=usually(15, thoroughly=1000))
@given(problems(), st.data())
def test_sgd_increment_is_the_mean_over_all_batches(problem, data):
    X, y, u, v, step_size = problem
    size = data.draw(st.integers(1, len(X)))
    batches = list(combinations(range(len(X)), size))
    mean = sum(imbalance(*one_step(X, y, u, v, step_size, batch)) for batch in batches) / Fraction(len(batches))
    assert sgd_expected_increment(X, y, u, v, step_size, size) == mean - imbalance(u, v)


@settings(max_examples=20)
@given(problems(max_samples=4), st.data())
def test_what_the_batch_adds_to_three_layers_is_a_mean_over_all_batches(problem, data):
    X, y, u, v, step_size = problem
    size, other = data.draw(st.integers(1, len(X))), data.draw(rationals(-3, 3))

    def after(batch):
        """One step of `(u, v, other)`, from the products written out."""
        errors = {n: sum(a * b for a, b in zip(X[n], u, strict=True)) * v * other - y[n] for n in batch}
        slope = [sum(errors[n] * X[n][k] for n in batch) / Fraction(len(batch)) for k in range(len(u))]
        inner = sum(a * b for a, b in zip(u, slope, strict=True))
        first = [a - step_size * v * other * b for a, b in zip(u, slope, strict=True)]
        squares = (v - step_size * other * inner) ** 2, (other - step_size * v * inner) ** 2
        return np.array([sum(a * a for a in first) - square for square in squares])

    batches = list(combinations(range(len(X)), size))
    mean = sum(after(batch) for batch in batches) / Fraction(len(batches))
    found = noise_increments(X, y, u, np.array([v, other], dtype=object), step_size, size)
    assert found.tolist() == (mean - after(range(len(X)))).tolist()


@given(problems())
def test_full_batch_is_gradient_descent(problem):
    X, *_ = problem
    assert sgd_expected_increment(*problem, len(X)) == gradient_descent_increment(*problem)


@given(problems(), st.data())
def test_noise_terms_and_the_two_increments(problem, data):
    X, y, u, v, step_size = problem
    n = len(X)
    terms = step_terms(X, y, u, v)
    assert terms.noise_first >= 0
    assert terms.noise_second >= 0
    if n > 1:
        size = data.draw(st.integers(1, n))
        gap = step_size**2 * Fraction(n - size, size * n * (n - 1)) * (v**2 * terms.noise_first - terms.noise_second)
        difference = sgd_expected_increment(X, y, u, v, step_size, size) - gradient_descent_increment(*problem)
        assert difference == gap


def test_imbalance_projects_the_first_layer():
    spectrum = Spectrum.from_data([[1.0, 1.0, 0.0]], [1.0])
    assert layer_imbalance(spectrum, [2.0, 0.0, 9.0], 1.0) == pytest.approx(1.0)


def test_float_arrays_stay_float():
    value = gradient_descent_increment(np.ones((2, 1)), np.zeros(2), np.array([2.0]), 1.0, 0.1)
    assert type(value) is float
    assert value == pytest.approx(-0.12)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: gradient_descent_increment([[1]], [0], [1], 1, 0), ParameterError, "step size"),
        (lambda: gradient_descent_increment([[1]], [0], [1], 1, -1.0), ParameterError, "step size"),
        (lambda: sgd_expected_increment([[1], [2]], [0, 0], [1], 1, 1, 3), ParameterError, "from 1 to 2"),
        (lambda: noise_increments([[1], [2]], [0, 0], [1], np.ones(1), 1, 3), ParameterError, "from 1 to 2"),
        (lambda: noise_increments([[1], [2]], [0, 0], [1], np.ones(1), 0, 1), ParameterError, "step size"),
        (lambda: sgd_expected_increment([[1], [2]], [0, 0], [1], 1, 1, 0), ParameterError, "from 1 to 2"),
        (lambda: sgd_expected_increment([[1], [2]], [0, 0], [1], 1, 1, 1.5), ParameterError, "whole"),
        (lambda: step_terms([[1], [2]], [0], [1], 1), ShapeError, "fit"),
        (lambda: step_terms([1, 2], [0, 0], [1], 1), ShapeError, "2 axes"),
        (lambda: step_terms([[1], [2, 3]], [0, 0], [1], 1), ShapeError, "differ"),
        (lambda: step_terms([[float("nan")]], [0], [1], 1), NotFiniteError, "NaN"),
        (lambda: step_terms([[1.0]], [0.0], [1.0], float("inf")), NotFiniteError, "v is inf"),
    ],
)
def test_bad_input_is_refused(call, error, words):
    with pytest.raises(error, match=words):
        call()
