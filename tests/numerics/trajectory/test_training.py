"""Runs end with a named outcome, keep what they recorded, and survive whatever stops them."""

import json
import os
import signal
import subprocess
import sys
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import numerics
from numerics.arithmetic import Ball, Float32, Float64, Mpfr, Mpmath, parse_arithmetic
from numerics.model.reduced import ReducedModel
from numerics.optimizers.gradient_descent import GradientDescent
from numerics.optimizers.runge_kutta_flow import RungeKuttaFlow
from numerics.optimizers.sgd import StochasticGradientDescent
from numerics.sharpness import sharpness
from numerics.trajectory import Outcome, Trajectory, train
from numerics.trajectory.observers import (
    Balancedness,
    DescentIncrement,
    Imbalance,
    Loss,
    Sharpness,
    StepTerms,
    StochasticIncrement,
)
from numerics.work.checkpoint import Checkpoint, CheckpointError
from theory import Spectrum
from theory.errors import DataFileError, ParameterError
from theory.formulas.imbalance import gradient_descent_increment, sgd_expected_increment, step_terms


def appendix(name: str) -> tuple[ReducedModel, Any]:
    """The synthetic data of Appendix D.1 and its initialization."""
    model = ReducedModel.from_spectrum(
        Spectrum([30**0.5, 0.233], [0.3, 2**0.5], n_samples=100), 2, parse_arithmetic(name)
    )
    return model, model.state([0.1, 0.1], [0.5])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("float32", Outcome.STEP_LIMIT),
        ("float64", Outcome.STEP_LIMIT),
        ("mpfr:113", Outcome.STEP_LIMIT),
        ("mpfr:200", Outcome.DIVERGED),
    ],
)
def test_precision_decides_the_fate_of_appendix_d1(name: str, outcome: Outcome) -> None:
    model, state = appendix(name)
    run = train(model, GradientDescent(2.5), state, steps=30000, record_every=5000)
    assert run.outcome is outcome
    if outcome is Outcome.STEP_LIMIT:
        assert run.series["loss"][-1] < 1e-6
    else:
        assert run.last_step < 1000


@pytest.mark.slow
@pytest.mark.parametrize("name", ["float32", "float64", "mpfr:60", "mpmath:60"])
@pytest.mark.parametrize("fast", [True, False])
def test_a_run_that_overflows_has_diverged_at_a_named_step_without_a_warning(name: str, fast: bool) -> None:
    model, state = appendix(name)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        run = train(model, GradientDescent(1000), state, steps=500, fast=fast)
    assert run.outcome is Outcome.DIVERGED
    assert 1 < run.last_step < 100
    assert run.steps[-1] <= run.last_step
    assert not any(np.isnan(values).any() for values in run.series.values())
    json.dumps(run.summary(), allow_nan=False)


def test_balls_that_grow_too_wide_do_not_claim_divergence() -> None:
    model, state = appendix("ball:80")
    run = train(model, GradientDescent(2.5), state, steps=2000, record_every=2000)
    assert run.outcome is Outcome.UNDECIDED


def test_a_flow_in_balls_ends_undecided_once_its_step_has_no_bound() -> None:
    model = ReducedModel.from_spectrum(Spectrum([2.0, 1.0], [1.0, 0.5], n_samples=2), 3, Ball(64))
    run = train(model, RungeKuttaFlow(), model.state(["0.3", "0.2"], ["0.6", "0.7"]), steps=400, record_every=20)
    assert run.outcome is Outcome.UNDECIDED
    assert np.isfinite(run.series["sharpness"]).all()


def test_balls_that_surely_blow_up_have_diverged() -> None:
    model = ReducedModel.from_spectrum(Spectrum([1.0], [1.0], n_samples=1), 2, Ball(4000))
    run = train(model, GradientDescent(8), model.state([3], [2]), steps=50, record_every=50)
    assert run.outcome is Outcome.DIVERGED


@pytest.mark.slow
def test_convergence_is_seen_at_the_record_that_shows_it() -> None:
    model, state = appendix("float64")
    run = train(model, GradientDescent(0.5), state, steps=10**6, record_every=100, tolerance=1e-3)
    assert run.outcome is Outcome.CONVERGED
    assert run.series["loss"][-1] <= 1e-3 < run.series["loss"][-2]
    assert run.last_step == run.steps[-1] == 100 * (len(run.steps) - 1)


