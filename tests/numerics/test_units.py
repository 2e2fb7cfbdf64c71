"""Data and labels in another unit, `eta` in its inverse square: the same run, whatever the unit is.

`X -> kX`, `y -> ky`, `eta -> eta/k^2` leaves every weight of gradient descent as it was, and multiplies loss and
sharpness by `k^2`. For a power of two no rounding differs either, as long as nothing leaves the range.
"""

from fractions import Fraction

import numpy as np
import pytest

from numerics import precision, study
from numerics.arithmetic import Float64
from numerics.finite_precision.precision_runs import run_precisions
from numerics.finite_precision.problem import Problem
from numerics.finite_precision.recording import recorded
from numerics.oscillation.oscillations import Oscillations
from numerics.sharpness.many_states import sharpness_exceeds, sharpness_of_states
from theory import Spectrum
from theory.bounds import minimizer_sharpness
from theory.errors import NotFiniteError, ParameterError
from theory.formulas.imbalance import gradient_descent_increment, sgd_expected_increment

UNITS = (-450, -300, -90, 90, 220)
X, Y = np.array([[2.0, 1.0], [1.0, 3.0], [0.0, 1.0]]), np.array([1.0, 2.0, 5.0])


def appendix(exponent: int) -> Problem:
    unit = Fraction(2) ** exponent
    s, d = ([unit * Fraction(one) for one in pair] for pair in (("5.477", "0.233"), ("0.3", "1.414")))
    return Problem(Spectrum(s, d, n_samples=100), 2, Fraction("2.5") / unit**2, [Fraction(1, 10)] * 2, [Fraction(1, 2)])


@pytest.mark.parametrize("exponent", UNITS)
def test_the_sharpness_of_many_states_knows_no_unit(exponent: int) -> None:
    random = np.random.default_rng(1)
    s, d = np.array([2.5, 1.1, 0.2]), random.normal(size=3)
    outputs, layers = random.normal(size=(20, 3)), random.uniform(0.2, 1.0, size=(20, 2))
    usual = sharpness_of_states(s, d, outputs, layers, 7)
    found = sharpness_of_states(*(np.ldexp(part, exponent) for part in (s, d, outputs)), layers, 7)
    assert np.ldexp(found, -2 * exponent) == pytest.approx(usual, rel=1e-14)
    level, scaled = float(np.median(usual)) * 1.01, tuple(np.ldexp(part, exponent) for part in (s, d, outputs))
    told = sharpness_exceeds(*scaled, layers, 7, level * 2.0 ** (2 * exponent))
    assert np.array_equal(told, usual > level)


@pytest.mark.parametrize("exponent", UNITS)
def test_the_exact_sharpness_of_a_minimizer_knows_no_unit(exponent: int) -> None:
    s, d = np.array([2.5, 1.1, 0.2]), np.array([0.4, -1.0, 2.0])
    found = minimizer_sharpness(Spectrum(np.ldexp(s, exponent), np.ldexp(d, exponent), n_samples=3), imbalance=0.3)
    usual = minimizer_sharpness(Spectrum(s, d, n_samples=3), imbalance=0.3)
    assert np.ldexp(found, -2 * exponent) == pytest.approx(usual, rel=1e-14)


@pytest.mark.slow
def test_precision_and_oscillations_know_no_unit() -> None:
    def told(exponent: int) -> object:
        problem, scale = appendix(exponent), 2.0 ** (-2 * exponent)
        runs = run_precisions(problem, (12, 53, 100), 700, processes=1).record()["runs"]
        seen = Oscillations(problem, recorded(problem, Float64(), 700))
        peaks = [(peak.crossing, peak.height * scale) for peak in (*seen.peaks, *seen.predicted_peaks)]
        keys = ("arithmetic", "crossing_step", "drop_step", "predicted_drop_step")
        steps, tops = zip(*peaks, strict=True)
        return (
            [[run["outcome"] == "diverged", *(run[key] for key in keys)] for run in runs],
            steps,
            [*tops, seen.flattest * scale, *seen.ceilings[::99] * scale],
        )

    runs, steps, tops = told(0)
    for exponent in (-450, 220):
        again, same_steps, same_tops = told(exponent)
        assert (again, same_steps) == (runs, steps)
        assert same_tops == pytest.approx(tops, rel=1e-10)


@pytest.mark.parametrize("optimizer", [{"optimizer": "gd"}, {"optimizer": "sgd", "batch_size": 2}])
@pytest.mark.parametrize("exponent", UNITS)
def test_a_run_and_its_increments_know_no_unit(exponent: int, optimizer: dict[str, object]) -> None:
    unit = 2.0**exponent
    options = {"steps": 20, "init": "c=0.5,0.5,v=0.7", **optimizer}
    usual = study(X, Y).train(step_size=0.15, **options).frame()
    found = study(X * unit, Y * unit).train(step_size=0.15 / unit**2, **options).frame()
    found[["loss", "sharpness"]] /= unit**2
    assert found.to_numpy() == pytest.approx(usual.to_numpy(), rel=1e-9, abs=1e-12)


def test_labels_in_a_large_unit_do_not_count_as_a_blow_up_nor_small_ones_as_learned() -> None:
    large = precision(X, Y * 1e9, step_size=1e-10, steps=50, bits=[53])
    assert {run["outcome"] for run in large.found["runs"]} == {"step_limit"}
    small = precision(X * 1e-3, Y * 1e-3, step_size=1.0, steps=50, bits=[53])
    assert {run["outcome"] for run in small.found["runs"]} == {"step_limit"}
    assert small.found["runs"][0]["final_loss"] < 1e-4


@pytest.mark.parametrize("step_size", [5e-324, "1e-400", "1e400"])
def test_a_step_size_outside_the_range_of_float64_is_refused(step_size: object) -> None:
    with pytest.raises(ParameterError, match=r"the step size is .*; give one from 1e-307 to 1e307"):
        study(X, Y).train(step_size=step_size, steps=10)
    with pytest.raises(ParameterError, match=r"the step size is"):
        precision(X, Y, step_size=step_size, steps=10)


def test_a_huge_step_diverges_and_its_increment_is_infinite() -> None:
    run = study(X, Y).train(step_size=1e300, steps=10, init="c=0.5,0.5,v=0.7")
    assert run.frame()["gd_increment"].iloc[0] == np.inf


def test_an_increment_that_float64_cannot_hold_is_refused() -> None:
    with pytest.raises(NotFiniteError, match="the increment leaves the range of float64"):
        gradient_descent_increment(X, Y, np.array([0.1, 0.2]), 1.0, 1e200)
    with pytest.raises(NotFiniteError, match="the increment leaves the range of float64"):
        sgd_expected_increment(X, Y, np.array([0.1, 0.2]), 1.0, 1e200, 1)
    exact = gradient_descent_increment([[1]], [0], [2], 1, step_size=10**200)
    assert exact == -12 * Fraction(10) ** 400
