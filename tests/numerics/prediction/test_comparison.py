"""What is said of a run's end is what happens when the run goes on."""

import itertools
import json
from fractions import Fraction

import numpy as np
import pytest

from numerics.arithmetic import Float64, Mpfr
from numerics.gradient_flow.slow_path import distance
from numerics.model.base import State
from numerics.model.initialization import initialize
from numerics.model.reduced import ReducedModel
from numerics.optimizers.gradient_descent import GradientDescent
from numerics.optimizers.gradient_flow import GradientFlow
from numerics.prediction.comparison import ARRIVED, compare
from numerics.trajectory import Outcome, train
from tests.effort import usually
from theory import Spectrum
from theory.bounds import balanced_minimizer


def drawn(seed: int) -> tuple[Spectrum, np.random.Generator]:
    """Random data of rank 2 to 8, singular values over a decade and a half."""
    random = np.random.default_rng(seed)
    rank = int(random.integers(2, 9))
    s = np.sort(10 ** random.uniform(-1.0, 0.5, rank))[::-1]
    return Spectrum(s, random.normal(size=rank), n_samples=int(random.integers(1, 9))), random


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(usually(1, thoroughly=20)))
def test_the_flow_ends_within_its_own_bounds_at_the_exact_value(seed: int) -> None:
    spectrum, _ = drawn(seed)
    for depth in usually((2, 4), thoroughly=(2, 3, 4, 6, 9)):
        model = ReducedModel.from_spectrum(spectrum, depth, Float64())
        for form in ("default", "alpha-beta", "balanced"):
            c, v = initialize(form, np.eye(len(spectrum.singular_values)), depth, seed)
            run = train(model, GradientFlow(), model.state(c, v), steps=1500, record_every=1500)
            found = compare(run, spectrum)
            assert found is not None
            assert found.arrived
            assert found.reached == pytest.approx(found.limit, rel=1e-6)
            assert found.bounds.lower * (1 - 1e-9) <= found.reached <= found.bounds.upper * (1 + 1e-9)
            assert found.lines()[-1].startswith("arrived")
            if form == "balanced":
                assert found.bounds == pytest.approx(balanced_minimizer(spectrum, depth), rel=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(usually(2, thoroughly=40)))
def test_the_steps_left_are_those_that_the_run_still_needs(seed: int) -> None:
    spectrum, random = drawn(seed)
    model = ReducedModel.from_spectrum(spectrum, 3, Float64())
    start = model.state(random.normal(size=model.rank), [1.0, 0.8])
    ample = train(model, GradientFlow(), start, steps=1500, record_every=1500)
    limit = compare(ample, spectrum)
    assert limit is not None
    rule = GradientDescent(Fraction(0.5 / limit.limit))
    early = train(model, rule, start, steps=40)
    said = compare(early, spectrum)
    assert said is not None
    assert said.steps_left is not None
    if said.arrived:
        assert said.steps_left == 0
        return
    first, layers = (tuple(map(model.arithmetic.from_text, part)) for part in early.final_state)
    state = State(np.array(first), layers)
    end = _limit_of(model, state)
    needed, rates = 0, model.rates(model.arithmetic.number(rule.step_size), model.n_samples)
    while _away(model, state, end) > ARRIVED * distance(model, end):
        state, needed = state.minus(model.increments(state, rates)), needed + 1
        assert needed < 2 * said.steps_left + 20
    assert needed > said.steps_left / 2 - 20


def _away(model: ReducedModel, state: State, end: State) -> float:
    """The distance to the nearest of the minimizers that differ from one by signs alone."""
    s, _ = model.rounded_spectrum
    found = []
    for signs in itertools.product((1.0, -1.0), repeat=len(end.layers)):
        v = np.array(end.layers) * signs
        f = end.first_layer * np.prod(signs)
        gaps = np.concatenate([(state.first_layer - f) / s, np.array(state.layers) - v])
        found.append(float(np.linalg.norm(gaps)))
    return min(found)


