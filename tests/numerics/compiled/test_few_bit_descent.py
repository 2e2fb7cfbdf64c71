"""The compiled descent of few bits goes where the reference goes, up to the last bits of sums in another order."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from book.records.population import draw
from numerics.arithmetic import Float64, Mpfr
from numerics.compiled import few_bit_descent
from numerics.compiled.few_bit_descent import CompiledSteps
from numerics.fast import fast_few_bit_steps
from numerics.finite_precision import few_bit_runs as module
from numerics.finite_precision.base_trajectory import BaseTrajectory
from numerics.finite_precision.few_bit_runs import few_bit_runs
from numerics.finite_precision.few_bit_steps import ReferenceSteps
from numerics.finite_precision.linearization import rounded_spectrum
from numerics.finite_precision.mean_descent import MeanDescent
from numerics.finite_precision.noise import Noise
from numerics.finite_precision.nonlinear_phase import NEVER
from numerics.finite_precision.problem import Problem
from numerics.finite_precision.recording import recorded
from numerics.finite_precision.stretch import DRAWS, STRETCH, Stretch, draw_errors, errors_of_rounding
from tests.numerics.finite_precision.test_recorded_descent import random_problem
from theory import Spectrum

_ALIKE = 12
"""Steps in which other last bits do not grow to more than is allowed for."""


def without_a_label(problem: Problem) -> Problem:
    """Take the top mode's label away, and start its output far below 2^-256."""
    s, d, n = (getattr(problem.spectrum, name) for name in ("singular_values", "label_coefficients", "n_samples"))
    spectrum, coefficients = Spectrum(s, [0.0, *d[1:]], n_samples=n), [1e-90, *problem.coefficients[1:]]
    return replace(problem, spectrum=spectrum, coefficients=coefficients)


def stretches(problem: Problem, bits: list[int], limit: int, crossed: bool) -> list[tuple[Stretch, ...]]:
    kinds = [
        kind(MeanDescent(problem, bits), limit, problem.divergence_loss) for kind in (CompiledSteps, ReferenceSteps)
    ]
    with np.errstate(all="ignore"):
        found = [steps.take(np.full(len(bits), crossed)) for steps in kinds]
    assert np.array_equal(*(np.minimum(steps.stuck_from, _ALIKE) for steps in kinds))
    return list(zip(*found, strict=True))


def near(quick: np.ndarray, slow: np.ndarray, allowed: float) -> bool:
    """Whether numbers are alike up to a share of the largest ones of their step."""
    axes = tuple(range(1, slow.ndim))
    largest = np.abs(slow).max(axis=axes, keepdims=True) if axes else np.abs(slow)
    return bool((np.abs(quick - slow) <= allowed * largest).all())


@pytest.mark.slow
def test_a_stretch_is_the_reference_s() -> None:
    seen: set[bool] = set()

    @given(
        st.sampled_from([1, 2, 3, 8, 19]),
        st.integers(2, 5),
        st.sampled_from(["0.05", "0.3", "1", "3", "20"]),
        st.integers(0, 10**6),
        st.lists(st.integers(2, 44), min_size=1, max_size=3),
        st.booleans(),
        st.booleans(),
    )
    def alike(rank: int, depth: int, edge: str, seed: int, bits: list[int], unlabelled: bool, crossed: bool) -> None:
        problem = random_problem(rank, depth, edge, seed)
        problem = without_a_label(problem) if unlabelled and rank > 1 else problem
        for p, (quick, slow) in zip(bits, stretches(problem, bits, 30, crossed), strict=True):
            # Of a fraction of a unit in the p-th place float64 knows 53 - p bits at most.
            allowed = max(1e-5, 2.0 ** (p - 46))
            assert min(len(quick.weights), _ALIKE) == min(len(slow.weights), _ALIKE)
            if len(slow.weights) <= _ALIKE:
                assert (len(quick.weights), quick.ended) == (len(slow.weights), slow.ended)
            some = slice(0, _ALIKE)
            finite = np.isfinite(slow.weights[some]).all(axis=1) & np.isfinite(slow.kept.squares[some]).all(axis=1)
            upto = slice(0, len(finite) if finite.all() else int(finite.argmin()))
            assert near(quick.weights[upto], slow.weights[upto], 1e-9)
            assert near(quick.weights[upto, 0], slow.weights[upto, 0], 1e-6)
            assert near(quick.kept.smallest[upto], slow.kept.smallest[upto], 1e-9)
            assert np.array_equal(quick.kept.scale_bits[upto], slow.kept.scale_bits[upto])
            assert near(quick.kept.displacements[upto], slow.kept.displacements[upto], allowed)
            assert near(quick.kept.squares[upto], slow.kept.squares[upto], allowed)
            seen.add(slow.ended and len(slow.weights) < 31)

    alike()
    assert seen == {False, True}


