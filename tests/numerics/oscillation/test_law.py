"""The law of the peaks, on the data of Appendix D.1 and on random problems; which regime is told before any run."""

from fractions import Fraction

import numpy as np
import pytest

from book.records.oscillation_population import draw
from book.rendering.training import edge_problem
from numerics import study
from numerics.figures.oscillations import oscillation_panels, valley_panel
from numerics.oscillation.ceiling import ceiling
from numerics.oscillation.damping import _slowest_to_decay, small_oscillations
from numerics.oscillation.law import follow
from numerics.oscillation.oscillations import oscillations
from numerics.oscillation.peaks import APART, peaks
from theory import Spectrum


@pytest.fixture(scope="module", params=["0.9", "1.2"])
def found(request):
    return oscillations(edge_problem(request.param), 3000)


@pytest.mark.slow
def test_the_peaks_are_as_the_first_crossing_tells(found):
    assert len(found.predicted_peaks) == len(found.peaks) >= 5
    for seen, told in zip(found.peaks[:5], found.predicted_peaks, strict=False):
        assert told.height == pytest.approx(seen.height, rel=0.05)
        assert told.step == pytest.approx(seen.step, rel=0.1)


@pytest.mark.slow
def test_each_peak_is_as_its_own_crossing_tells(found):
    for seen in found.peaks[:4]:
        predicted = found.predicted_from(seen.crossing, seen.end - seen.crossing + 100)
        told = peaks(predicted.sharpness, found.edge, seen.crossing)[0]
        assert told.height == pytest.approx(seen.height, rel=0.03)
        assert told.step == pytest.approx(seen.step, rel=0.03)


@pytest.mark.slow
def test_no_peak_passes_the_ceiling_and_the_run_ends_below_the_edge(found):
    for peak in found.peaks[1:]:
        assert peak.height <= found.ceilings[peak.crossing] * 1.01
    assert found.can_settle
    assert not found.lasts
    assert 0.99 <= found.ceilings[-1] / found.edge <= 1.0
    assert found.predicted.sharpness[-1] == pytest.approx(found.run.sharpness[-1], rel=5e-3)


@pytest.mark.slow
def test_what_the_imbalance_costs_is_nearly_what_was_paid(found):
    """The budget of own-imbalance-budget is tight within a factor of two."""
    s, d = (np.asarray(part) for part in (found.spectrum.singular_values, found.spectrum.label_coefficients))
    c, v = found.weights[:, :2], found.weights[:, 2]
    slopes = s * (s * c * v[:, None] - d)
    rate = float(found.problem.step_size) / found.spectrum.n_samples
    paid = rate**2 * float((v**2 * (slopes**2).sum(axis=1)).sum())
    low, high = float(found.imbalances[0, 0]), 50.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if ceiling(found.spectrum, [middle]) > found.edge else (low, middle)
    assert 1.0 <= paid / (high - float(found.imbalances[0, 0])) <= 2.0


@pytest.mark.slow
@pytest.mark.parametrize("number", range(4))
def test_the_regime_is_told_before_the_run(number):
    found = oscillations(draw(number, seed=3).problem, 4000)
    assert found.lasts != found.can_settle


def test_the_figure_has_the_ceiling_beside_the_sharpness():
    found = oscillations(edge_problem("1.2"), 700)
    above, below = oscillation_panels(found)
    labels = {curve.label: curve for curve in above.curves}
    assert len(labels["peaks"].x) == len(found.peaks) == 1
    assert labels["ceiling $S_\\infty(C)$"].y[0] == pytest.approx(found.ceilings[0])
    assert dict(above.levels)["2/step size"] == pytest.approx(1.2)
    assert below.curves[0].y[0] == pytest.approx(0.02 - 0.25)
    assert "the run can settle" in repr(found)


def test_the_way_down_the_ceiling_has_a_point_for_each_peak():
    found = oscillations(edge_problem("1.2"), 700)
    over, points = valley_panel(found).curves
    assert points.x.tolist() == [found.imbalances[0, 0], found.imbalances[-1, 0]]
    assert points.y.tolist() == pytest.approx([found.ceilings[0], found.ceilings[-1]])
    assert (np.diff(over.y) < 0).all()


def test_times_above_the_edge_are_apart_where_ten_steps_lie_between():
    assert [peak.step for peak in peaks(np.array([3.0, *[1.0] * (APART - 1), 4.0]), 2.0)] == [APART]
    assert [peak.step for peak in peaks(np.array([3.0, *[1.0] * APART, 4.0]), 2.0)] == [0, APART + 1]
    assert peaks(np.ones(4), 2.0) == []


def test_a_prediction_that_escapes_ends_there():
    spectrum = Spectrum([2.0], [0.1], n_samples=1)
    around = np.array([[0.5 * (-1) ** step, 3.0] for step in range(9)])
    assert len(follow(spectrum, float(Fraction(1)), around, 100).sharpness) < 100


def test_a_study_shows_them():
    found = study("minimal:4,2,0.2,0.3,1", step_size="0.5", init="c=0.1,0.1,v=0.5").oscillations(steps=200)
    assert found.edge == 4.0
    above, below = found.plot().axes
    assert "2/step size" in above.get_legend_handles_labels()[1]
    assert below.get_ylabel() == "layer imbalance $C$"
    assert repr(found).startswith("2/eta 4,")


def test_without_curvature_the_cycle_lasts_and_with_it_it_decays():
    """`s^2 = -w` for one flat mode; `s^2 + lambda s + w = 0` for one that the loss pulls back."""
    flat = _slowest_to_decay(np.array([0.0]), np.array([0.04]))
    assert (flat.period, flat.decrement) == pytest.approx((2 * np.pi / 0.2, 0.0), abs=1e-9)
    pulled = _slowest_to_decay(np.array([0.1]), np.array([0.04]))
    turning = np.sqrt(0.04 - 0.05**2)
    assert (pulled.period, pulled.decrement) == pytest.approx((2 * np.pi / turning, 0.05 * 2 * np.pi / turning))
    assert _slowest_to_decay(np.array([0.1]), np.array([0.002])) is None


@pytest.mark.slow
def test_small_oscillations_decay_as_told_far_below_the_ceiling():
    found = study("digits:3,5", depth=3, step_size="0.08").oscillations(steps=5000)
    first, second = found.peaks[-2:]
    assert found.ceilings[-1] > 4 * found.edge
    told = small_oscillations(found.spectrum, found.weights[second.crossing], 0.08)
    assert told.period == pytest.approx(second.step - first.step, rel=0.1)
    seen = np.log((first.height - found.edge) / (second.height - found.edge))
    assert told.decrement == pytest.approx(seen, rel=0.3)
