"""`sharpness network`: what it writes, what it refuses, and that a killed run resumes to the same bits."""

import json
import os
import signal
import time

import numpy as np
import pytest

from numerics.trajectory import Trajectory

RUN = ("network", "digits:3,5", "--samples", "4", "--width", "4", "--step-size", "0.1", "--seed", "2")


def test_table_json_figure_and_trajectories(command, tmp_path):
    out, record_file = tmp_path / "run", tmp_path / "record.json"
    arguments = (*RUN, "--arithmetic", "mpfr:80,float32,mpfr:160", "--steps", "12")
    done = command(*arguments, "--out", str(out), "--json", str(record_file))
    assert (done.returncode, done.stderr) == (0, "")
    assert "2/step size 20" in done.stdout
    assert (out / "figure.png").read_bytes().startswith(b"\x89PNG")
    record = json.loads(record_file.read_text())
    assert [row["arithmetic"] for row in record["runs"]] == ["float32", "mpfr:80", "mpfr:160"]  # by precision
    assert record["reference_bits"] == 160
    single, middle, reference = record["runs"]
    assert reference["largest_difference"] == 0.0 < single["largest_difference"]
    assert middle["largest_difference"] < 1e-12
    for row in record["runs"]:
        kept = Trajectory.load(out / row["arithmetic"].replace(":", "-") / "trajectory.npz")
        assert kept.steps.tolist() == list(range(13))
        assert kept.series["loss"][-1] == row["final_loss"]
        above = np.flatnonzero(kept.series["sharpness"] > 20)
        assert row["crossing_step"] == (above[0] if len(above) else None)


@pytest.mark.parametrize(
    ("extra", "says"),
    [
        (("--width", "0"), "width is 0"),
        (("--depth", "1"), "depth"),
        (("--scale", "0"), "scale is 0"),
        (("--step-size", "-1"), "step size"),
        (("--arithmetic", "ball:53"), "balls"),
        (("--arithmetic", "mpfr:60,mpfr:60"), "twice"),
        (("--arithmetic", "quad"), "quad"),
        (("--resume",), "--out"),
    ],
)
def test_bad_input_is_one_line(command, extra, says):
    done = command(*RUN, "--steps", "2", *extra)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("sharpness: ")
    assert done.stderr.count("\n") == 1
    assert says in done.stderr


KILLED = """
import sys
from numerics.command_line.group import sharpness as group
from numerics.command_line.run import run
import numerics.command_line.network as network
kept = network.run_training
network.run_training = lambda *given, **named: kept(*given, checkpoint_seconds=0.05, **named)
sys.exit(run(group, sys.argv[1:]))
"""


def test_a_killed_run_resumes_to_the_same_bits(command, python_process, tmp_path):
    arguments = [*RUN, "--arithmetic", "float64,mpfr:100", "--steps", "150", "--out"]
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    child = python_process(f"import sys; sys.argv[1:] = {[*arguments, str(killed)]!r}\n{KILLED}")

    limit = time.monotonic() + 60
    while child.poll() is None and not list((killed / "mpfr-100").glob("*")):
        assert time.monotonic() < limit, f"no checkpoint"
        time.sleep(0.01)
    os.kill(child.pid, signal.SIGKILL)
    child.communicate()
    assert child.returncode == -signal.SIGKILL
    assert not (killed / "mpfr-100" / "trajectory.npz").exists()

    refused = command(*arguments, str(killed))
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "--resume" in refused.stderr
    assert command(*arguments, str(killed), "--resume").returncode == 0
    assert command(*arguments, str(whole)).returncode == 0
    for name in ("float64", "mpfr-100"):
        resumed, straight = (Trajectory.load(folder / name / "trajectory.npz") for folder in (killed, whole))
        assert resumed.final_state == straight.final_state
        for key, series in straight.series.items():
            assert resumed.series[key].tobytes() == series.tobytes()
