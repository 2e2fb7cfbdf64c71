"""The compiled loop records at every step what the reference records, to the last bit."""

import ctypes
from dataclasses import replace
from fractions import Fraction
from typing import Any

import gmpy2  # type: ignore[import-untyped]
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.arithmetic import Arithmetic, Float32, Float64, Mpfr
from numerics.compiled import mpfr_memory
from numerics.compiled.mpfr_memory import MpfrMemory
from numerics.compiled.recorded_descent import CompiledRecording
from numerics.fast import fast_recording
from numerics.finite_precision.problem import Problem
from numerics.finite_precision.recorded_descent import RecordedReference
from numerics.model.base import State
from numerics.model.reduced import ReducedModel
from tests.numerics.finite_precision import test_recorded_descent as many_at_a_time
from theory import Spectrum

TINY = Fraction(1, 2**53)
ARITHMETICS = (Float32(), Float64(), Mpfr(2), Mpfr(3), Mpfr(24), Mpfr(53), Mpfr(64), Mpfr(65), Mpfr(200), Mpfr(2100))


def exactly(arithmetic: Arithmetic, state: State) -> list[Any]:
    numbers = (*state.first_layer, *state.layers)
    return [
        repr(float(x)) if arithmetic.dtype is not np.object_ else (x.as_mantissa_exp(), x.precision) for x in numbers
    ]


@pytest.mark.slow
def test_every_step_is_the_reference_s() -> None:
    ends: set[tuple[bool, bool]] = set()

    @given(
        st.sampled_from([1, 2, 3, 16, 17, 35]),
        st.integers(2, 5),
        st.sampled_from(["0.05", "0.3", "1", "3", "20"]),
        st.integers(0, 10**6),
        st.sampled_from(ARITHMETICS),
    )
    def alike(rank: int, depth: int, edge: str, seed: int, arithmetic: Arithmetic) -> None:
        problem = many_at_a_time.random_problem(rank, depth, edge, seed)
        model = problem.model(arithmetic)
        start, given_all = problem.start(model), (model, problem.step_size, problem.divergence_loss)
        quick = CompiledRecording(*given_all).visit(start, 40)
        slow = RecordedReference(*given_all).visit(start, 40)
        assert (quick.steps, quick.diverged) == (slow.steps, slow.diverged)
        assert quick.losses.tobytes() == slow.losses.tobytes()
        assert quick.weights.tobytes() == slow.weights.tobytes()
        if not quick.diverged:
            assert exactly(arithmetic, quick.state) == exactly(arithmetic, slow.state)
        for place in range(0, len(quick.losses), 7):
            assert exactly(arithmetic, quick.state_at(place)) == exactly(arithmetic, slow.state_at(place))
        ends.add((quick.diverged, len(quick.losses) < quick.steps))

    alike()
    assert {(False, False), (True, False)} <= ends


@pytest.mark.parametrize("arithmetic", [Float64(), Mpfr(120)])
def test_a_layer_beyond_recording_ends_the_run_where_the_reference_does(arithmetic: Arithmetic) -> None:
    problem = many_at_a_time.random_problem(2, 3, "1e-40", 5)
    model = problem.model(arithmetic)
    runs = [
        kind(model, problem.step_size, 1e300).visit(problem.start(model), 9)
        for kind in (CompiledRecording, RecordedReference)
    ]
    assert [(run.steps, run.diverged, len(run.losses)) for run in runs] == [(1, True, 0)] * 2


def alike(model: ReducedModel, problem: Problem, limit: float, steps: int = 40) -> CompiledRecording:
    """Compare all that is recorded; give the compiled one."""
    quick, start = CompiledRecording(model, problem.step_size, limit), problem.start(model)
    runs = [recording.visit(start, steps) for recording in (quick, RecordedReference(model, problem.step_size, limit))]
    assert len({(run.steps, run.diverged, run.losses.tobytes(), run.weights.tobytes()) for run in runs}) == 1
    return quick


@pytest.mark.parametrize("bits", [24, 53])
def test_the_processor_s_numbers_record_mpfr_s_bits_or_leave_it_to_them(bits: int) -> None:
    problem = many_at_a_time.random_problem(3, 3, "1", 4)
    model = problem.model(Mpfr(bits))
    inside = alike(model, problem, 1e6)
    assert inside.loop.in_hardware is not None
    assert "own" not in vars(inside.loop)
    tiny = replace(problem, coefficients=[2.0**-900] * 3, layers=[2.0**-500] * 2)
    assert alike(model, tiny, 1e6).loop.in_hardware is None
    assert alike(replace(model, n_samples=2**53 + 1), problem, 1e6).loop.in_hardware is not None


