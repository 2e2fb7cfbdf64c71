"""What one reference run predicts, against runs at each precision."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from numerics.arithmetic import Mpfr
from numerics.finite_precision import few_bit_run
from numerics.finite_precision import law as law_module
from numerics.finite_precision.law import PrecisionLaw
from numerics.finite_precision.problem import Problem
from numerics.finite_precision.recording import recorded
from numerics.finite_precision.reference import reference_run
from numerics.finite_precision.rounding import Rounding
from numerics.finite_precision.staircase import rounding_errors
from tests.effort import usually
from theory import Spectrum
from theory.errors import ParameterError

STEPS = 2500


@pytest.fixture(scope="module")
def law_at(appendix):
    known = {}

    def at(edge):
        if edge not in known:
            known[edge] = PrecisionLaw(reference_run(appendix(edge), STEPS), STEPS)
        return known[edge]

    return at


def near(predicted, measured):
    return predicted is not None and abs(predicted - measured) <= 0.02 * measured


@pytest.mark.slow
@pytest.mark.parametrize("edge", ["1.5", "1.2", "0.8"])
def test_drop_steps_are_within_2_percent(appendix, law_at, edge):
    law, precisions = law_at(edge), (17, 24, 40, 53, 90, 113, 200, 300, 450, 700)
    law.foresee(precisions)
    for bits in precisions:
        run = recorded(appendix(edge), Mpfr(bits), STEPS)
        assert near(law.drop_step(bits), run.drop_step), bits
        assert near(law.closed_form_drop_step(bits), run.drop_step) or run.diverged, bits
        assert law.diverges(bits) == run.diverged, bits


@pytest.mark.parametrize(("edge", "critical"), [("1.5", 672), ("1.2", 483), ("0.8", 291)])
def test_the_critical_precision_is_within_12_bits(appendix, law_at, edge, critical):
    law = law_at(edge)
    exact = law.reference.recording.drop_step
    assert abs(law.critical_bits - critical) <= 12
    assert abs(law.reference.contraction_bits - critical) <= 1
    for bits in (law.critical_bits + 12, law.critical_bits + 200):
        assert recorded(appendix(edge), Mpfr(bits), exact + 1).drop_step == exact
    apart = [recorded(appendix(edge), Mpfr(law.critical_bits - k), exact + 1).drop_step for k in (12, 14, 16)]
    assert any(step != exact for step in apart)


@pytest.mark.slow
@pytest.mark.parametrize("edge", ["0.6", "0.7", "0.8", "0.86", "0.9"])
def test_the_least_precision_that_blows_up_is_within_5_bits(appendix, law_at, edge):
    predicted = law_at(edge).blowup_bits

    def diverges(bits):
        return recorded(appendix(edge), Mpfr(bits), 600).diverged

    assert not any(map(diverges, range(predicted - 16, predicted - 5)))
    assert any(map(diverges, range(predicted - 5, predicted + 6)))


@pytest.mark.slow
def test_where_exact_arithmetic_stays_below_the_boundary_no_precision_blows_up(appendix, law_at):
    assert law_at("0.95").blowup_bits is None
    assert law_at("1.2").blowup_bits is None
    assert not any(recorded(appendix("0.95"), Mpfr(bits), 800).diverged for bits in range(300, 600, 25))


@pytest.mark.slow
def test_most_runs_fall_into_the_range_of_their_noise(appendix, law_at):
    inside = 0
    tried = range(60, 100)
    for bits in tried:
        low, high = law_at("0.8").drop_range(bits)
        inside += low <= recorded(appendix("0.8"), Mpfr(bits), 400).drop_step <= high
    assert inside >= 0.85 * len(tried)


@pytest.mark.slow
@pytest.mark.parametrize("matching", [6, 10])
def test_the_handing_over_is_no_constant_of_the_law(law_at, monkeypatch, matching):
    law, precisions = law_at("1.2"), (24, 53, 113, 200, 400)
    before = [law.drop_step(bits) for bits in precisions]
    for module in (law_module, few_bit_run):
        monkeypatch.setattr(module, "MATCHING_BITS", matching)
    other = PrecisionLaw(law.reference, STEPS)
    after = [other.drop_step(bits) for bits in precisions]
    assert np.abs(np.array(after) - before).max() <= 3


def test_other_noise_would_give_other_steps(appendix, law_at, monkeypatch):
    """The control: with every rounding error taken 30 bits too large, predictions fail."""
    true = Rounding.draw
    monkeypatch.setattr("numerics.finite_precision.noise.fast_noise", lambda *_: None)
    monkeypatch.setattr(Rounding, "draw", lambda *a: true(*a) * 2.0**30)
    wrong = PrecisionLaw(law_at("0.8").reference, STEPS)
    for bits in (53, 113):
        run = recorded(appendix("0.8"), Mpfr(bits), 400)
        assert near(law_at("0.8").drop_step(bits), run.drop_step)
        assert not near(wrong.drop_step(bits), run.drop_step)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("second", "edge", "contraction"),
    usually([("0.4", "0.7", 160)], thoroughly=[("0.4", "0.7", 160), ("0.233", "1.2", 400)]),
)
def test_without_a_label_in_the_top_mode_precision_hardly_matters(second, edge, contraction):
    """The noise is relative to the vanishing top mode: contraction asks for over a hundred bits, and a few suffice."""
    spectrum = Spectrum([Fraction("5.477"), Fraction(second)], [Fraction(0), Fraction("1.414")], n_samples=100)
    problem = Problem(spectrum, 2, 2 / Fraction(edge), ["0.1", "0.1"], ["0.5"])
    law = PrecisionLaw(reference_run(problem, STEPS), STEPS)
    assert law.reference.contraction_bits > contraction
    assert law.critical_bits < 40
    exact = law.reference.recording.drop_step
    for bits in (40, 60, contraction // 2):
        assert recorded(problem, Mpfr(bits), exact + 1).drop_step == exact == law.drop_step(bits)


FEW_BITS = range(6, 16)
# On the second, longer one those at which it changes whether runs get to the edge.
AT_FEW_BITS = usually({"0.8": FEW_BITS, "1.5": range(8, 12)}, thoroughly=dict.fromkeys(("0.8", "1.2", "1.5"), FEW_BITS))


@pytest.mark.slow
@pytest.mark.parametrize("edge", AT_FEW_BITS)
def test_few_bits_stop_progressive_sharpening(appendix, law_at, edge):
    """Round to nearest leaves weights where they are; at which precisions they get to the edge is predicted."""
    law_at(edge).foresee(AT_FEW_BITS[edge])
    predicted = {bits: law_at(edge).crossing_step(bits) for bits in AT_FEW_BITS[edge]}
    for bits, step in predicted.items():
        run = recorded(appendix(edge), Mpfr(bits), STEPS)
        if run.crossing_step is not None:
            assert step is not None
            assert abs(step - run.crossing_step) <= 2
        else:  # one that stops within a unit in the last place of 2/eta may cross in the mean
            assert step is None or run.sharpness.max() > 0.99 * float(edge)
    assert None in predicted.values()
    assert any(step is not None for step in predicted.values())


@pytest.mark.slow
def test_without_mean_rounding_the_slow_course_of_few_bits_is_missed(appendix, law_at, monkeypatch):
    """The control: with the staircase taken for a slope, sharpening goes on that stops in truth."""
    stuck = [bits for bits in AT_FEW_BITS["1.5"] if law_at("1.5").crossing_step(bits) is None]
    monkeypatch.setattr("numerics.finite_precision.few_bit_runs.fast_few_bit_steps", lambda *_: None)
    monkeypatch.setattr(
        "numerics.finite_precision.mean_descent.rounding_errors",
        lambda increments, spread: (0 * increments, rounding_errors(increments, spread)[1]),
    )
    slope = PrecisionLaw(law_at("1.5").reference, STEPS)
    assert any(slope.crossing_step(bits) is not None for bits in stuck)


@pytest.mark.slow
def test_a_run_that_rounding_has_stopped_does_not_drop(appendix):
    """With `2/eta` just below the largest sharpness 17 bits cross and then stand still, and no drop is predicted."""
    law = PrecisionLaw(reference_run(appendix("1.85"), STEPS), STEPS)
    run = recorded(appendix("1.85"), Mpfr(17), STEPS)
    assert run.crossing_step is not None
    assert run.drop_step is None
    assert (run.layers[-1] == run.layers[-100]).all()
    assert law.drop_step(17) is None


def test_an_increment_below_half_a_unit_is_lost():
    lost, _ = rounding_errors(np.array([0.49, -0.49, 0.51, 1.4, 2.0]), np.zeros(5))
    assert lost == pytest.approx([-0.49, 0.49, 0.49, -0.4, 0])
    shaken, _ = rounding_errors(np.linspace(-3, 3, 50), np.full(50, 0.6))
    assert np.abs(shaken).max() < 0.005


@given(st.floats(-5, 5), st.floats(0, 1))
def test_mean_and_variance_of_rounding_are_those_over_gaussian_increments(increment, spread):
    assume(spread > 1e-6 or abs(increment % 1 - 0.5) > 1e-6)  # on a stair's edge either step is right
    drawn = increment + spread * np.random.default_rng(0).standard_normal(100_000)
    (mean,), (variance,) = rounding_errors(np.array([increment]), np.array([spread]))
    errors = np.rint(drawn) - drawn
    assert mean == pytest.approx(errors.mean(), abs=0.02)
    assert variance == pytest.approx(errors.var(), abs=0.01)


def test_without_a_crossing_there_is_nothing_to_predict(appendix):
    law = PrecisionLaw(reference_run(appendix("1.2"), 100), 100)
    assert law.reference.contraction_bits is None
    assert law.critical_bits is law.blowup_bits is law.drop_step(53) is law.closed_form_drop_step(53) is None
    assert not law.diverges(53)


def test_a_drop_beyond_the_steps_is_not_predicted(appendix):
    law = PrecisionLaw(reference_run(appendix("1.2"), 700), 700)
    assert law.critical_bits is None
    assert law.drop_step(400) is None
    assert abs(law.drop_step(53) - 556) <= 4


def test_the_references_precision_is_enough(appendix):
    """Half the bits do not record the same, four times as many do."""
    reference = reference_run(appendix("1.2"), STEPS)
    end = reference.end + 1
    for bits, same in ((reference.bits // 2, False), (4 * reference.bits, True)):
        run = recorded(appendix("1.2"), Mpfr(bits), reference.end)
        assert (run.sharpness[:end].tolist() == reference.recording.sharpness[:end].tolist()) is same


def test_growth_is_the_sum_of_the_definition(appendix):
    reference = reference_run(appendix("0.8"), 300)
    slow, eta = [0.0], 2.5
    for top in reference.recording.sharpness[:-1]:
        slow.append(slow[-1] + np.log2(abs(1 - eta * top)))
    assert reference.growth == pytest.approx(np.array(slow))
    assert reference.contraction_bits == pytest.approx(-min(slow))


def test_a_reference_that_no_precision_can_give_is_refused(appendix, monkeypatch):
    monkeypatch.setattr("numerics.finite_precision.reference.MOST_BITS", 128)
    with pytest.raises(ParameterError, match="128 bits are not enough"):
        reference_run(appendix("0.8"), 500, first_bits=64)
