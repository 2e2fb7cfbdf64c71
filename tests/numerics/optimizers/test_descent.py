"""Gradient descent and SGD: both coordinate systems, every arithmetic, compiled and not, give what they should."""

import itertools
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.arithmetic import Arithmetic, Ball, Float64, Mpfr, Mpmath
from numerics.model.base import State
from numerics.model.reduced import ReducedModel
from numerics.optimizers.gradient_descent import GradientDescent
from numerics.optimizers.reshuffling import RandomReshuffling
from numerics.optimizers.sgd import StochasticGradientDescent
from numerics.sharpness import sharpness
from tests.effort import usually
from tests.numerics import all_weights
from theory import Spectrum
from theory.errors import ParameterError, ShapeError
from theory.formulas.imbalance import gradient_descent_increment, sgd_expected_increment


class Exact(Arithmetic):
    """Rational numbers: nothing is rounded."""

    kind = "exact"
    dtype = np.object_

    def from_fraction(self, value: Fraction) -> Fraction:
        return value

    def to_fraction(self, value: Any) -> Fraction:
        return Fraction(value)

    def is_finite(self, value: Any) -> bool:
        return True

    def sqrt(self, value: Any) -> Any:
        raise AssertionError("a step of descent takes no root: rationals have none")

    exp = sqrt


def gaussian(seed: int, n: int, d: int, depth: int) -> tuple[Any, Any, Any, Any]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, d)), rng.normal(size=n), rng.normal(size=d) / d**0.5, rng.uniform(0.3, 0.8, depth - 1)


def reduced_and_basis(X: Any, y: Any, depth: int) -> tuple[ReducedModel, Any]:
    """Give the reduced model, and the right singular vectors that turn `u` into its coefficients."""
    spectrum = Spectrum.from_data(X, y)
    return ReducedModel.from_data(X, y, depth, Float64(), spectrum), np.asarray(spectrum.right_singular_vectors)


@pytest.mark.parametrize("depth", [2, 3, 5])
@pytest.mark.parametrize(("n", "d"), [(6, 9), (9, 6)])
def test_coordinates_and_full_batches_give_one_trajectory(depth: int, n: int, d: int) -> None:
    X, y, u, v = gaussian(0, n, d, depth)
    model, right = reduced_and_basis(X, y, depth)
    start = model.state(right @ u, v)
    for _ in range(300):
        u, v = all_weights.step(X, y, u, v, 0.02)
    for optimizer in (GradientDescent(0.02), StochasticGradientDescent(0.02, n, seed=3), RandomReshuffling(0.02, n, 3)):
        end = optimizer.on(model).advance(start, 0, 300).state
        assert float(model.loss(end)) == pytest.approx(all_weights.loss(X, y, u, v), rel=1e-11)
        assert model.coefficients(end) == pytest.approx(right @ u, rel=1e-10, abs=1e-12)
        assert end.layers == pytest.approx(v, rel=1e-11)


def test_small_batches_agree_in_both_coordinates() -> None:
    for kind in (StochasticGradientDescent, RandomReshuffling):
        X, y, u, v = gaussian(1, 8, 5, 3)
        model, right = reduced_and_basis(X, y, 3)
        optimizer = kind(0.01, 3, seed=0)
        end = optimizer.on(model).advance(model.state(right @ u, v), 0, 200).state
        for index in range(200):
            u, v = all_weights.step(X, y, u, v, 0.01, optimizer.batch(index, 8))
        assert model.coefficients(end) == pytest.approx(right @ u, rel=1e-9, abs=1e-12)
        assert end.layers == pytest.approx(v, rel=1e-10)


def test_gradient_descent_is_the_paper_s(  # equations 10 and 11, transcribed in rationals
) -> None:
    s, d, c, v = ([Fraction(x) for x in part] for part in ([3, 2], [1, -2], ["1/2", "1/3"], ["2/3", "-1/2"]))
    eta, n = Fraction(1, 10), 4
    model = ReducedModel(Exact(2), 3, n, np.array(s), np.array(d))
    state = GradientDescent(eta).on(model).advance(model.state(c, v), 0, 1).state
    P = v[0] * v[1]
    z = [s[i] * c[i] * P - d[i] for i in range(2)]
    inner = sum(s[i] * c[i] * z[i] for i in range(2))
    assert list(model.coefficients(state)) == [c[i] - eta / n * s[i] * P * z[i] for i in range(2)]
    assert list(state.layers) == [v[0] - eta / n * v[1] * inner, v[1] - eta / n * v[0] * inner]


