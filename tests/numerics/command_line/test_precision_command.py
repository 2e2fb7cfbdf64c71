"""`sharpness precision`: its table, its JSON and files, the diagram, and what it refuses."""

import json
import shlex
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from numerics import load, train
from numerics.finite_precision.diagram import run_diagram
from numerics.finite_precision.problem import Problem
from tests.effort import usually

MINIMAL = ("minimal:100,5.477,0.233,0.3,1.414", "--init", "c=0.1,0.1,v=0.5")
MADE = {"command", "understood", "versions"}
TOP = {"critical_bits", "contraction_bits", "blowup_bits", "reference_bits", "confirmed_by", "runs", "settings", *MADE}
RUN = {
    "bits",
    "arithmetic",
    "outcome",
    "crossing_step",
    "drop_step",
    "peak_sharpness",
    "final_loss",
    "predicted_drop_step",
}


@pytest.fixture
def study(command):
    def ask(*arguments: object) -> dict:
        done = command("precision", *MINIMAL, *map(str, arguments), "--json", "-")
        assert (done.returncode, done.stderr) == (0, "")
        return json.loads(done.stdout)

    return ask


@pytest.mark.slow
def test_a_low_precision_survives_what_a_high_one_does_not(study):
    found = study("--step-size", 2.5, "--bits", "24,53,113,200,350,400", "--steps", 2500)
    assert set(found) == TOP
    assert all(set(run) == RUN for run in found["runs"])
    runs = {(run["bits"], run["arithmetic"]): run for run in found["runs"]}
    assert [name for bits, name in runs if bits in (24, 53)] == ["mpfr", "float32", "mpfr", "float64"]
    for key in ((24, "mpfr"), (24, "float32"), (53, "mpfr"), (53, "float64"), (113, "mpfr")):
        assert runs[key]["outcome"] == "converged"
        assert runs[key]["peak_sharpness"] > 0.8  # a spike above 2/eta
    for bits in (200, 350, 400):
        assert runs[bits, "mpfr"]["outcome"] == "diverged"
        assert runs[bits, "mpfr"]["final_loss"] > 1e6
    assert runs[350, "mpfr"]["drop_step"] == runs[400, "mpfr"]["drop_step"] == 465
    assert runs[200, "mpfr"]["drop_step"] < 465
    for run in found["runs"]:
        assert abs(run["predicted_drop_step"] - run["drop_step"]) <= 0.02 * run["drop_step"]


SURVIVED = [("2/1.2", (24, 53, 113, 300, 600, 700)), ("2/1.5", (24, 53, 113, 400, 800, 1000))]


@pytest.mark.slow
@pytest.mark.parametrize(("step_size", "bits"), usually(SURVIVED[:1], thoroughly=SURVIVED))
def test_where_all_survive_more_bits_postpone_the_drop_until_they_change_nothing(study, step_size, bits):
    found = study("--step-size", step_size, "--bits", ",".join(map(str, bits)), "--steps", 2500)
    runs = [run for run in found["runs"] if run["arithmetic"] == "mpfr"]
    assert all(run["outcome"] != "diverged" for run in found["runs"])
    drops = [run["drop_step"] for run in runs]
    critical = found["critical_bits"]
    assert [run["bits"] for run in runs] == list(bits)
    for (low, before), (_, after) in pairwise(zip(bits, drops, strict=True)):
        assert before < after if low < critical - 12 else before == after
    assert found["blowup_bits"] is None


@pytest.mark.slow
def test_it_prints_a_table_and_keeps_its_files(command, tmp_path):
    folder = tmp_path / "study"
    arguments = (
        "precision",
        *MINIMAL,
        "--step-size",
        "2/0.8",
        "--bits",
        "24,60",
        "--steps",
        "500",
        "--out",
        str(folder),
    )
    done = command(*arguments)
    assert done.returncode == 0
    assert "critical precision" in done.stdout
    assert f"kept in {folder}" in done.stdout
    assert (folder / "figure.png").read_bytes().startswith(b"\x89PNG")
    record = json.loads((folder / "result.json").read_text())
    assert [run["bits"] for run in record["runs"]] == [24, 24, 60]
    before = (folder / "result.json").read_bytes()
    again = command(*arguments)
    assert (again.returncode, again.stdout.split("\n\n")[-1]) == (2, "")
    assert "--resume" in again.stderr
    assert command(*arguments, "--resume").returncode == 0
    assert (folder / "result.json").read_bytes() == before