def test_a_loss_is_compared_with_the_limit_itself_and_not_with_one_rounded_to_24_bits() -> None:
    problem = many_at_a_time.random_problem(2, 2, "20", 3)
    model = problem.model(Mpfr(24))
    highest = RecordedReference(model, problem.step_size, 1e6).visit(problem.start(model), 9).losses.max()
    for limit in (highest, np.nextafter(highest, 0), np.nextafter(highest, np.inf)):
        assert alike(model, problem, float(limit)).loop.in_hardware is not None


@pytest.mark.parametrize("unreachable", [1, 1 + TINY, 1 + 3 * TINY, TINY**-40, TINY**40])
@pytest.mark.parametrize("size", [2.0**-90, 2.0**-45, 2.0**-33])
@pytest.mark.parametrize("bits", [64, 65, 105, 106, 300])
def test_a_loss_on_which_leading_bits_are_silent_is_computed_in_all(
    unreachable: Fraction, size: float, bits: int
) -> None:
    """What no weights remove lies on a tie of float64, so that the last bits of small residuals decide."""
    problem = many_at_a_time.random_problem(2, 2, "20", 3)
    singular_values, labels = problem.spectrum.singular_values, problem.spectrum.label_coefficients
    problem = replace(
        problem, spectrum=Spectrum(singular_values, size * labels, n_samples=3), coefficients=[size, size / 3]
    )
    model = replace(problem.model(Mpfr(bits)), unreachable_loss=unreachable)
    alike(model, problem, 1e6)
    alike(model, problem, 1.0)


def test_a_loss_that_cancels_is_computed_in_all() -> None:
    problem = many_at_a_time.random_problem(2, 2, "20", 3)
    model = problem.model(Mpfr(300))
    losses = RecordedReference(model, problem.step_size, 1e6).visit(problem.start(model), 9).losses
    for loss in losses:
        alike(replace(model, unreachable_loss=-loss), problem, 1e6)


@pytest.mark.parametrize("bits", [2, 63, 64, 65, 1000])
def test_mpfr_s_memory_gives_back_what_it_holds(bits: int) -> None:
    a = Mpfr(bits)
    with a.active():
        numbers = [a.number("1/3"), a.number(-5), a.number(0), -a.number(0), a.number("1e-400"), -a.number("7e90")]
    memory = MpfrMemory(a, len(numbers) + 2)
    memory.write(numbers, 1)
    found = memory.read(1, len(numbers))
    assert memory.read(0, 1) == memory.read(len(numbers) + 1, 1) == [0]
    assert found == numbers
    assert [gmpy2.is_signed(x) for x in found] == [gmpy2.is_signed(x) for x in numbers]
    assert {x.precision for x in found} == {bits}


def test_a_structure_is_known_by_all_of_its_words_and_no_false_address_is_followed() -> None:
    a = Mpfr(150)
    with a.active():
        number = -a.number("1/3")
    memory = MpfrMemory(a, 1)
    memory.write([number], 0)
    words = (ctypes.c_int64 * mpfr_memory.STRUCTURE_WORDS).from_address(memory.address)
    zeros = np.zeros(3, dtype=np.uint64)
    assert mpfr_memory.is_structure_of(number, memory.address)
    for word, false in [(0, 149), (1, 1), (2, 7), (3, 0), (3, -8), (3, words[3] + 4), (3, zeros.ctypes.data)]:
        right, words[word] = words[word], false
        assert not mpfr_memory.is_structure_of(number, memory.address)
        words[word] = right
    assert mpfr_memory.is_structure_of(number, memory.address)


def test_the_range_of_exponents_is_gmpy2_s_only_while_the_loop_runs() -> None:
    mpfr = mpfr_memory.library()
    before = mpfr.mpfr_get_emin()
    with mpfr_memory.whole_range():
        assert mpfr.mpfr_get_emin() == gmpy2.get_emin_min() == mpfr.mpfr_get_emin_min()
    assert mpfr.mpfr_get_emin() == before


def test_few_steps_are_left_to_the_reference_whatever_was_asked_before() -> None:
    problem = many_at_a_time.random_problem(2, 2, "1", 0)
    model = problem.model(Float64())
    assert fast_recording(model, problem.step_size, 1e6, 10_000) is not None
    assert [fast_recording(model, problem.step_size, 1e6, 400) for _ in range(7)] == [None] * 7
