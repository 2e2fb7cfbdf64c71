"""Gradient flow conserves what it must, agrees with an independent integrator, and ends inside the theorems' bounds."""

import numpy as np
import pytest

from numerics.arithmetic import Float64, Mpfr, Mpmath
from numerics.model.nonlinear import NonlinearModel
from numerics.model.reduced import ReducedModel
from numerics.optimizers.gradient_flow import GradientFlow, adaptive_gradient_flow
from numerics.sharpness import sharpness
from theory import Spectrum
from theory.bounds import balanced_minimizer, two_layer_minimizer
from theory.errors import DegenerateDataError, ParameterError, ShapeError


@pytest.mark.parametrize("seed", range(8))
def test_every_layer_s_imbalance_is_conserved(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rank, depth = int(rng.integers(1, 8)), int(rng.integers(2, 6))
    s = np.sort(rng.uniform(0.2, 3, rank))[::-1]
    model = ReducedModel.from_spectrum(Spectrum(s, rng.normal(size=rank), n_samples=4), depth, Float64())
    start = model.state(rng.normal(size=rank), rng.normal(size=depth - 1))
    flow = GradientFlow("1/100").on(model).advance(start, 0, 300)
    before, after = np.array(model.imbalance(start)), np.array(model.imbalance(flow.state))
    assert after == pytest.approx(before, abs=1e-8 * (1 + np.abs(before).max()))
    end, _ = adaptive_gradient_flow(model, start, float(flow.memory[1]))
    assert np.array(model.imbalance(end)) == pytest.approx(before, abs=1e-10 * (1 + np.abs(before).max()))
    assert flow.state.first_layer == pytest.approx(end.first_layer, abs=1e-6)
    assert flow.state.layers == pytest.approx(end.layers, abs=1e-6)


def test_runge_kutta_is_of_fourth_order() -> None:
    model = ReducedModel.from_spectrum(Spectrum([2.0, 1.0], [1.0, -1.0], n_samples=1), 3, Mpfr(120))
    start = model.state(["0.5", "0.4"], ["0.7", "-0.3"])
    drift = []
    for c, steps in (("1/10", 40), ("1/20", 80)):  # one refresh of the sharpness at most changes the step
        end = GradientFlow(c).on(model).advance(start, 0, steps).state
        drift.append(abs(float(model.imbalance(end)[0] - model.imbalance(start)[0])))
    assert 16 / 2 < drift[0] / drift[1] < 16 * 4


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
@pytest.mark.parametrize("seed", range(4))
def test_the_nonlinear_imbalance_is_conserved(activation: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 6))
    X = np.linalg.qr(rng.normal(size=(7, n)))[0].T * rng.uniform(0.5, 3, n)[:, None]
    model = NonlinearModel.from_data(X, rng.uniform(0.1, 0.6, n), activation, Float64())
    start = model.state(rng.normal(size=n), [rng.normal()])
    flow = GradientFlow("1/100").on(model).advance(start, 0, 300)
    end, _ = adaptive_gradient_flow(model, start, float(flow.memory[1]))
    (before,), (by_steps,), (adaptive,) = (model.imbalance(state) for state in (start, flow.state, end))
    assert abs(by_steps - before) < 1e-7 * (1 + abs(before))
    assert abs(adaptive - before) < 1e-9 * (1 + abs(before))


def test_the_nonlinear_model_at_high_precision_is_the_same_in_mpmath_and_mpfr() -> None:
    X = [[2.0, 0.0], [0.0, 0.5]]
    ends = []
    for a in (Mpmath(150), Mpfr(150)):
        model = NonlinearModel.from_data(X, [0.5, -0.25], "tanh", a)
        end = GradientFlow().on(model).advance(model.state(["0.3", "-0.2"], ["0.9"]), 0, 10).state
        ends.append([a.to_fraction(x) for x in (*end.first_layer, *end.layers)])
    assert ends[0] == ends[1]


@pytest.mark.parametrize("seed", range(6))
def test_the_limit_lies_in_the_bounds_of_theorem_4_3(seed: int) -> None:
    rng = np.random.default_rng(seed)
    s = np.sort(rng.uniform(0.5, 3, 4))[::-1]
    spectrum = Spectrum(s, rng.normal(size=4), n_samples=3)
    model = ReducedModel.from_spectrum(spectrum, 2, Float64())
    start = model.state(rng.normal(size=4), [rng.normal() + 0.5])
    (imbalance,) = model.imbalance(start)
    end, _ = adaptive_gradient_flow(model, start, 4000.0)
    assert model.loss(end) < 1e-18
    bounds = two_layer_minimizer(spectrum, float(imbalance))
    assert bounds.lower * (1 - 1e-8) <= sharpness(model, end) <= bounds.upper * (1 + 1e-8)


@pytest.mark.parametrize("depth", [2, 3, 4])
def test_the_balanced_limit_lies_in_the_bounds_of_theorem_4_6(depth: int) -> None:
    rng = np.random.default_rng(depth)
    s = np.sort(rng.uniform(0.5, 3, 4))[::-1]
    spectrum = Spectrum(s, rng.normal(size=4), n_samples=3)
    model = ReducedModel.from_spectrum(spectrum, depth, Float64())
    c = rng.normal(size=4)
    start = model.state(c, [np.linalg.norm(c)] * (depth - 1))
    end, _ = adaptive_gradient_flow(model, start, 4000.0)
    assert model.loss(end) < 1e-18
    bounds = balanced_minimizer(spectrum, depth)
    assert bounds.lower * (1 - 1e-8) <= sharpness(model, end) <= bounds.upper * (1 + 1e-8)


def test_where_nothing_moves_the_flow_stands_still() -> None:
    model = ReducedModel.from_spectrum(Spectrum([1.0], [1.0], n_samples=1), 4, Float64())
    start = model.state([0], [0, 0, 0])
    advance = GradientFlow().on(model).advance(start, 0, 3)
    assert advance.state.layers == start.layers
    assert not advance.escaped


def test_wrong_input_is_refused() -> None:
    with pytest.raises(ParameterError, match="constant c"):
        GradientFlow(0)
    with pytest.raises(DegenerateDataError, match="orthogonal"):
        NonlinearModel.from_data([[1.0, 0.0], [1.0, 1.0]], [1.0, 2.0], "tanh", Float64())
    with pytest.raises(ParameterError, match="tanh or sigmoid"):
        NonlinearModel.from_data([[1.0]], [1.0], "relu", Float64())
    with pytest.raises(ShapeError):
        NonlinearModel.from_data([[1.0]], [1.0, 2.0], "tanh", Float64())
    model = ReducedModel.from_spectrum(Spectrum([1.0], [1.0], n_samples=1), 2, Mpfr(60))
    with pytest.raises(ParameterError, match="float64"):
        adaptive_gradient_flow(model, model.state([1], [1]), 1.0)