@pytest.mark.slow
def test_the_diagram_has_a_cell_for_every_run(command, tmp_path):
    folder = tmp_path / "diagram"
    grid = ("--step-size", "1,2/0.95,2.5", "--bits", "24,200,400", "--steps", "800")
    done = command("precision", *MINIMAL, "--diagram", *grid, "--out", str(folder), "--json", "-")
    assert done.returncode == 0
    record = json.loads(done.stdout)
    columns = record["columns"]
    assert set(record) == {"columns", "settings", *MADE}
    cells = [[cell["region"] for cell in column["cells"]] for column in columns]
    assert cells == [
        ["no crossing", "no crossing", "no crossing"],
        ["survives", "survives", "survives as in exact arithmetic"],
        ["survives", "blows up", "blows up as in exact arithmetic"],
    ]
    assert (folder / "figure.png").read_bytes().startswith(b"\x89PNG")
    data, _, init = MINIMAL
    problem = Problem.from_dataset(load(data), 2, Fraction(1), init, 0)
    asked = [Fraction(1), 2 / Fraction("0.95"), Fraction("2.5")], [24, 200, 400], 800
    assert run_diagram(problem, *asked, processes=2) == columns


@pytest.mark.slow
@pytest.mark.parametrize(
    "asked",
    [
        (*MINIMAL, "--diagram", "--step-size", "1:2:5", "--bits", "24,53", "--steps", "60"),
        (*MINIMAL, "--step-size", "2/0.8", "--bits", "20:60:3", "--steps", "60", "--tolerance", "0.5"),
        ("digits:3,5", "--samples", "20", "--seed", "3", "--depth", "3", "--step-size", "0.01", "--steps", "5"),
    ],
)
def test_the_command_that_a_result_names_makes_it_again(command, asked):
    first = command("precision", *asked, "--json", "-")
    assert first.returncode == 0
    record = json.loads(first.stdout)
    assert record["versions"]["gmpy2"]
    program, *arguments = shlex.split(record["command"])
    assert program == "sharpness"
    assert command(*arguments, "--json", "-").stdout == first.stdout


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("--step-size", "0"), "give a positive number"),
        (("--step-size", "-1"), "give a positive number"),
        (("--step-size", "x"), "is no step size"),
        (("--step-size", "2/0"), "is no step size"),
        (("--step-size", "1,2"), "a study has one step size"),
        ((), "--step-size"),
        (("--step-size", "1", "--bits", "1"), "is no list of precisions"),
        (("--step-size", "1", "--bits", "24,,53"), "is no list of precisions"),
        (("--step-size", "1", "--bits", "99999999"), "is no list of precisions"),
        (("--step-size", "1", "--steps", "0"), "at least 1"),
        (("--step-size", "1", "--depth", "1"), "give a whole number of at least 2"),
        (("--step-size", "1", "--depth", "3"), "give 2 c for rank 2 and 2 v"),
        (("--step-size", "1", "--tolerance", "-1"), "give 0 or a positive loss"),
        (("--step-size", "1", "--resume"), "--out"),
    ],
)
def test_bad_input_is_one_line_with_status_2(command, arguments, part):
    done = command("precision", *MINIMAL, *arguments)
    assert (done.returncode, done.stdout.split("\n\n")[-1]) == (2, "")
    assert part in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_file_where_the_folder_should_be_is_one_line(command, tmp_path):
    (tmp_path / "taken").write_text("")
    done = command(
        "precision", *MINIMAL, "--step-size", "1", "--bits", "24", "--steps", "5", "--out", str(tmp_path / "taken")
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


SIGNS = ["minimal:100,5.477,0.233,0.3,1.414", "minimal:100,5.477,0.233,-0.3,1.414"]


@pytest.mark.slow
@pytest.mark.parametrize("data", usually(SIGNS[1:], thoroughly=SIGNS))
def test_train_runs_what_precision_runs(command, data):
    common = {"init": "c=0.1,0.1,v=0.5", "step_size": "2/0.8", "steps": 500}
    words = [word for name, value in common.items() for word in (f"--{name.replace('_', '-')}", str(value))]
    done = command("precision", data, *words, "--bits", "24,30", "--json", "-")
    runs = {run["arithmetic"]: run for run in json.loads(done.stdout)["runs"] if run["bits"] == 24}
    for name in ("float32", "mpfr:24"):
        sharpness = train(data, **common, arithmetic=name).series["sharpness"]
        crossing = int(np.flatnonzero(sharpness > 0.8)[0])
        drop = crossing + int(np.flatnonzero(sharpness[crossing:] < 0.8)[0])
        found = runs[name.partition(":")[0]]
        assert (crossing, drop) == (found["crossing_step"], found["drop_step"])
