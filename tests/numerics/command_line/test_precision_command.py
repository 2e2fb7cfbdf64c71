"""`sharpness precision` as people run it."""

import json

import pytest

DATA = "minimal:100,5.477,0.233,0.3,1.414"
COMMON = ("precision", DATA, "--init", "c=0.1,0.1,v=0.5")


def test_the_json_and_the_files(command, tmp_path):
    folder = tmp_path / "study"
    arguments = (*COMMON, "--step-size", "2.5", "--bits", "24,60", "--steps", "320", "--out", str(folder))
    result = command(*arguments, "--json", "-")
    assert result.returncode == 0
    record = json.loads(result.stdout)
    assert {"critical_bits", "contraction_bits", "blowup_bits", "reference_bits", "runs"} <= set(record)
    assert [(run["bits"], run["arithmetic"]) for run in record["runs"]] == [(24, "mpfr"), (24, "float32"), (60, "mpfr")]
    assert set(record["runs"][0]) == {
        *("bits", "arithmetic", "outcome", "crossing_step", "drop_step"),
        *("peak_sharpness", "final_loss", "predicted_drop_step"),
    }
    assert record["runs"][0]["crossing_step"] == 236
    assert json.loads((folder / "result.json").read_text()) == record
    assert (folder / "figure.png").read_bytes().startswith(b"\x89PNG")
    kept = (folder / "result.json").read_bytes()
    refused = command(*arguments)
    assert refused.returncode == 2
    assert "add --resume" in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert command(*arguments, "--resume").returncode == 0
    assert (folder / "result.json").read_bytes() == kept


def test_a_small_diagram(command, tmp_path):
    arguments = ("--diagram", "--step-size", "2.5,3", "--bits", "30,60", "--steps", "60", "--out", str(tmp_path / "d"))
    result = command(*COMMON, *arguments, "--json", "-")
    assert result.returncode == 0
    columns = json.loads(result.stdout)["columns"]
    assert [[cell["bits"] for cell in column["cells"]] for column in columns] == [[30, 60], [30, 60]]
    assert (tmp_path / "d" / "figure.png").exists()


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--step-size", "2.5", "--bits", "1"], "not between 2 and"),
        (["--step-size", "2.5", "--bits", "24,24"], "different numbers of bits"),
        (["--step-size", "2.5", "--resume"], "give it with --out"),
        (["--step-size", "2.5,3"], "one step size"),
        (["--step-size", "2.5", "--steps", "0"], "0 steps"),
        (["--step-size", "x"], "is no step size"),
    ],
)
def test_bad_input_is_one_line(command, arguments, part):
    result = command(*COMMON, *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("sharpness: ")
    assert part in result.stderr
    assert result.stderr.count("\n") == 1
