"""What runs of few bits follow, against runs."""

import numpy as np
import pytest

from book.records.population import draw
from numerics.arithmetic import Float64, Mpfr
from numerics.finite_precision.few_bit_runs import few_bit_runs
from numerics.finite_precision.law import PrecisionLaw
from numerics.finite_precision.mean_descent import MeanDescent
from numerics.finite_precision.nonlinear_phase import NEVER
from numerics.finite_precision.recording import recorded
from numerics.finite_precision.reference import reference_run
from numerics.finite_precision.stretch import DRAWS

WITHOUT_A_LABEL = draw(64, 1).problem
"""Its top output falls far below any float64 before it comes back."""


def test_with_many_bits_it_is_gradient_descent(appendix):
    descent, run = MeanDescent(appendix("1.2"), [44]), recorded(appendix("1.2"), Float64(), 400)
    for step in range(400):
        assert descent.weights[0, :2] == pytest.approx(run.outputs[step], rel=1e-9)
        assert descent.layers[0] == pytest.approx(run.layers[step], rel=1e-9)
        descent.advance(np.zeros((1, 3)))


@pytest.mark.parametrize("bits", [6, 8, 9])
def test_without_fluctuation_slow_weights_follow_the_run_step_by_step(appendix, bits):
    """Each step of a layer is the run's own, as long as both have gone the same way: no error is left to be drawn."""
    descent, run = MeanDescent(appendix("1.2"), [bits]), recorded(appendix("1.2"), Mpfr(bits), 60)
    same = 0
    while same < 60 and descent.layers[0] == pytest.approx(run.layers[same], rel=1e-12):
        descent.advance(np.zeros((1, 3)))
        same += 1
    assert same >= 15


def test_noise_ends_where_weights_stand_still(appendix):
    descent = MeanDescent(appendix("1.2"), [6])
    for _ in range(2000):
        descent.advance(np.zeros((1, 3)))
    before = descent.weights
    assert descent.advance(np.zeros((1, 3))) == pytest.approx(np.zeros((1, 3)), abs=1e-9)
    assert np.array_equal(descent.weights, before)
    assert descent.stands_still(lambda weights: np.zeros((1, 3, 1))[:, weights]).all()
    assert descent.advance(np.full((1, 3), 1.0)) == pytest.approx(np.full((1, 3), 1 / 12))


def test_the_fastest_weight_is_asked_first_and_all_of_them_where_it_stands_still(appendix):
    descent, rng, told = MeanDescent(appendix("1.2"), [5, 6]), np.random.default_rng(0), []
    for step in range(400):
        descent.advance(np.zeros((2, 3)))
        moved = rng.normal(size=(2, 3, 5)) * 2.0 ** -rng.integers(4, 16, size=(2, 3, 1))
        s = np.array([[*model.rounded_spectrum[0], 1.0] for model in descent.models])[..., None]
        moves, units = descent._increments[..., None] + moved * s, descent._units[..., None]
        still = (np.abs(moves) < units / 2).all(axis=1)
        assert descent.stands_still(lambda weights, moved=moved: moved[:, weights]).tolist() == still.tolist(), step
        told += still.ravel().tolist()
    assert 10 < sum(told) < len(told) - 10


def test_an_output_below_any_float64_comes_back():
    """Until then its logarithm is that of the product of its factors `1 - h P^2`."""
    descent, factors = MeanDescent(WITHOUT_A_LABEL, [40]), []
    spectrum, rate = WITHOUT_A_LABEL.spectrum, float(WITHOUT_A_LABEL.step_size) / WITHOUT_A_LABEL.spectrum.n_samples
    start, smallest = abs(descent.weights[0, 0]), np.inf
    for _ in range(2600):
        factors.append(abs(1 - float(spectrum.singular_values[0]) ** 2 * rate * float(np.prod(descent.layers[0])) ** 2))
        descent.advance(np.zeros(descent.weights.shape))
        smallest = min(smallest, abs(descent.weights[0, 0]))
    assert smallest == 0
    assert np.log(abs(descent.weights[0, 0]) / start) == pytest.approx(np.log(factors).sum(), abs=1e-6)


