"""The draws of rounding and the mean trajectory of few bits, against slow transcriptions and against runs."""

import numpy as np
import pytest

from numerics.arithmetic import Float64, Mpfr
from numerics.finite_precision import noise as noise_module
from numerics.finite_precision.base_trajectory import BaseTrajectory
from numerics.finite_precision.law import PrecisionLaw
from numerics.finite_precision.linearization import rounded_spectrum
from numerics.finite_precision.noise import Noise
from numerics.finite_precision.recording import recorded
from numerics.finite_precision.reference import reference_run

STEPS = 2500


@pytest.fixture(scope="module")
def base(appendix):
    run = reference_run(appendix("1.2"), 500).recording
    return BaseTrajectory(rounded_spectrum(appendix("1.2").model(Float64())), 2 / 1.2, run.outputs, run.layers)


def sources(rounding):
    """Every source of error once more, one column each, from the fields of one step's rounding."""
    rank, later = len(rounding.residuals), len(rounding.layers)
    columns = []
    for i in range(rank):
        column = np.concatenate([np.eye(rank)[i] * rounding.along_coefficients[i], rounding.along_layers[i]])
        columns.append(column * rounding.residuals[i])
    own = [*rounding.coefficients, *rounding.layers]
    columns += [np.eye(rank + later)[k] * deviation for k, deviation in enumerate(own)]
    columns += [np.eye(rank + later)[k] * unit / 12**0.5 for k, unit in enumerate(rounding.units)]
    columns.append(np.concatenate([np.zeros(rank), rounding.others]) * rounding.total)
    return np.array(columns).T


@pytest.mark.slow
def test_draws_spread_as_the_covariance_recursion_says(base, monkeypatch):
    """`C(t+1) = J C J + (covariance of rounding)`, dense and without any scaling, against many draws."""
    monkeypatch.setattr(noise_module, "fast_noise", lambda *_: None)
    monkeypatch.setattr(noise_module, "DRAWS", 4000)
    noise = Noise.along(base, 0)
    covariance = np.zeros((3, 3))
    for step in range(480):
        if step in (1, 50, 300, 436, 479):
            drawn = noise.at(0, np.array([step]))[0]
            assert drawn @ drawn.T / 4000 == pytest.approx(covariance, rel=0.15, abs=0.1 * np.abs(covariance).max())
        jacobian, columns = base.jacobian(step).dense(), sources(base.rounding(step))
        covariance = jacobian @ covariance @ jacobian + columns @ columns.T


def test_draws_do_not_depend_on_the_precision_nor_on_what_is_kept(base):
    whole, late = Noise.along(base, 0), Noise.along(base, 450)
    assert np.array_equal(whole.at(53, slice(450, 460)), late.at(53, slice(0, 10)))
    assert whole.at(53, slice(450, 451)) == pytest.approx(whole.at(60, slice(450, 451)) * 2**7)


@pytest.mark.parametrize("last", [63, 64, 65, 128])
def test_every_step_is_kept_once(base, last):
    """Where the last step is the first one of a stretch too."""
    short = BaseTrajectory(base.spectrum, base.step_size, base.outputs[: last + 1], base.layers[: last + 1])
    kept, whole = Noise.along(short, 3), Noise.along(base, 3)
    assert len(kept.displacements) == last - 2
    assert np.array_equal(kept.displacements[:-1], whole.displacements[: last - 3])
    assert kept.at(53, slice(-1, None)) == pytest.approx(whole.at(53, slice(last - 3, last - 2)))


def test_an_oscillation_is_told_from_a_drift(base):
    """Past the crossing the draws change sign at every step, and all but a drift is measured as oscillation."""
    noise = Noise.along(base, 0)
    now, before = noise.at(0, np.array([490, 489]))
    sizes = np.linalg.norm(now - before, axis=0) / 2 / base.smallest_layers[490]
    assert noise.oscillation_bits[490] == pytest.approx(np.log2(sizes), abs=1e-4)
    signs = np.sign(noise.at(0, slice(480, 490))[:, 0])
    assert (signs[1:] == -signs[:-1]).mean() > 0.95


@pytest.mark.slow
@pytest.mark.parametrize(("edge", "bits"), [("0.8", 9), ("1.5", 10), ("1.5", 11)])
def test_the_mean_trajectory_crosses_where_runs_of_few_bits_do(appendix, edge, bits):
    """Where rounding shifts the crossing by more than ten steps, the shift is predicted to a third of itself."""
    law = PrecisionLaw(reference_run(appendix(edge), STEPS), STEPS)
    exact = law.reference.recording.crossing_step
    measured = recorded(appendix(edge), Mpfr(bits), STEPS).crossing_step
    assert abs(measured - exact) > 10
    assert abs(law.crossing_step(bits) - measured) <= abs(measured - exact) / 3
    assert law.crossing_step(53) == exact
