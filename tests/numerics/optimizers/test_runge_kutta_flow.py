"""Gradient flow conserves what it must, agrees with an independent integrator, and ends inside the theorems' bounds."""

from typing import Any

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from numerics.arithmetic import Float64, Mpfr
from numerics.model.base import State
from numerics.model.reduced import ReducedModel
from numerics.optimizers.runge_kutta_flow import RungeKuttaFlow
from numerics.sharpness import sharpness
from theory import Spectrum
from theory.bounds import balanced_minimizer, two_layer_minimizer
from theory.errors import ParameterError


def integrated(model: ReducedModel, state: State, duration: float) -> State:
    """Integrate the gradient flow over a time by an adaptive method of order 8."""
    count, rates = len(state.layers), model.rates(model.arithmetic.number(1), model.n_samples)

    def velocity(time: float, flat: Any) -> Any:
        increment = model.increments(State(flat[:-count], tuple(flat[-count:])), rates)
        return -np.concatenate([increment.first_layer, np.array(increment.layers)])

    start = np.concatenate([state.first_layer, np.array(state.layers)])
    solution = solve_ivp(velocity, (0.0, duration), start, "DOP853", rtol=1e-12, atol=1e-15)
    assert solution.success
    end = solution.y[:, -1]
    return State(end[:-count], tuple(end[-count:]))


def integrated_to_the_limit(model: ReducedModel, state: State) -> State:
    """Integrate until nothing is left to learn."""
    for _ in range(40):
        if model.loss(state) < 1e-18:
            return state
        state = integrated(model, state, 100.0)
    raise AssertionError("it does not arrive")


@pytest.mark.parametrize("seed", range(8))
def test_every_layer_s_imbalance_is_conserved(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rank, depth = int(rng.integers(1, 8)), int(rng.integers(2, 6))
    s = np.sort(rng.uniform(0.2, 3, rank))[::-1]
    model = ReducedModel.from_spectrum(Spectrum(s, rng.normal(size=rank), n_samples=4), depth, Float64())
    start = model.state(rng.normal(size=rank), rng.normal(size=depth - 1))
    flow = RungeKuttaFlow("1/100").on(model).advance(start, 0, 300)
    before, after = np.array(model.imbalance(start)), np.array(model.imbalance(flow.state))
    assert after == pytest.approx(before, abs=1e-8 * (1 + np.abs(before).max()))
    end = integrated(model, start, float(flow.memory[1]))
    assert np.array(model.imbalance(end)) == pytest.approx(before, abs=1e-10 * (1 + np.abs(before).max()))
    assert flow.state.first_layer == pytest.approx(end.first_layer, abs=1e-6)
    assert flow.state.layers == pytest.approx(end.layers, abs=1e-6)


def test_runge_kutta_is_of_fourth_order() -> None:
    model = ReducedModel.from_spectrum(Spectrum([2.0, 1.0], [1.0, -1.0], n_samples=1), 3, Mpfr(120))
    start = model.state(["0.5", "0.4"], ["0.7", "-0.3"])
    drift = []
    for c, steps in (("1/10", 40), ("1/20", 80)):  # one refresh of the sharpness at most changes the step
        end = RungeKuttaFlow(c).on(model).advance(start, 0, steps).state
        drift.append(abs(float(model.imbalance(end)[0] - model.imbalance(start)[0])))
    assert 16 / 2 < drift[0] / drift[1] < 16 * 4


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_the_limit_lies_in_the_bounds_of_theorem_4_3(seed: int) -> None:
    rng = np.random.default_rng(seed)
    s = np.sort(rng.uniform(0.5, 3, 4))[::-1]
    spectrum = Spectrum(s, rng.normal(size=4), n_samples=3)
    model = ReducedModel.from_spectrum(spectrum, 2, Float64())
    start = model.state(rng.normal(size=4), [rng.normal() + 0.5])
    (imbalance,) = model.imbalance(start)
    end = integrated_to_the_limit(model, start)
    bounds = two_layer_minimizer(spectrum, float(imbalance))
    assert bounds.lower * (1 - 1e-8) <= sharpness(model, end) <= bounds.upper * (1 + 1e-8)


@pytest.mark.slow
@pytest.mark.parametrize("depth", [2, 3, 4])
def test_the_balanced_limit_lies_in_the_bounds_of_theorem_4_6(depth: int) -> None:
    rng = np.random.default_rng(depth)
    s = np.sort(rng.uniform(0.5, 3, 4))[::-1]
    spectrum = Spectrum(s, rng.normal(size=4), n_samples=3)
    model = ReducedModel.from_spectrum(spectrum, depth, Float64())
    c = rng.normal(size=4)
    start = model.state(c, [np.linalg.norm(c)] * (depth - 1))
    end = integrated_to_the_limit(model, start)
    bounds = balanced_minimizer(spectrum, depth)
    assert bounds.lower * (1 - 1e-8) <= sharpness(model, end) <= bounds.upper * (1 + 1e-8)


def test_where_nothing_moves_the_flow_stands_still() -> None:
    model = ReducedModel.from_spectrum(Spectrum([1.0], [1.0], n_samples=1), 4, Float64())
    start = model.state([0], [0, 0, 0])
    advance = RungeKuttaFlow().on(model).advance(start, 0, 3)
    assert advance.state.layers == start.layers
    assert not advance.escaped


def test_wrong_input_is_refused() -> None:
    with pytest.raises(ParameterError, match="constant c"):
        RungeKuttaFlow(0)