def test_records_are_at_multiples_and_at_the_end() -> None:
    model, state = appendix("float64")
    run = train(model, GradientDescent(0.5), state, steps=25, record_every=10)
    assert run.steps.tolist() == [0, 10, 20, 25]
    assert run.series["imbalance"].shape == (4, 1)
    assert run.outcome is Outcome.STEP_LIMIT


def test_the_records_are_those_of_the_states_on_the_way() -> None:
    model, state = appendix("mpfr:90")
    run = train(model, GradientDescent("0.7"), state, steps=30, record_every=7)
    for step, loss, top in zip(run.steps, run.series["loss"], run.series["sharpness"], strict=True):
        at = GradientDescent("0.7").on(model, fast=False).advance(state, 0, int(step)).state
        assert loss == float(model.loss(at))
        assert top == float(sharpness(model, at))
    a = model.arithmetic
    assert run.final_state == (tuple(map(a.to_text, at.first_layer)), tuple(map(a.to_text, at.layers)))


def test_observers_show_theorem_5_9() -> None:
    rng = np.random.default_rng(0)
    X, y, u, v = rng.normal(size=(7, 3)), rng.normal(size=7), rng.normal(size=3), 0.6
    model = ReducedModel.from_data(X, y, 2, Float64())
    c = Spectrum.from_data(X, y).first_layer_coefficients(u)
    state = model.state(c, [v])
    exact = gradient_descent_increment(X, model.left_singular_vectors @ model.label_coefficients, u, v, 0.3)
    assert DescentIncrement(0.3).observe(model, state) == pytest.approx(exact, rel=1e-10)
    expected = sgd_expected_increment(X, y, u, v, 0.3, 2)
    assert StochasticIncrement(0.3, 2).observe(model, state) == pytest.approx(expected, rel=1e-10)
    assert StepTerms().observe(model, state) == pytest.approx(list(step_terms(X, y, u, v)), rel=1e-10)
    (before,) = Imbalance().observe(model, state)
    after = GradientDescent(0.3).on(model).advance(state, 0, 1).state
    assert Imbalance().observe(model, after)[0] - before == pytest.approx(exact, rel=1e-9)
    assert Balancedness().observe(model, state) == pytest.approx(abs(before))
    assert Loss().observe(model, state) == pytest.approx(np.sum((X @ u * v - y) ** 2) / 14)
    assert Sharpness().observe(model, state) > 0


