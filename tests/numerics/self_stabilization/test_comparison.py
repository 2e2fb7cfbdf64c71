"""The map beside true runs on the data of Appendix D.1: where it predicts them, and where it does not."""

from fractions import Fraction

import numpy as np
import pytest

from book.rendering.figures.self_stabilization import draw
from numerics.arithmetic import Float64, Mpfr
from numerics.data import load
from numerics.figures.canvas import canvas
from numerics.model.reduced import ReducedModel
from numerics.self_stabilization import follow, predict, starting_displacement
from theory.errors import ParameterError

SHARP_DATA = "minimal:100,5.477,0.233,0.3,1.414"
_RUNS = {}


def run(threshold, arithmetic):
    key = threshold, arithmetic.name
    if key not in _RUNS:
        data = load(SHARP_DATA)
        model = ReducedModel.from_data(data.X, data.y, 2, arithmetic, data.spectrum())
        _RUNS[key] = follow(model, model.state(["0.1", "0.1"], ["0.5"]), 2 / Fraction(threshold), 3000)
    return _RUNS[key]


@pytest.mark.slow
def test_the_coordinates_are_those_of_the_run():
    true = run("1.2", Float64())
    assert true.threshold == pytest.approx(1.2)
    assert true.excess[true.reference] > 0 >= true.excess[true.reference - 1]
    assert true.drop == true.end
    assert true.excess[true.drop] < 0 < true.excess[true.drop - 1]
    turns = np.sign(true.displacement[true.drop - 6 : true.drop])
    assert (turns[1:] == -turns[:-1]).all()  # the oscillation that brings the sharpness down


@pytest.mark.slow
@pytest.mark.parametrize("threshold", ["1.5", "1.2"])
def test_with_the_slow_path_the_map_predicts_the_drop(threshold):
    slow = run(threshold, Mpfr(900))
    for arithmetic in (Float64(), Mpfr(113)):
        true = run(threshold, arithmetic)
        found = predict(true, starting_displacement(true), 3000, slow)
        assert abs(found.drop - true.drop) <= 0.02 * true.drop
        assert found.peak_excess == pytest.approx(true.peak_sharpness - true.threshold, rel=0.25)


@pytest.mark.slow
def test_a_constant_alpha_is_only_good_for_low_precision():
    """The sharpness saturates, the map's grows linearly: it drops too early, the more so the longer the climb."""
    misses = {}
    for bits in (53, 400):
        true = run("1.5", Float64() if bits == 53 else Mpfr(bits))
        found = predict(true, starting_displacement(true), 3000)
        misses[bits] = (true.drop - found.drop) / true.drop
        assert found.peak_excess > true.peak_sharpness - true.threshold
    assert 0 < misses[53] < 0.05 < 0.15 < misses[400]


@pytest.mark.slow
def test_the_map_knows_no_blow_up():
    true, slow = run("0.8", Mpfr(200)), run("0.8", Mpfr(900))
    assert true.diverged
    assert true.drop is None
    for found in (
        predict(true, starting_displacement(true), 3000),
        predict(true, starting_displacement(true), 3000, slow),
    ):
        assert found.drop is not None  # it predicts survival


@pytest.mark.slow
def test_a_slow_path_that_is_no_slower_decides_nothing():
    true, slow = run("0.8", Mpfr(400)), run("0.8", Mpfr(900))
    assert predict(true, starting_displacement(true), 3000, slow).drop is None


@pytest.mark.slow
def test_the_lag_at_the_reference_point_is_no_oscillation():
    """Started from it, the map gives every precision the same drop."""
    predicted = {
        bits: predict(run("1.5", Mpfr(bits)), float(run("1.5", Mpfr(bits)).constants.displacement), 3000).drop
        for bits in (113, 400)
    }
    assert predicted[113] == predicted[400]
    assert run("1.5", Mpfr(400)).drop > run("1.5", Mpfr(113)).drop + 400


def test_bad_input_is_refused():
    data = load(SHARP_DATA)
    model = ReducedModel.from_data(data.X, data.y, 2, Float64(), data.spectrum())
    state = model.state(["0.1", "0.1"], ["0.5"])
    with pytest.raises(ParameterError, match="does not pass"):
        follow(model, state, 1, 20)
    with pytest.raises(ParameterError, match="at the start"):
        follow(model, state, 1000, 20)
    with pytest.raises(ParameterError, match="same step size"):
        predict(run("1.2", Float64()), 1e-9, 10, run("1.5", Mpfr(113)))


@pytest.mark.slow
def test_run_and_map_are_in_both_pictures():
    true = run("1.2", Float64())
    predictions = {"map": predict(true, starting_displacement(true), 1000)}
    with canvas(10.0, 4.4) as figure:
        draw(*figure.subplots(1, 2), true, predictions)
        for axes in figure.axes:
            assert {line.get_label() for line in axes.lines} >= {"map", "true run"}
