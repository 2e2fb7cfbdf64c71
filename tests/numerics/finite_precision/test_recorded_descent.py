"""Many steps at a time are the steps one by one, to the last bit."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.arithmetic import Float32, Float64, Mpfr, Mpmath
from numerics.finite_precision.problem import Problem
from numerics.finite_precision.recorded_descent import RecordedDescent
from numerics.finite_precision.recording import record
from numerics.finite_precision.rounded_sharpness import RoundedSharpness, RoundedWeights
from numerics.optimizers.gradient_descent import GradientDescent
from numerics.trajectory import Outcome, train
from numerics.trajectory.observers import Loss
from numerics.trajectory.recorded_stretch import Stretch, StretchRecorder
from theory import Spectrum
from theory.errors import ParameterError

ARITHMETICS = (Float32(), Float64(), Mpfr(3), Mpfr(24), Mpfr(53), Mpfr(200), Mpmath(90))


def one_by_one(problem, arithmetic, steps):
    model = problem.model(arithmetic)
    return train(
        model,
        GradientDescent(problem.step_size),
        problem.start(model),
        steps=steps,
        observers=(Loss(), RoundedSharpness(problem.step_size), RoundedWeights()),
        divergence_loss=problem.divergence_loss,
        fast=False,
    )


def random_problem(rank: int, depth: int, edge: str, seed: int) -> Problem:
    """A problem whose sharpness passes `2/eta` for some of the edges: all layers start small."""
    rng = np.random.default_rng(seed)
    s = np.sort(np.exp(rng.normal(size=rank)))[::-1]
    spectrum = Spectrum(s, rng.normal(size=rank), n_samples=rank + 1)
    return Problem(
        spectrum, depth, Fraction(2) / Fraction(edge), 0.3 * rng.normal(size=rank), rng.normal(size=depth - 1)
    )


@pytest.mark.slow
def test_one_by_one_is_many_at_a_time(tmp_path):
    outcomes = set()

    @given(
        st.sampled_from([1, 2, 3, 17, 35]),
        st.integers(2, 5),
        st.sampled_from(["0.05", "0.3", "1", "3", "20"]),
        st.integers(0, 10**6),
        st.sampled_from(ARITHMETICS),
    )
    def alike(rank, depth, edge, seed, arithmetic):
        problem = random_problem(rank, depth, edge, seed)
        slow, quick = one_by_one(problem, arithmetic, 60), record(problem, arithmetic, 60)
        outcomes.add(slow.outcome)
        slow.save(tmp_path / "slow.npz")
        quick.save(tmp_path / "quick.npz")
        assert (tmp_path / "slow.npz").read_bytes() == (tmp_path / "quick.npz").read_bytes()

    alike()
    assert outcomes == {Outcome.STEP_LIMIT, Outcome.DIVERGED}


def test_a_sharpness_that_float64_cannot_place_is_found_from_the_weights_themselves():
    """At c = v = 1 the sharpness is 2; the step size puts the edge 2^-99 below, where float64 sees no difference."""
    problem = Problem(Spectrum([1.0], [1.0], n_samples=1), 2, 2 / (2 - Fraction(1, 2**99)), [1], [1])
    model, top = problem.model(Mpfr(200)), RoundedSharpness(problem.step_size)
    asked = []

    class Counting(RoundedSharpness):
        def of_all(self, model, outputs, layers, state, first):
            return super().of_all(model, outputs, layers, lambda place: asked.append(place) or state(place), first)

    stretch = RecordedDescent(model, problem.step_size, 1e6, Counting(problem.step_size)).take(problem.start(model), 5)
    assert asked == [0, 1, 2, 3, 4]
    assert stretch.series["sharpness"].tolist() == [top.observe(model, problem.start(model))] * 5


def test_a_recorder_knows_no_tolerance(appendix):
    problem = appendix("0.8")
    model = problem.model(Float64())
    recorder = RecordedDescent(model, problem.step_size, 1e6, RoundedSharpness(problem.step_size))
    for wrong in ({"tolerance": 1e-3}, {"record_every": 2}):
        with pytest.raises(ParameterError, match="every step"):
            train(model, GradientDescent(1), problem.start(model), steps=5, recorder=recorder, **wrong)


def test_what_was_last_recorded_is_told_though_the_last_stretch_recorded_nothing():
    """As where a layer escapes in the first step of a stretch."""

    class Escaping(StretchRecorder):
        first_stretch, taken = 1, 0

        def take(self, state, count):
            self.taken += 1
            losses = np.full(int(self.taken < 3), float(-self.taken))
            return Stretch(state, 1, self.taken == 3, {"loss": losses})

    problem, told = random_problem(2, 2, "1", 0), []
    model = problem.model(Float64())
    train(
        model,
        GradientDescent(problem.step_size),
        problem.start(model),
        steps=9,
        observers=[Loss()],
        recorder=Escaping(),
        progress=lambda step, latest: told.append((step, latest["loss"])),
    )
    assert told == [(1, -1.0), (2, -2.0), (3, -2.0)]