@pytest.mark.parametrize("zeros", [(0,), (1,), (0, 2), (0, 1, 2)])
def test_a_layer_may_be_zero(zeros: Sequence[int]) -> None:
    v = [Fraction(2), Fraction(3), Fraction(5)]
    for j in zeros:
        v[j] = Fraction(0)
    model = ReducedModel(Exact(2), 4, 1, np.array([Fraction(1)]), np.array([Fraction(7)]))
    state = GradientDescent(1).on(model).advance(model.state([1], v), 0, 1).state
    P = v[0] * v[1] * v[2]
    others = (v[1] * v[2], v[0] * v[2], v[0] * v[1])
    assert list(state.layers) == [x - p * (P - 7) for x, p in zip(v, others, strict=True)]
    floats = ReducedModel.from_spectrum(Spectrum([1.0], [7.0], n_samples=1), 4, Float64())
    fast = GradientDescent(1).on(floats).advance(floats.state([1], v), 0, 1).state
    assert [Fraction(float(x)) for x in fast.layers] == list(state.layers)


@pytest.mark.slow
@settings(max_examples=usually(6, thoroughly=200), deadline=None)
@given(st.sampled_from([2, 17, 113]), st.sampled_from([1, 2, 20]), st.sampled_from([2, 4]), st.integers(0, 2**32 - 1))
def test_mpmath_and_mpfr_agree_step_for_step(bits: int, rank: int, depth: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    c, v, data = rng.normal(size=rank), rng.normal(size=depth - 1), rng.integers(2**32)
    reference, fast = (random_model(np.random.default_rng(data), rank, depth, a) for a in (Mpmath(bits), Mpfr(bits)))
    state, other = reference.state(c, v), fast.state(c, v)
    left, right = GradientDescent("0.1").on(reference), GradientDescent("0.1").on(fast)
    for step in range(12):
        mine, theirs = left.advance(state, step, 1), right.advance(other, step, 1)
        state, other = mine.state, theirs.state
        assert mine.escaped == theirs.escaped
        assert exact(reference, state) == exact(fast, other)
        if mine.escaped:  # further steps have exponents too large for exact rationals
            break


@pytest.mark.slow
def test_53_bits_are_float64() -> None:
    rng = np.random.default_rng(2)
    double, wide = (random_model(np.random.default_rng(7), 20, 3, a) for a in (Float64(), Mpfr(53)))
    c, v = rng.normal(size=20), rng.normal(size=2)
    ends = [GradientDescent(0.05).on(m).advance(m.state(c, v), 0, 500).state for m in (double, wide)]
    assert exact(double, ends[0]) == exact(wide, ends[1])


def test_balls_hold_the_exact_trajectory() -> None:
    b = Ball(100)
    s, d, c, v = ([Fraction(x) for x in part] for part in ([3, 2], [1, -2], ["1/2", "1/3"], ["2/3", "-1/2"]))
    ends = []
    for a in (Exact(2), b):
        model = ReducedModel(a, 3, 4, a.vector(s), a.vector(d))
        ends.append(GradientDescent("1/10").on(model).advance(model.state(c, v), 0, 4).state)
    for true, ball in zip(
        (*ends[0].first_layer, *ends[0].layers), (*ends[1].first_layer, *ends[1].layers), strict=True
    ):
        assert b.encloses(ball, true)
        assert 0 < b.radius(ball) < Fraction(1, 2**90)


integers = st.integers(-4, 4)


@st.composite
def small_data(draw: st.DrawFn) -> tuple[Any, Any, Any, Fraction]:
    n, d = draw(st.integers(2, 7)), draw(st.integers(1, 3))
    X = np.array(draw(st.lists(st.lists(integers, min_size=d, max_size=d), min_size=n, max_size=n)), dtype=object)
    y = np.array(draw(st.lists(integers, min_size=n, max_size=n)), dtype=object)
    u = [Fraction(x, 3) for x in draw(st.lists(integers, min_size=d, max_size=d))]
    return X, y, u, Fraction(draw(integers), 2)


@settings(max_examples=25, deadline=None)
@given(small_data(), st.sampled_from([Fraction(1, 10), Fraction(3)]))
def test_theorem_5_9_over_all_batches_in_rationals(data: tuple[Any, Any, Any, Fraction], eta: Fraction) -> None:
    X, y, u, v = data
    n, weights = len(y), np.array(u)

    def imbalance_change(batch: Any) -> Fraction:
        first, (second,) = all_weights.step(X, y, weights, [v], eta, batch)
        return sum(first**2) - sum(weights**2) - (second**2 - v**2)  # type: ignore[no-any-return]

    assert imbalance_change(slice(None)) == gradient_descent_increment(X, y, u, v, eta)
    for size in range(1, n + 1):
        changes = [imbalance_change(np.array(b)) for b in itertools.combinations(range(n), size)]
        assert sum(changes) / len(changes) == sgd_expected_increment(X, y, u, v, eta, size)


@pytest.mark.slow
def test_theorem_5_9_holds_at_every_step_even_past_the_edge_of_stability() -> None:
    a, eta = Mpfr(200), Fraction(5, 3)
    # The data of Appendix D.1: the sharpness passes 2/eta = 1.2 and the loss has its spike.
    model = ReducedModel.from_spectrum(Spectrum([30**0.5, 0.233], [0.3, 2**0.5], n_samples=100), 2, a)
    state, stepper = model.state(["0.1", "0.1"], ["0.5"]), GradientDescent(eta).on(model)
    s, d = ([a.to_fraction(x) for x in part] for part in (model.singular_values, model.label_coefficients))
    past_the_edge = 0
    for step in range(700):
        advance = stepper.advance(state, step, 1)
        assert not advance.escaped
        expected = gradient_descent_increment(
            np.diag(np.array(s, dtype=object)) + Fraction(0),
            d,
            [a.to_fraction(x) for x in model.coefficients(state)],
            a.to_fraction(state.layers[0]),
            eta * len(s) / model.n_samples,
        )
        before, now = (a.to_fraction(model.imbalance(at)[0]) for at in (state, advance.state))
        assert abs(now - before - expected) < (1 + abs(before) + abs(now)) / 2**190
        past_the_edge += sharpness(model, state) > 2 / eta if step % 50 == 0 else 0
        state = advance.state
    assert past_the_edge >= 3


def test_a_batch_depends_on_seed_and_step_alone() -> None:
    optimizer = StochasticGradientDescent(0.1, 4, seed=5)
    drawn = [optimizer.batch(step, 10).tolist() for step in range(50)]
    assert drawn == [StochasticGradientDescent(0.1, 4, seed=5).batch(step, 10).tolist() for step in range(50)]
    assert all(len(set(batch)) == 4 and set(batch) <= set(range(10)) for batch in drawn)
    assert len({tuple(batch) for batch in drawn}) > 40
    other = [StochasticGradientDescent(0.1, 4, seed=6).batch(step, 10).tolist() for step in range(50)]
    assert drawn != other


def test_batches_are_uniform() -> None:
    optimizer, count = StochasticGradientDescent(0.1, 2, seed=0), dict.fromkeys(itertools.combinations(range(4), 2), 0)
    for step in range(3000):
        count[tuple(optimizer.batch(step, 4).tolist())] += 1  # type: ignore[index]
    assert all(400 < times < 600 for times in count.values())  # 500 expected; 5 standard deviations are 102


@given(st.integers(1, 12), st.integers(1, 12), st.integers(0, 5))
def test_an_epoch_visits_every_sample_once(n: int, size: int, epoch: int) -> None:
    size = min(size, n)
    optimizer, steps = RandomReshuffling(0.1, size, seed=1), -(-n // size)
    visited = [i for k in range(steps) for i in optimizer.batch(epoch * steps + k, n).tolist()]
    assert sorted(visited) == list(range(n))


@pytest.mark.parametrize("eta", [0, -1, "0", float("nan"), float("inf")])
def test_a_step_size_must_be_positive_and_finite(eta: object) -> None:
    with pytest.raises(ValueError, match=r"step size|finite"):
        GradientDescent(eta)


@pytest.mark.parametrize("size", [0, -1, 7, 2.5, True])
def test_a_batch_size_must_fit(size: Any) -> None:
    X, y, _, _ = gaussian(0, 6, 3, 2)
    model = ReducedModel.from_data(X, y, 2, Float64())
    with pytest.raises(ParameterError, match="batch size"):
        StochasticGradientDescent(0.1, size, seed=0).on(model)


def test_wrong_lengths_are_refused() -> None:
    X, y, u, v = gaussian(0, 6, 3, 3)
    model = ReducedModel.from_data(X, y, 3, Float64())
    with pytest.raises(ShapeError, match="give 3"):
        model.state([1.0], v)
    with pytest.raises(ShapeError, match="give 2"):
        model.state(u, [1.0])


def test_sgd_without_samples_is_refused() -> None:
    model = ReducedModel.from_spectrum(Spectrum([1.0], [1.0], n_samples=3), 2, Float64())
    with pytest.raises(ParameterError, match="from_data"):
        StochasticGradientDescent(0.1, 1, seed=0).on(model).advance(model.state([1], [1]), 0, 1)


def random_model(rng: np.random.Generator, rank: int, depth: int, a: Arithmetic) -> ReducedModel:
    s = np.sort(rng.uniform(0.1, 3, rank))[::-1]
    return ReducedModel.from_spectrum(Spectrum(s, rng.normal(size=rank), n_samples=5), depth, a)


def exact(model: ReducedModel, state: State) -> list[Fraction]:
    return [model.arithmetic.to_fraction(x) for x in (*state.first_layer, *state.layers)]
