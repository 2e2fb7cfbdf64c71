"""`sharpness train`: what it prints, keeps and refuses."""

import itertools
import json
import os
import subprocess
import sys
from pathlib import Path

import click
import numpy as np
import pytest

import numerics
from numerics.command_line.one_line_errors import run
from numerics.command_line.train import train
from tests.effort import usually
from tests.numerics.command_line.conftest import beside_progress

DATA = "minimal:100,5.477,0.233,0.3,1.414"
START = ("--init", "c=0.1,0.1,v=0.5")


@pytest.fixture
def trained(capfd):
    """Run the subcommand in this process."""

    def run_here(*arguments: str) -> subprocess.CompletedProcess[str]:
        status = run(train, arguments)
        out, words = capfd.readouterr()
        return subprocess.CompletedProcess(arguments, status, out, beside_progress(words))

    return run_here


def test_it_is_a_command_with_examples_in_its_help(trained):
    assert isinstance(train, click.Command)
    result = trained("--help")
    assert result.returncode == 0
    assert "sharpness train" in result.stdout


def test_a_run_prints_its_outcome_and_keeps_its_files(trained, tmp_path):
    folder = tmp_path / "run"
    result = trained(DATA, *START, "--step-size", "0.5", "--steps", "40", "--out", str(folder), "--json", "-")
    assert (result.returncode, result.stderr) == (0, "")
    record = json.loads(result.stdout)
    assert record["outcome"] == "step limit"
    assert record["settings"]["step_size"] == "0.5"
    assert {path.name for path in folder.iterdir()} == {"checkpoint.json", "model.npz", "trajectory.npz", "figure.png"}
    with np.load(folder / "trajectory.npz") as archive:
        assert {"loss", "sharpness", "imbalance", "balancedness", "gd_increment"} <= set(archive.files)
        assert np.diff(archive["imbalance"][:, 0]) == pytest.approx(archive["gd_increment"][:-1], rel=1e-6)


@pytest.mark.slow
def test_the_prediction_is_beside_the_run(trained, tmp_path):
    arguments = ("digits:3,5", "--samples", "40", "--depth", "3", "--optimizer", "gf", "--init", "balanced")
    result = trained(*arguments, "--record-every", "1000", "--json", str(tmp_path / "run.json"))
    assert (result.returncode, result.stderr) == (0, "")
    found = json.loads((tmp_path / "run.json").read_text())["comparison"]
    assert found["arrived"]
    assert found["reached"] == pytest.approx(found["limit"], rel=1e-6)
    assert found["lower"] * (1 - 1e-9) <= found["reached"] <= found["upper"] * (1 + 1e-9)
    assert f"limit      {found['limit']:.6g}" in result.stdout
    assert "arrived" in result.stdout


def test_a_tolerance_that_no_weights_reach_is_refused_with_the_reason(trained):
    result = trained("digits:3,5", "--step-size", "0.01", "--tolerance", "0.001")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert "least possible loss 0.0275709" in result.stderr


@pytest.mark.slow
def test_decimal_weights_are_exact_until_they_are_rounded(trained):
    results = [
        json.loads(
            trained(
                DATA,
                *START,
                "--step-size",
                "2.5",
                "--steps",
                "600",
                "--record-every",
                "100",
                "--arithmetic",
                name,
                "--json",
                "-",
            ).stdout
        )
        for name in ("mpfr:200", "mpmath:200")
    ]
    assert results[0]["outcome"] == results[1]["outcome"] == "diverged"
    assert results[0]["last_step"] == results[1]["last_step"]
    assert results[0]["last_recorded"] == results[1]["last_recorded"]


RULES = [("gf",), ("sgd", "--batch-size", "6"), ("sgd-reshuffle", "--batch-size", "6")]
FORMS = ["default", "alpha-beta", "alpha-beta:0.1,0.5", "balanced", "balanced:0.4"]
EVERY = list(itertools.product(RULES, FORMS))


@pytest.mark.slow
@pytest.mark.parametrize(("rule", "form"), usually([*EVERY[::4], EVERY[11]], thoroughly=EVERY))
def test_every_optimizer_starts_from_every_initialization(trained, rule, form):
    step = () if rule[0] == "gf" else ("--step-size", "0.01")
    arguments = (
        "digits:3,5",
        "--samples",
        "12",
        "--depth",
        "3",
        "--init",
        form,
        "--steps",
        "3",
        "--optimizer",
        *rule,
        *step,
    )
    result = trained(*arguments)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == trained(*arguments).stdout
    assert "\n\nstep limit at step 3\n" in result.stdout


@pytest.mark.slow
def test_balanced_is_balanced_and_a_seed_matters(trained):
    def first(*arguments: str) -> dict:  # type: ignore[type-arg]
        common = ("digits:3,5", "--samples", "12", "--step-size", "1e-9", "--steps", "1", "--json", "-")
        return json.loads(trained(*common, *arguments).stdout)["last_recorded"]  # type: ignore[no-any-return]

    assert first("--init", "balanced", "--depth", "4")["balancedness"] < 1e-9
    assert first("--seed", "1") != first("--seed", "2")


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ((), "needs a step size"),
        (("--step-size", "0"), "step size is 0"),
        (("--step-size", "abc"), "not a number"),
        (("--step-size", "1", "--arithmetic", "mpfr:1"), "at least 2 bits"),
        (("--step-size", "1", "--arithmetic", "float16"), "no arithmetic"),
        (("--step-size", "1", "--depth", "1"), "depth is 1"),
        (("--step-size", "1", "--steps", "0"), "number of steps is 0"),
        (("--step-size", "1", "--batch-size", "3"), "leave --batch-size out"),
        (("--step-size", "1", "--optimizer", "sgd"), "needs a batch size"),
        (("--step-size", "1", "--optimizer", "sgd", "--batch-size", "101"), "from 1 to 100"),
        (("--step-size", "1", "--init", "c=1,v=1"), "give 2 c"),
        (("--step-size", "1", "--init", "c=1,1"), "has no v"),
        (("--step-size", "1", "--init", "c=1,x,v=1"), "not a number"),
        (("--step-size", "1", "--init", "kaiming"), "no initialization"),
        (("--step-size", "1", "--init", "balanced:-1"), "positive"),
        (("--step-size", "1", "--resume"), "--out"),
        (("--step-size", "1", "--seed", "-1"), "seed"),
    ],
)
def test_bad_input_is_one_line_with_status_2(trained, arguments, part):
    result = trained(DATA, *arguments)
    assert result.returncode == 2
    assert result.stdout.split("\n\n")[-1] == ""
    assert result.stderr.startswith("sharpness: ")
    assert result.stderr.count("\n") == 1
    assert part in result.stderr


