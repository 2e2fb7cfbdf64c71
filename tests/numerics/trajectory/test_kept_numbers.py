"""A run goes on with the numbers that it began with, though its data would be decomposed to other last bits now."""

import json
from fractions import Fraction

import numpy as np
import pytest

from numerics.arithmetic import Float32, Float64, Mpfr
from numerics.data import load
from numerics.finite_precision.kept_problem import kept_problem
from numerics.finite_precision.problem import Problem
from numerics.model.reduced import ReducedModel
from numerics.networks.network import Network
from numerics.networks.starts import start
from numerics.optimizers.gradient_descent import GradientDescent
from numerics.optimizers.sgd import StochasticGradientDescent
from numerics.trajectory import train
from numerics.trajectory.observers import Loss
from numerics.work.checkpoint import CheckpointError
from theory import Spectrum

DATA = load("digits:3,5", samples=20)


def spectrum(off=0):
    """What a decomposition gives, `off` units in the last place away from one with another number of threads."""
    found = DATA.spectrum()
    return Spectrum(
        np.asarray(found.singular_values) * (1 + off * 2.0**-52),
        np.asarray(found.label_coefficients) * (1 - off * 2.0**-52),
        n_samples=found.n_samples,
        label_residual_share=float(found.label_residual_share),
        right_singular_vectors=np.asarray(found.right_singular_vectors) * (1 + off * 2.0**-52),
    )


def reduced(off, arithmetic):
    found = spectrum(off)
    model = ReducedModel.from_data(DATA.X, DATA.y, 2, arithmetic, found)
    return model, model.state(np.asarray(found.right_singular_vectors) @ np.full(64, 0.01 + off * 2.0**-50), [0.1])


def network(off, arithmetic):
    inside = DATA.X[:, 18:28] * (1 + off * 2.0**-52)
    model = Network.from_data(inside, DATA.y, (3,), "silu", arithmetic)
    first, last = start("default", np.eye(10), (3,), 0)
    return model, model.state([first + off * 2.0**-52, last])


class StoppedError(Exception):
    pass


def stop(step, latest):
    raise StoppedError


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "arithmetic", "rule"),
    [
        (reduced, Float64(), GradientDescent(0.01)),
        (reduced, Float32(), GradientDescent(0.01)),
        (reduced, Mpfr(80), GradientDescent(0.01)),
        (reduced, Float64(), StochasticGradientDescent("0.01", 3, 0)),
        (network, Mpfr(60), GradientDescent(0.01)),
        (network, Float64(), GradientDescent(0.01)),
    ],
)
def test_a_run_goes_on_to_the_same_bits(tmp_path, make, arithmetic, rule):
    options = {"steps": 60, "data": DATA.digest, "observers": (Loss(),)}
    model, state = make(0, arithmetic)
    whole = train(model, rule, state, **options)
    with pytest.raises(StoppedError):
        train(model, rule, state, folder=tmp_path, checkpoint_seconds=0.0, progress=stop, **options)
    assert 0 < json.loads((tmp_path / "checkpoint.json").read_text().partition("\n")[2])["step"] < 60
    model, state = make(2 ** max(0, 54 - arithmetic.bits), arithmetic)
    assert train(model, rule, state, **options).final_state != whole.final_state
    resumed = train(model, rule, state, folder=tmp_path, resume=True, **options)
    assert resumed.final_state == whole.final_state
    assert resumed.series["loss"].tobytes() == whole.series["loss"].tobytes()
    with pytest.raises(CheckpointError, match="start"):
        train(model, rule, state, folder=tmp_path, resume=True, **{**options, "data": "other data"})
    (tmp_path / "model.npz").write_bytes(b"damaged")
    with pytest.raises(CheckpointError, match="missing or damaged"):
        train(model, rule, state, folder=tmp_path, resume=True, **options)


@pytest.mark.parametrize("start", [["0.1"] * 20, np.full(20, 0.1)])
def test_a_study_goes_on_with_its_problem(tmp_path, start):
    def problem(off):
        found = spectrum(off)
        return Problem(found, 2, Fraction(1, 3), start[: found.rank], ["0.5"])

    first = kept_problem(problem(0), DATA, tmp_path)
    again = kept_problem(problem(1), DATA, tmp_path)
    assert problem(1).digest() != first.digest() == again.digest() == problem(0).digest()
    assert [type(one) for one in again.coefficients] == [type(one) for one in first.coefficients]
    other = load("digits:3,5", samples=20, seed=1)
    assert kept_problem(problem(1), other, tmp_path).digest() == problem(1).digest()
