"""Every run of an ensemble has the bits that it has alone."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.arithmetic import Arithmetic, Float32, Float64, Mpfr, Mpmath
from numerics.model.reduced import ReducedModel
from numerics.optimizers.ensemble import train_ensemble
from numerics.optimizers.gradient_descent import GradientDescent
from theory import Spectrum
from theory.errors import ParameterError, ShapeError


@settings(max_examples=15, deadline=None)
@given(
    st.sampled_from([Float64(), Float32(), Mpfr(100)]),
    st.sampled_from([(1, 2), (3, 3), (16, 2), (17, 2), (35, 4)]),
    st.integers(1, 35),
    st.integers(0, 2**32 - 1),
)
def test_runs_are_those_of_gradient_descent_alone(a: Arithmetic, shape: tuple[int, int], count: int, seed: int) -> None:
    rng, (rank, depth) = np.random.default_rng(seed), shape
    s = np.sort(rng.uniform(0.1, 3, rank))[::-1]
    model = ReducedModel.from_spectrum(Spectrum(s, rng.normal(size=rank), n_samples=5), depth, a)
    states = [model.state(rng.normal(size=rank), rng.normal(size=depth - 1)) for _ in range(count)]
    etas = 10 ** rng.uniform(-2, 0.8, count)
    together = train_ensemble(model, etas, states, steps=23, record_every=10)
    assert together.steps.tolist() == [0, 10, 20, 23]
    for k in range(count):
        alone = GradientDescent(etas[k]).on(model, fast=False).advance(states[k], 0, 23)
        assert together.diverged_at[k] == (alone.steps if alone.escaped else -1)
        if alone.escaped:
            assert together.final_states[k] is None
            assert np.isnan(together.loss[-1, k])
        else:
            final: Any = together.final_states[k]
            assert [*final.first_layer, *final.layers] == [*alone.state.first_layer, *alone.state.layers]
            assert together.loss[-1, k] == a.to_float(model.loss(alone.state))


def test_without_the_compiled_loop_the_runs_are_the_same() -> None:
    model = ReducedModel.from_spectrum(Spectrum([2.0, 1.0], [1.0, 0.5], n_samples=2), 3, Float64())
    states = [model.state([0.1 * k, 0.3], [0.5, 0.6]) for k in range(20)]
    etas = [Fraction(k + 1, 4) for k in range(20)]
    fast, slow = (train_ensemble(model, etas, states, steps=40, record_every=7, fast=on) for on in (True, False))
    for name in ("loss", "sharpness", "imbalance", "diverged_at"):
        assert np.array_equal(getattr(fast, name), getattr(slow, name), equal_nan=True)
    assert 0 < (fast.diverged_at > 0).sum() < 20


def test_mpmath_runs_one_by_one() -> None:
    results = []
    for a in (Mpmath(80), Mpfr(80)):
        model = ReducedModel.from_spectrum(Spectrum([2.0], [1.0], n_samples=2), 2, a)
        run = train_ensemble(model, ["0.1", "0.2"], [model.state([1], ["0.3"])] * 2, steps=9, record_every=3)
        results.append(run)
    assert results[0].loss.tolist() == results[1].loss.tolist()


def test_bad_input_is_refused() -> None:
    model = ReducedModel.from_spectrum(Spectrum([2.0], [1.0], n_samples=2), 2, Float64())
    state = model.state([1], [1])
    with pytest.raises(ShapeError, match="one for each"):
        train_ensemble(model, [0.1], [state, state], steps=1, record_every=1)
    with pytest.raises(ParameterError, match="step size"):
        train_ensemble(model, [0.1, 0], [state, state], steps=1, record_every=1)
    with pytest.raises(ParameterError, match="at least 1"):
        train_ensemble(model, [0.1], [state], steps=0, record_every=1)
