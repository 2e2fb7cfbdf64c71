"""The implicit flow follows the true one, conserves what it must, and ends where its imbalances say."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.arithmetic import Float64, Mpfr
from numerics.gradient_flow.implicit_step import flow_step
from numerics.gradient_flow.limit import flow_limit
from numerics.gradient_flow.slow_path import crossing_step, distance, flow_time, time_to_the_limit
from numerics.model.base import State
from numerics.model.reduced import ReducedModel
from numerics.optimizers.gradient_descent import GradientDescent
from numerics.optimizers.gradient_flow import GradientFlow
from numerics.sharpness import sharpness
from numerics.trajectory import train
from tests.effort import usually
from tests.numerics.optimizers.test_runge_kutta_flow import integrated
from theory import Spectrum
from theory.bounds import minimizer, minimizer_sharpness
from theory.errors import NotFiniteError, ParameterError
from theory.formulas.imbalanced_minimizer import layer_sizes


def problem(seed: int) -> tuple[ReducedModel, State]:
    """A random problem of rank and depth at most 6, with singular values over three decades."""
    rng = np.random.default_rng(seed)
    rank, depth = int(rng.integers(1, 7)), int(rng.integers(2, 7))
    s = np.sort(10 ** rng.uniform(-2, 1, rank))[::-1]
    model = ReducedModel.from_spectrum(Spectrum(s, rng.normal(size=rank), n_samples=4), depth, Float64())
    return model, model.state(rng.normal(size=rank), rng.normal(size=depth - 1))


@pytest.mark.parametrize("seed", range(usually(3, thoroughly=30)))
def test_the_way_is_that_of_an_independent_integrator(seed: int) -> None:
    model, start = problem(seed)
    state, time, length = start, 0.0, 1e-3
    while time < 5.0:
        step = flow_step(model, state, min(length, 5.0 - time))
        state, time, length = step.state, time + float(step.length), float(step.next_length)
    other = integrated(model, start, 5.0)
    assert distance(model, state, other) < 1e-4 * distance(model, other)
    assert np.array(model.imbalance(state)) == pytest.approx(np.array(model.imbalance(start)), abs=1e-11)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(usually(3, thoroughly=60)))
def test_the_limit_is_reached_and_lies_in_its_bounds(seed: int) -> None:
    model, start = problem(seed)
    run = train(model, GradientFlow(), start, steps=1500, record_every=1500)
    reached, limit = float(run.series["sharpness"][-1]), flow_limit(model, start)
    assert reached == pytest.approx(float(sharpness(model, limit)), rel=1e-6)
    spectrum = Spectrum(*model.rounded_spectrum, n_samples=model.n_samples)
    low, high = minimizer(spectrum, [float(v) ** 2 for v in limit.layers])
    assert low * (1 - 1e-12) <= sharpness(model, limit) <= high * (1 + 1e-12)


def test_in_more_bits_the_same_flow() -> None:
    spectrum = Spectrum([2.0, 0.25], [1.0, -1.0], n_samples=1)
    ends = []
    for arithmetic in (Float64(), Mpfr(120)):
        model = ReducedModel.from_spectrum(spectrum, 3, arithmetic)
        start = model.state(["0.5", "0.4"], ["0.7", "-0.3"])
        ends.append(train(model, GradientFlow(), start, steps=200, record_every=200).series["sharpness"][-1])
    assert ends[0] == pytest.approx(ends[1], rel=1e-9)


@given(
    st.floats(1e-8, 1e8),
    st.lists(st.floats(-1e4, 1e4, allow_subnormal=False), min_size=1, max_size=6),
)
def test_layer_sizes_solve_their_equation(difficulty: float, imbalances: list[float]) -> None:
    size, squares = layer_sizes(difficulty, imbalances)
    assert size > 0
    assert all(square > 0 for square in squares)
    assert size * np.prod(squares) == pytest.approx(difficulty, rel=1e-9)
    for square, imbalance in zip(squares, imbalances, strict=True):
        assert size - square == pytest.approx(imbalance, abs=1e-11 * max(map(abs, (size, *imbalances))))


@pytest.mark.parametrize(("difficulty", "imbalances"), [(0.0, [1.0]), (-1.0, [1.0]), (1.0, [])])
def test_what_is_no_minimizer_is_refused(difficulty: float, imbalances: list[float]) -> None:
    with pytest.raises(ParameterError):
        layer_sizes(difficulty, imbalances)
    with pytest.raises(NotFiniteError):
        layer_sizes(float("nan"), [1.0])


@pytest.mark.parametrize("imbalance", [-3.0, 0.0, 0.7, 50.0])
def test_for_two_layers_the_limit_is_theorem_4_3_s(imbalance: float) -> None:
    spectrum = Spectrum([4.0, 2.0], [1.0, 6.0], n_samples=2)
    model = ReducedModel.from_spectrum(spectrum, 2, Float64())
    size = max(imbalance, 0.0) + 1.0
    start = model.state([size**0.5, 0.0], [(size - imbalance) ** 0.5])
    exact = minimizer_sharpness(spectrum, imbalance=imbalance)
    assert float(sharpness(model, flow_limit(model, start))) == pytest.approx(float(exact), rel=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(usually(2, thoroughly=100)))
def test_the_crossing_is_that_of_the_run(seed: int) -> None:
    model, start = problem(seed)
    limit = flow_limit(model, start)
    step_size = Fraction(2 / (0.8 * float(sharpness(model, limit))))
    run = train(model, GradientDescent(step_size), start, steps=3000)
    above = np.flatnonzero(run.series["sharpness"] > float(2 / step_size))
    predicted = crossing_step(model, start, step_size)
    if len(above):
        assert predicted == pytest.approx(int(above[0]), rel=0.03, abs=1)
    else:
        assert predicted is None or predicted > 2900


@pytest.mark.slow
def test_what_is_never_reached_has_no_time() -> None:
    model, start = problem(0)
    assert flow_time(model, start, lambda at: False) is None
    left = time_to_the_limit(model, start, flow_limit(model, start), 0.01)
    assert left is not None
    assert left > 0