@pytest.mark.slow
def test_whole_runs_end_where_the_reference_s_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Problems of the wide test: without a label, with draws that stand still, and with such that are scaled down."""
    limit, seen = 500, set()
    for number, bits in ((0, [8, 24]), (2, [8, 17]), (4, [8, 40]), (6, [8, 17]), (64, [11, 24])):
        problem = draw(number, 7).problem
        quick = few_bit_runs(problem, bits, limit)
        with monkeypatch.context() as patch:
            patch.setattr(module, "fast_few_bit_steps", lambda *_: None)
            slow = few_bit_runs(problem, bits, limit)
        for mine, other in zip(quick, slow, strict=True):
            for name in ("crossing_step", "last_step", "watched_from"):
                assert getattr(mine, name) == getattr(other, name)
            assert np.array_equal(mine.fallen_at, other.fallen_at)
            for name in ("draws", "steps", "crossed"):
                assert np.array_equal(getattr(mine.leaving, name), getattr(other.leaving, name))
            assert mine.leaving.weights == pytest.approx(other.leaving.weights, rel=1e-3, abs=1e-12)
            seen.add(("fallen", bool((other.fallen_at < NEVER).any())))
            seen.add(("left", bool(len(other.leaving.draws))))
    assert seen == {(what, answer) for what in ("fallen", "left") for answer in (False, True)}


@pytest.mark.parametrize("number", [2, 7, 21, 24])
def test_more_effort_in_compiling_changes_no_bit(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """At depths of 2 to 4, with and without a label."""
    problem, found = draw(number, 7).problem, []
    for repays in (np.inf, 0):
        monkeypatch.setattr(few_bit_descent, "_REPAYS", repays)
        steps = CompiledSteps(MeanDescent(problem, [11, 30]), 200, problem.divergence_loss)
        found.append([part for _ in range(3) for part in steps.take(np.array([False, True]))])
    for one, other in zip(*found, strict=True):
        assert one.ended == other.ended
        for mine, theirs in zip((one.weights, *one.kept), (other.weights, *other.kept), strict=True):
            assert mine.tobytes() == theirs.tobytes()


def test_few_steps_are_left_to_the_reference() -> None:
    descent = MeanDescent(random_problem(2, 2, "1", 0), [11])
    assert fast_few_bit_steps(descent, 20, 1e6) is None
    assert fast_few_bit_steps(descent, 10_000, 1e6) is not None


def test_errors_are_those_of_one_sequence_whatever_is_kept_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    random = errors_of_rounding()
    truth = [draw_errors(random, np.empty((STRETCH, 7, DRAWS), np.float32)) for _ in range(6)]
    for kept in (0, 2, 100):
        monkeypatch.setattr(few_bit_descent, "_KEPT_ERRORS", kept * STRETCH * 7 * 80)
        errors = few_bit_descent._Errors(7)
        for asked in (0, 1, 2, 3, 0, 1, 2, 3, 4, 5, 3, 3, 5, 0, 4):
            found = errors.of(asked)
            assert np.array_equal(found[..., :DRAWS], truth[asked])
            assert not found[..., DRAWS:].any()


@pytest.mark.slow
@pytest.mark.parametrize("number", [4, 15, 24, 64])
def test_noise_along_a_trajectory_is_the_reference_s(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """At depths of 2 to 4, with and without a label, from the start on and from within the first stretch or beyond."""
    problem = draw(number, 7).problem
    run, spectrum = recorded(problem, Mpfr(200), 300), rounded_spectrum(problem.model(Float64()))
    far = np.where(np.asarray(spectrum.label_coefficients) == 0, 1e-100, 1.0)  # nothing is lifted here
    for last, first in ((63, 0), (64, 5), (len(run.loss) - 1, 0), (len(run.loss) - 1, min(70, len(run.loss) - 1))):
        some = slice(0, min(last, len(run.loss) - 1) + 1)
        base = BaseTrajectory(spectrum, float(problem.step_size), run.outputs[some] * far, run.layers[some])
        quick = Noise.of(first, few_bit_descent.noise_along(base, first))
        monkeypatch.setattr("numerics.finite_precision.noise.fast_noise", lambda *_: None)
        slow = Noise.along(base, first)
        assert np.array_equal(quick.scale_bits, slow.scale_bits)
        assert near(quick.displacements, slow.displacements, 1e-6)
        assert quick.oscillation_bits == pytest.approx(slow.oscillation_bits, abs=1e-6)