def _limit_of(model: ReducedModel, state: State) -> State:
    """The minimizer by bisection, independently."""
    s, d = model.rounded_spectrum
    size, later = float(((state.first_layer / s) ** 2).sum()), np.array(state.layers)
    low, high = max(0.0, float((size - later**2).max())), 1e6
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (
            (middle, high) if middle * np.prod(middle - size + later**2) < ((d / s) ** 2).sum() else (low, middle)
        )
    layers = np.sign(later) * np.sqrt(high - size + later**2)
    return State(d / np.prod(layers), tuple(layers))


def test_a_step_size_that_is_too_large_is_said_and_when_it_shows() -> None:
    spectrum = Spectrum([3.0, 0.3], [2.0, 1.5], n_samples=2)
    model = ReducedModel.from_spectrum(spectrum, 2, Float64())
    start = model.state([0.3, 0.0], [0.3])
    limit = compare(train(model, GradientFlow(), start, steps=800, record_every=800), spectrum)
    assert limit is not None
    rule = GradientDescent(Fraction(2 / (0.7 * limit.limit)))
    early = compare(train(model, rule, start, steps=10), spectrum)
    assert early is not None
    assert early.steps_left is None
    assert early.steps_to_edge
    assert f"{early.steps_to_edge:,} steps" in early.lines()[-1]
    run = train(model, rule, start, steps=10 + 2 * early.steps_to_edge)
    first = int(np.flatnonzero(run.series["sharpness"] > 0.7 * limit.limit)[0])
    assert first - 10 == pytest.approx(early.steps_to_edge, rel=0.03, abs=2)


@pytest.mark.slow
def test_a_flow_that_rests_at_a_saddle_is_not_said_to_arrive() -> None:
    spectrum = Spectrum([2.0, 1.0], [1.0, 1.0], n_samples=1)
    model = ReducedModel.from_spectrum(spectrum, 3, Float64())
    start = model.state([-1.0, -1.0], [0.3, 0.3])  # equal layers go to zero before the first turns its sign
    found = compare(train(model, GradientDescent("0.01"), start, steps=4000, record_every=4000), spectrum)
    assert found is not None
    assert (found.arrived, found.time_left, found.steps_left) == (False, None, None)
    assert "Assumption 5.1" in found.lines()[-1]


def test_a_run_that_diverged_has_no_limit() -> None:
    model = ReducedModel.from_spectrum(Spectrum([2.0], [1.0], n_samples=1), 2, Float64())
    run = train(model, GradientDescent(10), model.state([1.0], [1.0]), steps=100)
    assert compare(run, Spectrum([2.0], [1.0], n_samples=1)) is None


def test_a_limit_that_float64_cannot_hold_loses_no_run() -> None:
    spectrum = Spectrum([1.0, 1.0], [0.0, 1.0], n_samples=4)
    model = ReducedModel.from_spectrum(spectrum, 2, Float64())
    run = train(model, GradientDescent("0.1"), model.state([1e140, 0.0], [0.0]), steps=2)
    assert run.outcome is Outcome.STEP_LIMIT
    assert compare(run, spectrum) is None


@pytest.mark.slow
def test_what_is_far_is_said_with_few_digits_and_an_edge_that_is_not_seen_is_not_passed() -> None:
    spectrum = Spectrum([1.0, 1e-10], [0.3, 1.414], n_samples=1000)
    model = ReducedModel.from_spectrum(spectrum, 2, Float64())
    run = train(model, GradientDescent("0.1"), model.state([0.5, 0.1], [0.6]), steps=5)
    found = compare(run, spectrum)
    assert found is not None
    assert found.reached < found.edge < found.limit
    assert "has passed" not in found.lines()[-1]
    assert len(found.lines()[-1]) < 200


def test_runs_in_more_bits_and_labels_of_zero_are_compared_and_kept_as_json() -> None:
    spectrum = Spectrum([2.0, 1.0], [1.0, 0.0], n_samples=1)
    model = ReducedModel.from_spectrum(spectrum, 2, Mpfr(100))
    run = train(model, GradientDescent("0.01"), model.state(["0.5", "0.25"], ["0.5"]), steps=5)
    found = compare(run, spectrum)
    assert found is not None
    record = json.loads(json.dumps(found.record(), allow_nan=False))
    assert record["limit"] == found.limit
    assert len(found.lines()) == 6