def test_a_trajectory_is_read_back_and_opens_in_numpy(tmp_path: Path) -> None:
    model, state = appendix("mpfr:70")
    run = train(model, StochasticOnFlow, state, steps=20, record_every=5, settings={"data": "d1", "seed": 3})
    path = tmp_path / "run.npz"
    run.save(path)
    again = Trajectory.load(path)
    assert (again.outcome, again.last_step, again.final_state) == (run.outcome, run.last_step, run.final_state)
    assert again.settings == run.settings
    assert again.settings["seed"] == 3
    with np.load(path) as archive:
        assert archive["loss"].tolist() == run.series["loss"].tolist()
        assert archive["steps"].tolist() == [0, 5, 10, 15, 20]
    second = tmp_path / "second.npz"
    again.save(second)
    assert second.read_bytes() == path.read_bytes()
    plain = tmp_path / "plain.npy"
    np.save(plain, np.ones(3))
    whole = path.read_bytes()
    packed = whole.index(b"loss.npy") + len(b"loss.npy")
    damaged = (
        b"not a trajectory",
        b"",
        plain.read_bytes(),  # opens as an array
        whole[: len(whole) // 2],
        whole[:packed] + b"\xff" * 8 + whole[packed + 8 :],  # what is packed cannot be unpacked
        whole.replace(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\x63"),  # needs a zip of version 9.9
    )
    for content in damaged:
        path.write_bytes(content)
        with pytest.raises(DataFileError, match="no trajectory"):
            Trajectory.load(path)


StochasticOnFlow = RungeKuttaFlow("1/3")


def optimizers() -> list[Any]:
    return [GradientDescent("0.05"), StochasticGradientDescent("0.05", 3, seed=1), RungeKuttaFlow("1/2")]


@pytest.mark.parametrize("name", ["float32", "float64", "mpfr:80", "mpmath:80", "ball:120"])
@pytest.mark.parametrize("rule", [0, 1, 2])
def test_a_resumed_run_ends_bit_for_bit(tmp_path: Path, name: str, rule: int) -> None:
    rng = np.random.default_rng(0)
    model = ReducedModel.from_data(rng.normal(size=(6, 4)), rng.normal(size=6), 3, parse_arithmetic(name))
    state, keys = model.state(rng.normal(size=4), [0.5, -0.7]), {"steps": 60, "record_every": 9}
    whole = train(model, optimizers()[rule], state, **keys)  # type: ignore[arg-type]

    def stop(step: int, latest: Any) -> None:
        if step >= 23:
            os.kill(os.getpid(), signal.SIGINT)

    part = train(model, optimizers()[rule], state, folder=tmp_path, progress=stop, **keys)  # type: ignore[arg-type]
    assert part.outcome is Outcome.INTERRUPTED
    assert 23 <= part.last_step < 60
    ended = train(model, optimizers()[rule], state, folder=tmp_path, resume=True, **keys)  # type: ignore[arg-type]
    assert ended.final_state == whole.final_state
    assert ended.outcome is whole.outcome
    assert all(ended.series[key].tolist() == whole.series[key].tolist() for key in whole.series)
    again = train(model, optimizers()[rule], state, folder=tmp_path, resume=True, **keys)  # type: ignore[arg-type]
    assert again.final_state == whole.final_state


def test_a_converged_run_stays_converged_when_resumed(tmp_path: Path) -> None:
    model, state = appendix("float64")
    keys: Any = {"steps": 10**5, "record_every": 100, "tolerance": 1e-3, "folder": tmp_path}
    first = train(model, GradientDescent(0.5), state, **keys)
    again = train(model, GradientDescent(0.5), state, resume=True, **keys)
    assert (again.outcome, again.last_step) == (Outcome.CONVERGED, first.last_step)


CHILD = """
import sys
from pathlib import Path
from numerics.arithmetic import parse_arithmetic
from numerics.model.reduced import ReducedModel
from numerics.optimizers.gradient_descent import GradientDescent
from numerics.trajectory import train
from theory import Spectrum
spectrum = Spectrum([30**.5, .233], [.3, 2**.5], n_samples=100)
model = ReducedModel.from_spectrum(spectrum, 2, parse_arithmetic(sys.argv[2]))
run = train(model, GradientDescent(1.5), model.state([.1, .1], [.5]), steps=int(sys.argv[3]), record_every=40,
            folder=Path(sys.argv[1]), resume=True, checkpoint_seconds=0.0,
            progress=lambda step, latest: print(step, flush=True))
run.save(Path(sys.argv[1]) / "trajectory.npz")
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["mpfr:200", "float64"])
def test_a_run_killed_again_and_again_ends_bit_for_bit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(numerics.__file__).resolve().parents[1])}
    whole, pieces = tmp_path / "whole", tmp_path / "pieces"

    def finish(folder: Path) -> bytes:
        monkeypatch.setattr(sys, "argv", ["", str(folder), name, "3000"])
        exec(CHILD, {})
        return (folder / "trajectory.npz").read_bytes()

    killed, reached = 0, 0
    for wait in (0.0, 0.02):
        arguments = [sys.executable, "-c", CHILD, str(pieces), name, "3000"]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, env=environment) as child:
            assert child.stdout is not None
            line = child.stdout.readline()  # the run is under way, and saves after every stretch
            time.sleep(wait)
            child.send_signal(signal.SIGKILL)
            killed += child.wait(timeout=60) == -signal.SIGKILL
        if line:
            assert int(line) > reached
            reached = int(line) - 1
    assert killed == 2
    assert not (pieces / "trajectory.npz").exists()
    assert finish(pieces) == finish(whole)


SHORT = """
import sys
from pathlib import Path
from numerics.arithmetic import parse_arithmetic
from numerics.model.reduced import ReducedModel
from numerics.optimizers.gradient_descent import GradientDescent
from numerics.trajectory import train
from theory import Spectrum
spectrum = Spectrum([30**.5, .233], [.3, 2**.5], n_samples=100)
model = ReducedModel.from_spectrum(spectrum, 2, parse_arithmetic("mpmath:150"))
print("started", flush=True)
state = model.state([.1, .1], [.5])
train(model, GradientDescent(1.5), state, steps=10**8, record_every=10**6, folder=Path(sys.argv[1]))
"""


@pytest.mark.slow
def test_a_short_run_that_is_killed_has_something_to_resume(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(numerics.__file__).resolve().parents[1])}
    with subprocess.Popen(
        [sys.executable, "-c", SHORT, str(tmp_path)], env=environment, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        begun = time.monotonic()
        while not (tmp_path / "checkpoint.json").exists():
            time.sleep(0.01)
            assert time.monotonic() - begun < 20, "no checkpoint soon"
        child.send_signal(signal.SIGKILL)
    fields = json.loads((tmp_path / "checkpoint.json").read_text().partition("\n")[2])
    saved = Checkpoint.load(tmp_path, fields["configuration"], fields["code"])
    assert saved is not None
    assert saved.step > 0


def test_another_configuration_is_refused_and_what_differs_is_said(tmp_path: Path) -> None:
    model, state = appendix("float64")
    train(model, GradientDescent(0.5), state, steps=20, folder=tmp_path)
    other, start = appendix("mpfr:60")
    with pytest.raises(CheckpointError, match=r"arithmetic float64 there and mpfr:60 here") as caught:
        train(other, GradientDescent("0.25"), start, steps=20, folder=tmp_path, resume=True)
    assert "step_size 0.5 there and 0.25 here" in str(caught.value)
    assert "\n" not in str(caught.value)
    moved = model.state([0.1, 0.2], [0.5])
    with pytest.raises(CheckpointError, match="start"):
        train(model, GradientDescent(0.5), moved, steps=20, folder=tmp_path, resume=True)


def test_a_run_of_other_code_is_not_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model, state = appendix("float64")
    train(model, GradientDescent(0.5), state, steps=20, folder=tmp_path)
    asked: list[str] = []

    def edited(*modules: str) -> str:
        asked.extend(modules)
        return "other"

    monkeypatch.setattr("numerics.trajectory.training.source_version", edited)
    with pytest.raises(CheckpointError, match="other code or other libraries") as caught:
        train(model, GradientDescent(0.5), state, steps=20, folder=tmp_path, resume=True)
    assert "\n" not in str(caught.value)
    used = {"trajectory.training", "trajectory.observers", "optimizers.gradient_descent", "model.reduced"}
    assert {f"numerics.{name}" for name in (*used, "arithmetic.float64")} <= set(asked)


def test_a_damaged_checkpoint_is_one_clear_line(tmp_path: Path) -> None:
    model, state = appendix("float64")
    train(model, GradientDescent(0.5), state, steps=20, folder=tmp_path)
    file = tmp_path / "checkpoint.json"
    file.write_bytes(file.read_bytes()[:-40])
    with pytest.raises(CheckpointError, match="is damaged"):
        train(model, GradientDescent(0.5), state, steps=20, folder=tmp_path, resume=True)


def test_a_folder_that_is_a_file_is_an_os_error(tmp_path: Path) -> None:
    model, state = appendix("float64")
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        train(model, GradientDescent(0.5), state, steps=20, folder=tmp_path / "file")


def test_the_signal_handler_is_put_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    model, state = appendix("float64")
    train(model, GradientDescent(0.5), state, steps=2)
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize(
    ("steps", "every", "tolerance"), [(0, 1, 0.0), (1, 0, 0.0), (1, 1, -1.0), (1, 1, float("nan"))]
)
def test_bad_limits_are_refused(steps: int, every: int, tolerance: float) -> None:
    model, state = appendix("float64")
    with pytest.raises(ParameterError):
        train(model, GradientDescent(0.5), state, steps=steps, record_every=every, tolerance=tolerance)


def test_a_checkpoint_holds_extreme_numbers(tmp_path: Path) -> None:
    for a in (Mpmath(90), Mpfr(90), Float32()):
        values = [a.number(x) for x in ("0.1", "-3", 0)]
        texts = [a.to_text(x) for x in values]
        Checkpoint({"a": 1}, "code", 3, (texts, texts), [], [0], {"loss": [0.1, 1e-320]}).save(tmp_path)
        loaded = Checkpoint.load(tmp_path, {"a": 1}, "code")
        assert loaded is not None
        assert [a.from_text(text) for text in loaded.state[0]] == values
        assert loaded.series["loss"] == [0.1, 1e-320]
