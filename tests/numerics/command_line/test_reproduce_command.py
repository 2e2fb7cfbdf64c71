"""`sharpness reproduce` as people run it, killed as machines kill it."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import numerics
from numerics.command_line.reproduce import _given as given_options
from numerics.command_line.reproduce import _made, reproduce
from numerics.reproduce.paper_data import find_pools
from numerics.reproduce.reproduction import Networks, Reproduction
from numerics.reproduce.target import all_targets, chosen, refuse_unfollowed
from theory.errors import ParameterError

SOURCE = str(Path(numerics.__file__).resolve().parents[1])


@pytest.mark.slow
def test_a_target_is_written_with_what_made_it(command, tmp_path, monkeypatch):
    monkeypatch.setenv("SHARPNESS_CACHE", str(tmp_path / "cache"))
    out = tmp_path / "results"
    result = command("reproduce", "table-2", "--draws", "2", "--jobs", "1", "--out", str(out))
    assert (result.returncode, result.stderr) == (0, "")
    assert "## Table 2: imbalance threshold T_1" in result.stdout
    assert "bundled digits" in result.stdout
    record = json.loads((out / "table-2.json").read_text())
    made = record["made"]
    assert made["command"] == "sharpness reproduce table-2 --draws 2"
    assert (made["draws"], made["seeds"]) == (2, "0 to 1")
    assert made["data"][0]["source"] == "digits:3,5"
    assert re.fullmatch("[0-9a-f]{64}", made["data"][0]["sha256"])
    assert {"python", "numpy", "scipy", "minimalist-sharpness"} <= set(made["versions"])
    assert "sharpness reproduce table-2 --draws 2" in (out / "table-2.md").read_text()
    again = command("reproduce", "table-2", "--draws", "2", "--jobs", "2", "--fresh", "--json", "-")
    (other,) = json.loads(again.stdout)["targets"]
    assert other == record


@pytest.mark.parametrize("said", [[], ["--draws", "3"], ["--widths", "8,16", "--sizes", "20"]])
def test_the_recorded_command_says_what_was_said_and_no_more(said):
    with reproduce.make_context("reproduce", ["figure-6b", *said]) as context:
        asked = {name: context.params[name] for name in ("draws", "widths", "depths", "sizes")}
        assert [part for name, value in given_options(asked).items() for part in (f"--{name}", value)] == said


def test_no_path_of_this_machine_is_recorded(command, tmp_path, monkeypatch):
    import pickle

    import numpy as np

    monkeypatch.setenv("SHARPNESS_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "somewhere" / "data" / "cifar-10-batches-py"
    folder.mkdir(parents=True)
    names = [b"a", b"b", b"c", b"cat", b"d", b"dog"]
    (folder / "batches.meta").write_bytes(pickle.dumps({b"label_names": names}, 2))
    random = np.random.default_rng(0)
    for number in range(1, 6):
        batch = {b"labels": [3, 5] * 11, b"data": random.integers(0, 256, (22, 3072), dtype=np.uint8)}
        (folder / f"data_batch_{number}").write_bytes(pickle.dumps(batch, 2))
    for given in (str(folder.parent), str(folder)):
        result = command("reproduce", "table-2", "--data", given, "--draws", "2", "--jobs", "1", "--json", "-")
        assert result.returncode == 0
        assert str(tmp_path) not in result.stdout
        (record,) = json.loads(result.stdout)["targets"]
        assert record["made"]["command"].startswith(f"sharpness reproduce table-2 --data {Path(given).name} --draws")
        assert record["made"]["data"][0]["source"] in ("cifar10:cifar-10-batches-py:cat,dog", "cifar10:.:cat,dog")
    chosen = ("--activations", "tanh,elu", "--widths", "512")
    result = command("reproduce", "table-6", "--data", str(folder), *chosen, "--json", "-")
    (record,) = json.loads(result.stdout)["targets"]
    asked = "sharpness reproduce table-6 --data cifar-10-batches-py --activations tanh,elu"
    assert record["made"]["command"] == asked  # without what is as it would be anyway
    assert {cell["activation"] for cell in record["cells"]} == {"tanh", "elu"}


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ([], "Missing argument 'TARGET...'"),
        (["table-16"], "there is no target 'table-16'; give table-1"),
        (["table-1", "--draws", "1"], "draws is 1; give at least 2"),
        (["table-1", "--jobs", "0"], "jobs is 0"),
        (["table-5", "--activations", "tanh,softmax"], "there is no activation 'softmax'; give identity"),
        (["table-1", "--data", "nowhere"], "'nowhere' does not exist"),
        (["figure-3", "--activations", "relu"], "--activations is not for figure-3; leave it out"),
        (["figure-3", "figure-5", "--draws", "7"], "--draws is not for figure-3, figure-5; leave it out"),
        (["figure-30", "--widths", "8"], "--widths is not for figure-30"),
        (["table-5", "--sizes", "5", "--widths", "4"], "--sizes 5: not in table-5; there it can be 100, 300"),
        (["all", "--sizes", "100,3000"], "--sizes 3000: not in the targets asked for; there it can be 100, 300"),
        (["figure-1", "--widths", "4,8"], "--widths 4: not in figure-1; there it can be 8, 512"),
        (["figure-7", "--depths", "5", "--activations", "tanh"], "--depths 5: not in figure-7 together with the other"),
        (["table-1", "--jobs", "2", "--cluster", "tcp://127.0.0.1:1"], "--jobs is for this machine"),
    ],
)
def test_bad_input_is_one_line(command, arguments, part):
    result = command("reproduce", *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("sharpness: ")
    assert part in result.stderr
    assert result.stderr.count("\n") == 1


def test_an_option_is_followed_by_one_of_several_targets():
    several = chosen(["figure-5", "table-1", "figure-1"])
    reproduction = Reproduction(find_pools(None), 7, Networks(widths=(8,)))
    refuse_unfollowed(several, reproduction, {"draws": [7], "widths": [8]})
    with pytest.raises(ParameterError, match="--depths is not for figure-5, table-1, figure-1"):
        refuse_unfollowed(several, reproduction, {"draws": [7], "depths": [3]})


@pytest.mark.parametrize(
    ("name", "data", "draws", "seeds"),
    [
        ("table-1", ["digits:3,5"], 7, "0 to 6"),
        ("table-5", ["digits:3,5"], 7, "0 to 6"),
        ("figure-1", ["digits:3,5"], 1, "0"),
        ("figure-6", ["gaussian:100,100"], 1, "0"),
        ("figure-6b", ["sentences:1000"], 1, "0"),
        ("figure-18", ["digits:3,5"], 1, "0 to 2"),
        ("figure-19", [], 1, "none"),
        ("figure-29", ["digits:3,5"], 1, "0, 2"),
        ("figure-30", ["digits:3,5"], 1, "1"),
    ],
)
def test_each_target_says_what_it_was_made_of(name, data, draws, seeds):
    made = _made(all_targets()[name], Reproduction(find_pools(None), 7), None)
    assert ([pool["source"] for pool in made["data"]], made["draws"], made["seeds"]) == (data, draws, seeds)


def test_damaged_data_are_one_line(command, tmp_path):
    (tmp_path / "train_32x32.mat").write_bytes(b"no MATLAB file")
    result = command("reproduce", "table-1", "--data", str(tmp_path))
    assert result.returncode == 2
    assert "train_32x32.mat: not a whole MATLAB file" in result.stderr
    assert result.stderr.count("\n") == 1


def test_help_lists_every_target(command):
    shown = command("reproduce", "--help").stdout
    for name in ("table-1", "table-15", "figure-4", "figure-29", "beyond", "early-stopping", "--cluster", "Examples"):
        assert name in shown


ASKED = ("reproduce", "table-13", "--draws", "6", "--json", "-")


def _start(tmp_path, name):
    environment = {**os.environ, "PYTHONPATH": SOURCE, "SHARPNESS_CACHE": str(tmp_path / name)}
    return subprocess.Popen(
        [sys.executable, "-m", "numerics.command_line", *ASKED, "--jobs", "2"],
        env=environment,
        cwd=tmp_path,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        process_group=0,
    )


def _files(tmp_path, name):
    return {path.name: path.stat().st_ino for path in (tmp_path / name).rglob("*.result")}


@pytest.mark.slow
def test_a_killed_command_goes_on_where_it_stopped(command, tmp_path, monkeypatch):
    """24 tasks: what was finished at the kill is the same file afterwards, and the result is that of a whole run."""
    first = _start(tmp_path, "killed")
    try:
        end = time.monotonic() + 120
        while len(_files(tmp_path, "killed")) < 8:
            assert first.poll() is None, "it was too quick to be killed"
            assert time.monotonic() < end
            time.sleep(0.01)
        first.send_signal(signal.SIGKILL)
        first.communicate()  # its workers hold the pipes: this waits for them too
    finally:
        if first.poll() is None:
            os.killpg(first.pid, signal.SIGKILL)
    finished = _files(tmp_path, "killed")
    assert 8 <= len(finished) < 24
    monkeypatch.setenv("SHARPNESS_CACHE", str(tmp_path / "killed"))
    resumed = command(*ASKED, "--jobs", "1")
    assert (resumed.returncode, resumed.stderr) == (0, "")
    after = _files(tmp_path, "killed")
    assert len(after) == 24
    assert {name: after[name] for name in finished} == finished, "a finished task was computed again"
    monkeypatch.setenv("SHARPNESS_CACHE", str(tmp_path / "undisturbed"))
    assert resumed.stdout == command(*ASKED, "--jobs", "1").stdout