@pytest.mark.slow
def test_a_folder_in_use_is_not_overwritten(trained, tmp_path):
    arguments = (DATA, *START, "--step-size", "0.5", "--steps", "30", "--out", str(tmp_path))
    assert trained(*arguments).returncode == 0
    refused = trained(*arguments)
    assert refused.returncode == 2
    assert "--resume" in refused.stderr
    assert trained(*arguments, "--resume").returncode == 0
    other = trained(*arguments[:-4], "--steps", "31", "--out", str(tmp_path), "--resume")
    assert other.returncode == 2
    assert "steps 30 there and 31 here" in other.stderr


def test_an_unwritable_folder_is_one_line(trained, tmp_path):
    (tmp_path / "file").write_text("")
    result = trained(DATA, *START, "--step-size", "0.5", "--out", str(tmp_path / "file" / "run"))
    assert result.returncode == 2
    assert result.stderr.count("\n") == 1


CHILD = """
import os, signal, sys, threading, time
from numerics.command_line.one_line_errors import run
from numerics.command_line.train import train

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs are deaf to it

def press():
    while signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        time.sleep(0.01)
    time.sleep(0.05)
    os.kill(os.getpid(), signal.SIGINT)

threading.Thread(target=press).start()
sys.exit(run(train, sys.argv[1:]))
"""


@pytest.mark.slow
def test_ctrl_c_saves_and_says_how_to_go_on(tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(Path(numerics.__file__).resolve().parents[1])}
    run_to = ("--step-size", "0.5", "--arithmetic", "mpmath:150", "--steps", "1000000", "--record-every", "1000000")
    child = subprocess.run(
        [sys.executable, "-c", CHILD, DATA, *START, *run_to, "--out", str(tmp_path)],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
        check=False,
    )
    assert child.returncode == 130, child.stderr
    assert child.stderr.startswith("sharpness: interrupted at step ")
    assert "--resume" in child.stderr
    assert any(part.startswith("interrupted at step ") for part in child.stdout.split("\n\n"))
    assert (tmp_path / "checkpoint.json").exists()


@pytest.mark.slow
def test_a_start_in_coefficients_is_the_same_for_every_order_of_rows(trained, tmp_path):
    path, ends = tmp_path / "data.csv", []
    for rows in itertools.permutations(["2,1,1", "1,3,2", "0,1,5"]):
        path.write_text("\n".join(rows))
        result = trained(str(path), "--init", "c=0.3,0.2,v=0.5", "--step-size", "0.01", "--steps", "10", "--json", "-")
        ends.append(json.loads(result.stdout)["last_recorded"])
    for end in ends:
        assert (end["loss"], end["sharpness"]) == (ends[0]["loss"], ends[0]["sharpness"])


def test_tiny_data_have_the_sharpness_of_their_unit_squared(trained, tmp_path):
    path, ends = tmp_path / "data.csv", []
    for unit in ("", "e-90"):
        path.write_text("\n".join(",".join(x + unit for x in row) for row in ("211", "132", "015")))
        options = ("--init", "c=1.4,0.4,v=1.2", "--step-size", "1e-9", "--steps", "1", "--json", "-")
        ends.append(json.loads(trained(str(path), *options).stdout)["last_recorded"]["sharpness"])
    assert ends[1] == pytest.approx(ends[0] * 1e-180, rel=1e-7)


@pytest.mark.parametrize(
    ("start", "arithmetic", "status"),
    [("c=1e140,0.1,v=0.5", "float64", 2), ("c=1e160,0.1,v=1e160", "float64", 2), ("c=1e30,0.1,v=0.5", "float32", 2),
     ("c=1e60,0.1,v=0.5", "float64", 0), ("c=1e140,0.1,v=0.5", "mpfr:60", 0)],
)  # fmt: skip
def test_weights_out_of_range_are_one_clear_line_and_never_a_warning(trained, start, arithmetic, status):
    """Warnings are errors here: none is left to be silenced."""
    result = trained(DATA, "--init", start, "--step-size", "2.5", "--steps", "20", "--arithmetic", arithmetic)
    assert result.returncode == status
    if status:
        assert (result.stdout, result.stderr.count("\n")) == ("", 1)
        assert f"leaves the range of {arithmetic}" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--optimizer", "gf", "--step-size", "1"), "gf chooses its own steps; leave --step-size out"),
        (("--step-size", "1", "--depth", "1000000000"), "at most 999999"),
    ],
)
def test_what_a_run_does_not_follow_is_refused_and_not_passed_over(trained, arguments, words):
    result = trained(DATA, *arguments)
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert words in result.stderr
