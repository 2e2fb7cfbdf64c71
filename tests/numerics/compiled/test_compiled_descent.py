"""The compiled loop of gradient descent ends at the bits of the reference."""

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics import fast as door
from numerics.arithmetic import Arithmetic, Float32, Float64, Mpfr
from numerics.compiled import descent
from numerics.compiled.descent import CompiledDescent, QuickestDescent
from numerics.compiled.lanes import MOST_BITS
from numerics.compiled.lanes.layout import Format, LimbFormat
from numerics.compiled.lanes.program import format_of
from numerics.model.base import State
from numerics.model.reduced import ReducedModel
from numerics.optimizers.gradient_descent import GradientDescent
from tests.effort import usually
from theory import Spectrum


@pytest.mark.slow
@settings(max_examples=usually(8, thoroughly=200), deadline=None)
@given(
    st.sampled_from([Float32(), Float64(), Mpfr(24), Mpfr(53), Mpfr(106), Mpfr(200)]),
    st.sampled_from([1, 2, 3, 7, 16, 17, 40]),
    st.sampled_from([2, 3, 5]),
    st.sampled_from(["0.01", "0.3", "1.5"]),
    st.integers(0, 2**32 - 1),
)
def test_the_compiled_loop_has_the_reference_s_bits(a: Arithmetic, rank: int, depth: int, eta: str, seed: int) -> None:
    assert_same_bits(np.random.default_rng(seed), rank, depth, a, eta, steps=40)


@pytest.mark.slow
@pytest.mark.parametrize("narrow_limbs", [False, True])
@pytest.mark.parametrize("rank", [64, 65, 130])
def test_many_modes_have_the_reference_s_bits(rank: int, narrow_limbs: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full block of chunks, a block and one chunk more, two and one: scratch memory is used again."""

    def with_narrow_limbs(arithmetic: Arithmetic, lanes: int) -> Format:
        chosen = format_of(arithmetic, lanes)
        assert isinstance(chosen, LimbFormat)
        return replace(chosen, limb_bits=28)

    if narrow_limbs:
        monkeypatch.setattr(descent, "format_of", with_narrow_limbs)
    a = Mpfr(80) if narrow_limbs else Mpfr(106)
    assert_same_bits(np.random.default_rng(rank), rank, 2, a, "0.003", steps=4)


@pytest.mark.slow
@pytest.mark.parametrize("bits", [24, 53])
@pytest.mark.parametrize(
    ("outputs", "layer", "stays"),
    [
        ("0.7", "1.1", True),
        ("0", "-0.3", True),
        ("1e-38", "1e-7", False),  # for 24 bits P f is below the normal range
        ("1e-200", "1e-150", False),
        ("1e-300", "1e-300", False),
        ("1e150", "1e200", False),
        ("1e-320", "0.5", False),
        ("1e400", "1", False),
    ],
)
def test_what_leaves_the_processor_s_range_has_mpfr_s_bits_all_the_same(
    bits: int, outputs: str, layer: str, stays: bool
) -> None:
    a = Mpfr(bits)
    model = random_model(np.random.default_rng(1), 3, 2, a)
    with a.active():
        first = a.vector([a.number(Fraction(outputs)) * k for k in (1, -2, 3)])
    state = State(first, (a.number(Fraction(layer)),))
    descent = CompiledDescent(model, a.number("0.2"))
    fast = descent.advance(state, 0, 5)
    slow = GradientDescent("0.2").on(model, fast=False).advance(state, 0, 5)
    assert (fast.steps, fast.escaped) == (slow.steps, slow.escaped)
    assert same(fast.state, slow.state)
    assert all(isinstance(x, type(first[0])) for x in (*fast.state.first_layer, *fast.state.layers))
    if bits == 24 or float(outputs) != 1e-38:
        assert (descent.loop.in_hardware is not None) is stays


def test_what_would_take_long_to_compile_is_not_compiled() -> None:
    model = random_model(np.random.default_rng(0), 2, 2, Mpfr(MOST_BITS + 1))
    assert not isinstance(GradientDescent("0.1").on(model), QuickestDescent)


@pytest.mark.parametrize("a", [Float64(), Mpfr(60)])
def test_what_blows_up_ends_at_the_same_step(a: Arithmetic) -> None:
    model = random_model(np.random.default_rng(2), 2, 2, a)
    state, slow = model.state([1, 1], [1]), GradientDescent(1000).on(model, fast=False)
    ends = [one.advance(state, 0, 500) for one in (CompiledDescent(model, a.number(1000)), slow)]
    assert ends[0].escaped is ends[1].escaped is True
    assert 1 < ends[0].steps == ends[1].steps < 100


def test_it_is_compiled_where_that_repays_and_not_for_a_step_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "_HARDWARE_STEPS", 100)
    model = random_model(np.random.default_rng(3), 2, 3, Float64())
    quickest, slow = (GradientDescent("0.1").on(model, fast=fast) for fast in (True, False))
    state = other = model.state([0.3, 0.2], [0.5, 0.4])
    assert isinstance(quickest, QuickestDescent)
    step = 0
    for count, compiled in [(1, False)] * 150 + [(60, False), (1, False), (60, True), (1, True), (30, True)]:
        state, other = (one.advance(at, step, count).state for one, at in ((quickest, state), (slow, other)))
        assert same(state, other)
        assert ("compiled" in vars(quickest)) is compiled
        step += count


def assert_same_bits(rng: np.random.Generator, rank: int, depth: int, a: Arithmetic, eta: str, steps: int) -> None:
    model = random_model(rng, rank, depth, a)
    state = model.state(rng.normal(size=rank), rng.normal(size=depth - 1))
    fast = CompiledDescent(model, a.number(eta)).advance(state, 0, steps)
    slow = GradientDescent(eta).on(model, fast=False).advance(state, 0, steps)
    assert (fast.steps, fast.escaped) == (slow.steps, slow.escaped)
    assert same(fast.state, slow.state)


def random_model(rng: np.random.Generator, rank: int, depth: int, a: Arithmetic) -> ReducedModel:
    s = np.sort(rng.uniform(0.1, 3, rank))[::-1]
    return ReducedModel.from_spectrum(Spectrum(s, rng.normal(size=rank), n_samples=5), depth, a)


def same(x: State, y: State) -> bool:
    """Compare bit for bit; of a run that escaped, what is not finite in one is not finite in the other."""
    pairs = zip((*x.first_layer, *x.layers), (*y.first_layer, *y.layers), strict=True)
    return all(a == b or not (math.isfinite(a) or math.isfinite(b)) for a, b in pairs)
