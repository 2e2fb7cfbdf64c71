"""What runs of few bits follow, against runs."""

import numpy as np
import pytest

from book.records.population import draw
from numerics.arithmetic import Float64, Mpfr
from numerics.fast import fast_few_bit_steps
from numerics.finite_precision.few_bit_run import WATCHED
from numerics.finite_precision.few_bit_runs import few_bit_runs
from numerics.finite_precision.law import PrecisionLaw
from numerics.finite_precision.mean_descent import MeanDescent
from numerics.finite_precision.noise import Noise
from numerics.finite_precision.nonlinear_phase import NEVER
from numerics.finite_precision.recording import recorded
from numerics.finite_precision.reference import reference_run
from numerics.finite_precision.rounded_sharpness import are_above, sharpnesses
from numerics.finite_precision.stretch import DRAWS, STRETCH

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
    law.foresee([13, 17])
    return law


@pytest.mark.slow
@pytest.mark.parametrize("bits", [13, 17])
def test_a_drop_long_after_the_exact_one_is_predicted(law_without_a_label, bits):
    law = law_without_a_label
    run, exact = recorded(WITHOUT_A_LABEL, Mpfr(bits), 3400), law.reference.recording.drop_step
    assert abs(law.drop_step(bits) - run.drop_step) < 0.01 * exact
    assert run.drop_step > exact + (200 if bits == 13 else 0)


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
    (run,) = few_bit_runs(appendix("0.6"), [44], 2500)
    assert np.isfinite(run.leaving.weights).all()
    assert run.last_step < 2500


def test_draws_are_looked_at_from_near_the_edge_on(appendix):
    (run,) = few_bit_runs(appendix("1.2"), [20], 2500)
    crossing = recorded(appendix("1.2"), Mpfr(20), 2500).crossing_step
    assert 0 < run.watched_from < crossing < run.last_step
    assert run.watched_from % STRETCH == 0
    assert run.leaving.steps.min() >= run.watched_from


def test_a_precision_does_not_depend_on_which_others_are_carried_along(appendix):
    """Their ends lie at other steps, and at six bits the run never leaves its place."""
    problem, bits = appendix("0.8"), [6, 9, 11, 20, 44]
    together = few_bit_runs(problem, bits, 700)
    assert len({run.last_step for run in together}) > 1
    for p, run in zip(bits, together, strict=True):
        (alone,) = few_bit_runs(problem, [p], 700)
        for name in ("crossing_step", "last_step", "watched_from"):
            assert getattr(run, name) == getattr(alone, name)
        assert np.array_equal(run.fallen_at, alone.fallen_at)
        for mine, other in zip(run.leaving, alone.leaving, strict=True):
            assert np.array_equal(mine, other)


def by_whole_runs(problem, bits, limit):
    """Keep all of a run and of the draws about it, and look at every draw at every step, from near the edge on."""
    descent = MeanDescent(problem, [bits])
    model, edge = descent.models[0], 2 / float(problem.step_size)
    steps = fast_few_bit_steps(descent, limit, problem.divergence_loss)
    stretches, tops, ended = [], [], False
    while not ended:
        before = np.concatenate([*tops, np.zeros(1)])
        (stretch,) = steps.take(np.array([(before > edge).any()]))
        stretches.append(stretch)
        tops.append(sharpnesses(model, stretch.weights[:, : model.rank], stretch.weights[:, model.rank :]))
        slow = np.concatenate(tops)
        ended = stretch.ended or bool((np.logical_or.accumulate(slow > edge) & (slow < edge)).any())
    weights = np.concatenate([stretch.weights for stretch in stretches])
    near = next((k for k, part in enumerate(tops) if (part > WATCHED * edge).any()), len(tops) - 1)
    first = STRETCH * near
    noise = Noise.of(first, [stretch.kept for stretch in stretches[near:]])
    s, rank = model.rounded_spectrum[0], model.rank
    fallen, left, going, crossed = {}, {}, set(range(DRAWS)), np.zeros(DRAWS, dtype=bool)
    for step in range(first, len(slow)):
        moved = noise.at(bits, np.array([step - first]))[0].T
        here = np.concatenate([weights[step, :rank] / s, weights[step, rank:]]) + moved
        above = are_above(model, here[:, :rank] * s, here[:, rank:], edge)
        crossed |= above
        for k in sorted(going):
            size = noise.oscillation_bits[step - first, k] - bits
            if crossed[k] and not above[k]:
                fallen[k] = step
            elif size >= -8 if crossed[k] else not size < -2:
                left[k] = (step, bool(crossed[k]))
            elif step < steps.stuck_from[0, k]:
                continue
            going.remove(k)
    left |= {k: (len(slow) - 1, True) for k in going if crossed[k]}
    crossing = np.flatnonzero(slow > edge)
    return int(crossing[0]) if len(crossing) else None, fallen, left


def test_every_draw_falls_and_leaves_where_whole_runs_say(appendix):
    """There every draw is displaced at every step, however small its displacement is."""
    seen = set()
    for problem, bits, limit in (
        (appendix("0.8"), 20, 600),
        (appendix("1.2"), 9, 300),
        (appendix("0.8"), 6, 70),
        (draw(15, 3).problem, 11, 200),
        (draw(2, 7).problem, 17, 200),
    ):
        (run,) = few_bit_runs(problem, [bits], limit)
        crossing, fallen, left = by_whole_runs(problem, bits, limit)
        assert run.crossing_step == crossing
        assert {k: step for k, step in enumerate(run.fallen_at.tolist()) if step != NEVER} == fallen
        draws, steps, _, crossed = run.leaving
        told = zip(draws.tolist(), zip(steps.tolist(), crossed.tolist(), strict=True), strict=True)
        assert dict(told) == left
        seen |= {("fallen", bool(fallen)), ("left", bool(left)), ("all", len(fallen) + len(left) == DRAWS)}
    assert seen == {(what, answer) for what in ("fallen", "left", "all") for answer in (False, True)}