@pytest.fixture(scope="module")
def law_without_a_label():
    law = PrecisionLaw(reference_run(WITHOUT_A_LABEL, 3400), 3400)
    law.foresee([11, 17])
    return law


@pytest.mark.slow
@pytest.mark.parametrize("bits", [11, 17])
def test_a_drop_long_after_the_exact_one_is_predicted(law_without_a_label, bits):
    law = law_without_a_label
    run, exact = recorded(WITHOUT_A_LABEL, Mpfr(bits), 3400), law.reference.recording.drop_step
    assert abs(law.drop_step(bits) - run.drop_step) < 0.01 * exact
    assert run.drop_step > exact + (400 if bits == 11 else 0)


def test_a_top_mode_without_a_label_can_be_lost(monkeypatch):
    """At 11 bits `1 - h P^2` passes 0 so closely that the top output becomes 0, for ever, as some of the draws do."""
    problem = draw(15, 3).problem
    run, law = recorded(problem, Mpfr(11), 200), PrecisionLaw(reference_run(problem, 200), 200)
    assert run.outputs[12, 0]
    assert not run.outputs[13:, 0].any()
    assert run.crossing_step
    assert run.drop_step is None
    assert law.reference.recording.drop_step
    assert 0.1 < (law.forecast(11).drop_steps == NEVER).mean() < 0.9
    monkeypatch.setattr("numerics.finite_precision.few_bit_runs.fast_few_bit_steps", lambda *_: None)
    monkeypatch.setattr(MeanDescent, "extinct", lambda *_: np.zeros(DRAWS, dtype=bool))
    assert (PrecisionLaw(law.reference, 200).forecast(11).drop_steps < NEVER).all()


@pytest.mark.slow
def test_few_bits_slow_a_top_mode_without_a_label():
    """The slow trajectory stops earlier, its sharpness stays lower, and the top mode comes back later."""
    problem = draw(49, 4).problem
    law = PrecisionLaw(reference_run(problem, 600), 600)
    run, exact = recorded(problem, Mpfr(11), 600), law.reference.recording.drop_step
    assert run.drop_step >= exact + 10
    assert abs(law.drop_step(11) - run.drop_step) <= 5
    assert abs(law.drop_step(24) - exact) <= 2


def test_a_course_ends_where_it_diverges(appendix):
    (runs,) = few_bit_runs(appendix("0.6"), [44], 2500)
    assert np.isfinite(runs.base.weights).all()
    assert runs.base.last_step < 2500


def test_noise_is_kept_from_near_the_edge_on(appendix):
    (runs,) = few_bit_runs(appendix("1.2"), [20], 2500)
    crossing = recorded(appendix("1.2"), Mpfr(20), 2500).crossing_step
    assert 0 < runs.noise.first < crossing < runs.base.last_step
    assert len(runs.noise.displacements) == runs.base.last_step + 1 - runs.noise.first


def test_a_precision_does_not_depend_on_which_others_are_carried_along(appendix):
    """Their ends lie at other steps, and at six bits the run never leaves its place."""
    problem, bits = appendix("0.8"), [6, 9, 11, 20, 44]
    together = few_bit_runs(problem, bits, 700)
    assert len({runs.base.last_step for runs in together}) > 1
    for p, runs in zip(bits, together, strict=True):
        (alone,) = few_bit_runs(problem, [p], 700)
        assert np.array_equal(runs.base.weights, alone.base.weights)
        assert runs.noise.first == alone.noise.first
        assert np.array_equal(runs.noise.displacements, alone.noise.displacements)
        assert runs.noise.oscillation_bits == pytest.approx(alone.noise.oscillation_bits, rel=0, abs=1e-12)
        assert np.array_equal(runs.stuck_from, alone.stuck_from)
