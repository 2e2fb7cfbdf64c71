"""`sharpness network`: table, JSON, files, resuming after a kill, and what it refuses."""

import json
import signal
import subprocess
import time

import numpy as np
import pytest

from numerics import study
from numerics.trajectory import Trajectory

DATA = ("digits:3,5", "--samples", "4", "--widths", "5,5")
TRIPLED = (*DATA, "--scale", "3")
RUN = {
    "bits",
    "arithmetic",
    "outcome",
    "crossing_step",
    "drop_step",
    "peak_sharpness",
    "final_loss",
    "largest_difference",
}


@pytest.mark.slow
def test_it_compares_precisions_and_keeps_its_files(command, tmp_path):
    folder = tmp_path / "runs"
    names = "mpfr:120,float32,float64"
    arguments = ("network", *TRIPLED, "--step-size", "0.05", "--steps", "60", "--arithmetic", names)
    done = command(*arguments, "--out", str(folder), "--json", str(tmp_path / "found.json"))
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads((tmp_path / "found.json").read_text())
    assert found["reference_bits"] == 120
    assert found["command"].startswith("sharpness network digits:3,5 --samples 4 --step-size 0.05 --steps 60 ")
    assert found["steps"] == list(range(61))
    assert found["series"]["float64"]["loss"][-1] == pytest.approx(found["runs"][1]["final_loss"], rel=1e-8)
    assert [run["arithmetic"] for run in found["runs"]] == ["float32", "float64", "mpfr:120"]
    assert all(set(run) == RUN for run in found["runs"])
    differences = [run["largest_difference"] for run in found["runs"]]
    assert differences[0] > differences[1] > differences[2] == 0
    assert all(run["arithmetic"] in done.stdout for run in found["runs"])
    assert (folder / "figure.png").read_bytes().startswith(b"\x89PNG")
    kept = Trajectory.load(folder / "float64" / "trajectory.npz")
    assert len(kept.steps) == 61
    assert kept.series["loss"][-1] == found["runs"][1]["final_loss"]
    again = command(*arguments, "--out", str(folder))
    assert (again.returncode, again.stdout.split("\n\n")[-1]) == (2, "")
    assert "add --resume" in again.stderr


@pytest.mark.slow
def test_a_killed_comparison_resumes_to_the_same_bits(python_process, command, tmp_path):
    arguments = ["network", *TRIPLED, "--step-size", "0.05", "--steps", "1500", "--record-every", "100"]
    arguments += ["--arithmetic", "float64,mpfr:70"]
    text = """
import numerics.trajectory.training as loop
from numerics.command_line.group import sharpness
from numerics.command_line.one_line_errors import run
whole = loop.train.__kwdefaults__
whole["checkpoint_seconds"] = 0.05
raise SystemExit(run(sharpness, {arguments}))
"""
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    child = python_process(text.format(arguments=[*arguments, "--out", str(killed)]))
    try:
        checkpoint, deadline = killed / "mpfr-70" / "checkpoint.json", time.monotonic() + 60
        while not checkpoint.exists():
            assert child.poll() is None, child.stderr.read()
            assert time.monotonic() < deadline
            time.sleep(0.01)
        child.send_signal(signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL
    finally:
        child.kill()
        child.communicate()
    assert not (killed / "mpfr-70" / "trajectory.npz").exists()
    assert command(*arguments, "--out", str(killed), "--resume").returncode == 0
    assert command(*arguments, "--out", str(whole)).returncode == 0
    for name in ("float64", "mpfr-70"):
        ends = [Trajectory.load(folder / name / "trajectory.npz") for folder in (killed, whole)]
        assert ends[0].final_state == ends[1].final_state
        assert all(np.array_equal(ends[0].series[key], ends[1].series[key]) for key in ("loss", "sharpness"))


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("--step-size", "0"), "give a positive number"),
        (("--step-size", "x"), "is not a number"),
        (("--out", "runs"), "give a --step-size"),
        (("--loss", "0"), "the loss is 0.0"),
        (("--loss", "0.7"), "at the start; give a smaller one"),
        (("--loss", "nan"), "nan is not finite"),
        (("--scale", "2"), "--scale is for gradient descent"),
        (("--steps", "5"), "--steps is for gradient descent"),
        (("--arithmetic", "float64"), "--arithmetic is for gradient descent"),
        (("--record-every", "5"), "--record-every is for gradient descent"),
        (("--step-size", "1", "--loss", "0.1"), "--loss is where gradient flow stops"),
        (("--step-size", "1", "--widths", "0"), "the widths are"),
        (("--step-size", "1", "--widths", "512,"), "the widths are"),
        (("--step-size", "1", "--activation", "gelu"), "there is no activation"),
        (("--step-size", "1", "--init", "he"), "there is no start"),
        (("--step-size", "1", "--scale", "-1"), "the scale is -1"),
        (("--step-size", "1", "--arithmetic", "ball:60"), "balls grow too fast"),
        (("--step-size", "1", "--arithmetic", "float16"), "there is no arithmetic"),
        (("--step-size", "1", "--arithmetic", "float32,float32"), "give each once"),
        (("--step-size", "1", "--steps", "0"), "at least 1"),
        (("--step-size", "1", "--resume"), "--out"),
    ],
)
def test_bad_input_is_one_line_with_status_2(command, arguments, part):
    done: subprocess.CompletedProcess[str] = command("network", *DATA, *arguments)
    assert (done.returncode, done.stdout.split("\n\n")[-1]) == (2, "")
    assert part in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_run_that_blows_up_or_dies_says_so_without_a_warning(command):
    arguments = ("--step-size", "1000", "--steps", "50", "--arithmetic", "float32,mpfr:60", "--json", "-")
    done = command("network", *TRIPLED, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    float32, mpfr = json.loads(done.stdout)["runs"]
    assert (float32["outcome"], float32["largest_difference"]) == ("diverged", None)
    # In 60 bits, with their larger exponents, every neuron ends where SiLU and all its derivatives vanish.
    assert (mpfr["outcome"], mpfr["final_loss"], mpfr["largest_difference"]) == ("step limit", 0.5, 0.0)


def test_long_numbers_stand_apart(command, tmp_path):
    data = tmp_path / "small.csv"
    data.write_text("x,z,y\n1e-200,2e-200,1\n3e-200,1e-200,-1\n")
    run = ("--widths", "4,4", "--step-size", "0.1", "--steps", "2", "--arithmetic", "float64")
    head, row = command("network", str(data), *run).stdout.splitlines()[-2:]
    assert row.split()[:5] == ["float64", "step", "limit", "-", "-"]
    assert 0 < float(row.split()[5]) < 1e-200
    assert head.index("peak") + 4 == row.index(row.split()[5]) + len(row.split()[5])


@pytest.mark.slow
def test_without_a_step_size_it_says_what_a_study_says(command):
    done = command(
        "network", "digits:3,5", "--samples", "6", "--widths", "8", "--activation", "identity", "--json", "-"
    )
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    same = study("digits:3,5", samples=6, widths=(8,), activation="identity")
    assert found["law"] == pytest.approx(same.law)
    assert found["trained"] == pytest.approx(same.train().sharpness)
    assert found["lower"] < found["trained"] < found["upper"]
    shown = command("network", "digits:3,5", "--samples", "6", "--widths", "8", "--activation", "identity")
    assert f"{found['law']:.6g}" in shown.stdout
