"""The ceiling is the sharpness where the flow ends, a valley in the imbalance; an oscillation goes down its slope."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.arithmetic import Float64
from numerics.gradient_flow.limit import flow_limit
from numerics.model.reduced import ReducedModel
from numerics.oscillation.ceiling import ceiling, ceilings, flattest
from numerics.sharpness import sharpness
from tests.theory.spectra import spectra
from theory import Spectrum
from theory.bounds import minimizer_sharpness, positive_root
from theory.errors import ParameterError
from theory.formulas.imbalance import gradient_descent_increment

DATA = Spectrum([3.0, 2.0, 0.5], [1.0, 0.7, -2.0], n_samples=5)
LAYERS = st.lists(st.floats(0.1, 3.0), min_size=1, max_size=3)


@given(LAYERS, st.lists(st.floats(-2.0, 2.0), min_size=3, max_size=3))
def test_it_is_the_sharpness_where_the_flow_ends(layers, coefficients):
    model = ReducedModel.from_spectrum(DATA, len(layers) + 1, Float64())
    state = model.state(coefficients, layers)
    there = float(sharpness(model, flow_limit(model, state)))
    found = ceilings(DATA, np.array([coefficients]), np.array([layers]))
    assert found[0] == pytest.approx(there, rel=1e-9)


@pytest.mark.slow
@given(spectra(low=-2, high=2), st.floats(-50, 50))
def test_for_two_layers_it_is_the_minimizer_sharpness(spectrum, imbalance):
    assert ceiling(spectrum, [imbalance]) == pytest.approx(minimizer_sharpness(spectrum, imbalance=imbalance), rel=1e-9)


@pytest.mark.slow
@given(spectra(low=-2, high=2), LAYERS)
def test_no_minimizer_is_flatter_than_the_flattest(spectrum, sizes):
    least = flattest(spectrum, len(sizes) + 1)
    imbalances = [float(np.mean(sizes)) - size for size in sizes]
    assert least <= ceiling(spectrum, imbalances) * (1 + 1e-9)


@pytest.mark.slow
@given(spectra(low=-2, high=2))
def test_the_flattest_is_the_largest_of_its_lower_bounds(spectrum):
    """`2 ||X^T x|| |x.y| / (N ||x||^2)`, at the sharpest direction of the flattest minimizer and at others."""
    s, d = (np.asarray(part, dtype=float) for part in (spectrum.singular_values, spectrum.label_coefficients))
    least, n = flattest(spectrum, 2), float(spectrum.n_samples)

    def bound(x):
        return 2 * np.linalg.norm(s * x) * abs(x @ d) / (n * (x @ x))

    assert bound(d) <= least * (1 + 1e-9)
    assert all(bound(x) <= least * (1 + 1e-9) for x in np.random.default_rng(0).normal(size=(20, len(s))))


@pytest.mark.slow
@pytest.mark.parametrize("depth", [2, 3, 4])
def test_the_flattest_is_found(depth):
    best = min(ceiling(DATA, [imbalance] * (depth - 1)) for imbalance in np.linspace(-5, 40, 2_001).tolist())
    assert flattest(DATA, depth) == pytest.approx(best, rel=1e-3)
    assert flattest(DATA, depth) <= best * (1 + 1e-12)


@pytest.mark.slow
@given(spectra(low=-2, high=2), st.floats(-20, 20), st.floats(-20, 20), st.floats(0, 1))
def test_it_is_convex(spectrum, first, second, share):
    between = share * first + (1 - share) * second
    mean = share * ceiling(spectrum, [first]) + (1 - share) * ceiling(spectrum, [second])
    assert ceiling(spectrum, [between]) <= mean * (1 + 1e-9)


def test_from_three_layers_on_it_is_not_convex_in_an_imbalance_though_none_is_positive():
    data = Spectrum([2.0, 1.0], [0.0, 1.0], n_samples=1)
    first, middle, last = (ceiling(data, [imbalance, 0.0]) for imbalance in (-8.0, -4.0, 0.0))
    assert last == pytest.approx(4.0)
    assert middle > 1.08 * (first + last) / 2


def test_from_three_layers_on_it_can_rise_with_an_imbalance_though_none_is_positive():
    """Squared sizes 1, 1.2705, 2 and 1.1, 1.1, 2.1, both of product Q = 2.541; `N S` is Q times the sum of inverses."""
    data = Spectrum([1.0], [math.sqrt(2.541)], n_samples=1)
    assert ceiling(data, [-0.2705, -1.0]) == pytest.approx(2.541 * (1 + 1 / 1.2705 + 1 / 2))
    assert ceiling(data, [0.0, -1.0]) == pytest.approx(2.541 * (2 / 1.1 + 1 / 2.1))
    assert ceiling(data, [0.0, -1.0]) > 1.003 * ceiling(data, [-0.2705, -1.0])


@pytest.mark.slow
@given(spectra(low=-2, high=2), LAYERS, st.data())
def test_it_is_convex_in_the_logarithms_of_the_layers(spectrum, squares, draw):
    others = draw.draw(st.lists(st.floats(0.1, 3.0), min_size=len(squares), max_size=len(squares)))

    def at(layers):
        size = float(spectrum.difficulty) / math.prod(layers)
        return ceiling(spectrum, [size - layer for layer in layers])

    means = [math.sqrt(one * other) for one, other in zip(squares, others, strict=True)]
    assert 2 * at(means) <= (at(squares) + at(others)) * (1 + 1e-9)


@pytest.mark.parametrize("squares", [(1.5, 0.4), (0.3, 2.0, 1.0), (4.0, 0.1)])
def test_at_any_depth_a_step_along_the_sharpest_direction_goes_down_it(squares):
    s, d = np.array([3.0, 2.0, 0.5]), np.array([1.0, 0.7, -2.0])
    v, P = np.sqrt(squares), math.sqrt(math.prod(squares))
    c = d / (s * P)
    kernel = P**2 * np.diag(s**2) + (1 / v**2).sum() * np.outer(d, d)
    x = 1e-3 * np.linalg.eigh(kernel)[1][:, -1]
    gained = 0.01 * (P**2 * ((s * x) ** 2).sum() - (P / v) ** 2 * (s * c * x).sum() ** 2)
    before = c @ c - v**2
    assert (
        ceiling(DATA, (before + gained).tolist())
        < ceiling(DATA, before.tolist())
        < ceiling(DATA, (before - gained).tolist())
    )


@pytest.mark.parametrize("imbalance", [-3.0, 0.5, 4.0, 30.0])
def test_a_step_along_the_sharpest_direction_goes_down_its_slope(imbalance):
    """`C+ - C = -2 eta^2 (||c||^2 + v^2) L dS_inf/dC`, on either side of the valley."""
    s, d, n = np.array([3.0, 2.0, 0.5]), np.array([1.0, 0.7, -2.0]), 5
    square = positive_root(imbalance, float(((d / s) ** 2).sum()))
    v, c = math.sqrt(square), d / (s * math.sqrt(square))
    kernel = square * np.diag(s**2) + np.outer(d, d) / square
    x = 1e-3 * np.linalg.eigh(kernel)[1][:, -1]
    width = 1e-5
    slope = (ceiling(DATA, [imbalance + width]) - ceiling(DATA, [imbalance - width])) / (2 * width)
    step_size = 0.3
    # labels d - x make x the residual at these weights; the loss is ||x||^2 / (2 N)
    gained = gradient_descent_increment(np.diag(s), d - x, c, v, step_size) * (3 / n) ** 2
    assert gained == pytest.approx(-2 * step_size**2 * (c @ c + square) * (x @ x) / (2 * n) * slope, rel=1e-4)


def test_without_an_imbalance_there_is_no_ceiling():
    with pytest.raises(ParameterError):
        ceiling(DATA, [])
