import json
import re

import numpy as np
import pytest

from numerics.data import load


def _table(path):
    """An index, a time, a constant and two features; the label is 3 times the last feature, and something more."""
    random = np.random.default_rng(1)
    a, b = random.normal(size=(2, 12))
    lines = ["n,when,one,a,b,price"]
    lines += [
        f"{k},{1700000000 + 61 * k * k},1,{x:.3f},{z:.3f},{3 * z + k % 2:.3f}"
        for k, (x, z) in enumerate(zip(a, b, strict=True))
    ]
    path.write_text("\n".join(lines) + "\n")
    return str(path)


FIRST = (
    "size            12 samples, 5 features",
    "file            a header, cells separated by commas",
    "label           column 6, 'price' (the last): 12 values from",
    "constant        column 3, 'one'",
    "like an index   column 1, 'n': rising by the same step from row to row",
    "like a time     column 2, 'when': far from 0 compared with their range",
)


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ("data", "describe"),
        ("bounds",),
        ("train", "--step-size", "1e-30", "--steps", "1", "--depth", "51"),  # where the flow to the end is not followed
        ("precision", "--step-size", "1e-30", "--steps", "1", "--bits", "24"),
        ("certify", "--step-size", "1e-30", "--steps", "1", "--claim", "loss > 0"),
        ("network", "--step-size", "1e-30", "--steps", "1", "--widths", "2"),
    ],
    ids=lambda words: words[0],
)
def test_every_command_says_first_what_it_understood(command, tmp_path, words):
    table = _table(tmp_path / "table.csv")
    done = command(*words, table, "--json", str(tmp_path / "found.json"))
    assert done.returncode in (0, 1, 3), done.stderr
    lines = done.stdout.splitlines()
    assert lines[:2] == [table, "rows of table.csv"]
    assert all(line.startswith(first) for line, first in zip(lines[3:9], FIRST, strict=True))
    record = json.loads((tmp_path / "found.json").read_text())
    assert record["understood"] == [re.sub("   +", ": ", line, count=1) for line in lines[3:9]]


def test_modes_and_their_parts_of_Q(command, tmp_path):  # noqa: N802
    table = _table(tmp_path / "table.csv")
    shown = command("data", "describe", table).stdout
    assert "rank r                                         5   no singular value is 0" in shown
    record = json.loads(command("data", "describe", table, "--json", "-").stdout)
    data = load(table)
    left, s, _ = np.linalg.svd(data.X, full_matrices=False)
    parts = (left.T @ data.y / s) ** 2
    assert [mode["share"] for mode in record["modes"]] == pytest.approx(parts / parts.sum(), rel=1e-3)
    assert sum(mode["share"] for mode in record["modes"]) == pytest.approx(1)
    assert record["condition"] == pytest.approx(s[0] / s[-1], rel=1e-4)
    assert record["difficulty"] == pytest.approx(parts.sum(), rel=1e-3)


def test_what_was_dropped_standardized_and_cut_is_said(command, tmp_path):
    table = _table(tmp_path / "table.csv")
    options = ("--drop", "n", "--drop", "one", "--standardize", "columns", "--rank-tolerance", "0.5", "--label", "b")
    shown = command("data", "describe", table, *options).stdout
    assert re.search("column 1, 'n' +left out: --drop", shown)
    assert "standardized" in shown
    assert "label" in shown
    assert "column 5, 'b': 12 values" in shown
    assert "as --rank-tolerance 0.5 has it" in shown
    assert "--rank-tolerance 0.5 left out" in shown
    assert "singular values; without it rank 3, Q = " in shown


def test_rounded_data_are_called_so(command, tmp_path):
    random = np.random.default_rng(0)
    X = (random.normal(size=(20, 3)) @ random.normal(size=(3, 5))).astype(np.float32)
    np.savez(tmp_path / "data.npz", X=X, y=random.normal(size=20))
    shown = command("data", "describe", str(tmp_path / "data.npz")).stdout
    assert "rank r                                         5   no singular value is 0" in shown
    assert (
        "2 of the 5 singular values may be what rounding left of 0; with --rank-tolerance 0.0001 rank 3, Q = " in shown
    )


def test_tied_modes_are_one_line(command):
    shown = command("data", "describe", "minimal:4,2,2,3,4").stdout
    assert "      1-2                  2                  5                  1" in shown


@pytest.mark.slow
def test_the_picture_of_a_spectrum(command, tmp_path):
    figure = tmp_path / "spectrum.png"
    assert command("data", "describe", "digits:3,5", "--figure", str(figure)).returncode == 0
    assert figure.read_bytes().startswith(b"\x89PNG")


def test_what_cannot_be_decomposed_is_said_after_what_was_understood(command, tmp_path):
    (tmp_path / "zero.csv").write_text("0,7\n0,2\n")
    done = command("data", "describe", str(tmp_path / "zero.csv"))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "X = 0" in done.stderr
    assert "constant   column 1" in done.stdout
