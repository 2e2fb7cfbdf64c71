import json
import math
import os
import re
import stat
from fractions import Fraction

import click
import numpy as np
import pytest

from numerics.data import load

KEYS = [
    "dataset",
    "understood",
    "notes",
    "n_samples",
    "n_features",
    "rank",
    "rank_evidence",
    "label_residual_share",
    "difficulty",
    "imbalance_threshold",
    "depths",
]
MINIMAL = "minimal:100,5.477,0.233,0.3,1.414"


def _strict(text: str):
    def refuse(constant):
        raise AssertionError(f"{constant} is not JSON")

    return json.loads(text, parse_constant=refuse)


@pytest.mark.slow
def test_digits_at_four_depths(command):
    result = command("bounds", "digits:3,5", "--depth", "2,3,4,5", "--json", "-")
    assert (result.returncode, result.stderr) == (0, "")
    record = _strict(result.stdout)
    assert list(record) == KEYS
    assert record["dataset"] == "digits:3,5"
    assert (record["n_samples"], record["n_features"]) == (365, 64)
    data = load("digits:3,5")
    singular_values = np.linalg.svd(data.X, compute_uv=False)
    assert record["rank"] == np.sum(singular_values > singular_values[0] * 1e-10)
    least_norm = np.linalg.lstsq(data.X, data.y, rcond=1e-10)[0]
    labels = data.X @ least_norm
    assert record["difficulty"] == pytest.approx(least_norm @ least_norm, rel=1e-9)
    assert record["label_residual_share"] == pytest.approx(np.sum((data.y - labels) ** 2) / 365, rel=1e-9)
    ratio = singular_values[0] / np.linalg.norm(labels)
    assert record["imbalance_threshold"] == pytest.approx(record["difficulty"] * ratio - 1 / ratio, rel=1e-9)
    assert [row["depth"] for row in record["depths"]] == [2, 3, 4, 5]
    for row in record["depths"]:
        assert list(row) == ["depth", "predicted", "lower", "upper", "exact"]
        assert row["lower"] <= row["exact"] <= row["upper"]


def test_minimal_data_against_the_formulas_in_rationals(command):
    result = command("bounds", MINIMAL, "--depth", "2, 3", "--alpha", "0.5", "--beta", "2", "--json", "-")
    record = _strict(result.stdout)
    assert list(record) == [*KEYS, "initialization", "convergence"]
    s, d = (Fraction("5.477"), Fraction("0.233")), (Fraction("0.3"), Fraction("1.414"))
    difficulty = float(sum((x / y) ** 2 for x, y in zip(d, s, strict=True)))
    assert record["difficulty"] == pytest.approx(difficulty, rel=1e-13)
    two, three = record["depths"]
    s1, d1, y = float(s[0]), float(d[0]), float(sum(x * x for x in d))
    assert two["predicted"] == pytest.approx(s1**2 / 100 * difficulty**0.5, rel=1e-13)
    assert two["upper"] == pytest.approx((s1**2 * difficulty**0.5 + y / difficulty**0.5) / 100, rel=1e-13)
    third = difficulty ** (1 / 3)
    assert three["lower"] == pytest.approx((s1**2 * third**2 + 2 * d1**2 / third) / 100, rel=1e-13)
    assert three["upper"] == pytest.approx((s1**2 * third**2 + 2 * y / third) / 100, rel=1e-13)
    a, b = 0.5, 2.0  # Theorem 5.6, lower side; Theorem 5.7, lower side
    start, end = record["initialization"], record["convergence"]
    assert list(start) == list(end) == ["lower", "upper"]
    assert start["lower"] == pytest.approx(s1**2 / 100 * (a**2 + b**2 + 2 * a**2 * b**2 / (a + b) ** 2), rel=1e-13)
    mean = 2 * a**2 - b**2
    root = math.sqrt(mean**2 + 4 * difficulty)
    assert end["lower"] == pytest.approx((s1**2 * (root - mean) + d1**2 / difficulty * (root + mean)) / 200, rel=1e-12)
    assert start["lower"] <= start["upper"]
    assert end["lower"] <= end["upper"]


def test_a_source_defined_by_its_spectrum_is_asked_for_it(command):
    record = _strict(command("bounds", "minimal:100,1e6,1e-12,0.3,1.414", "--json", "-").stdout)
    assert record["rank"] == 2
    assert record["difficulty"] == pytest.approx(1.999396e24, rel=1e-12)


def test_an_imbalance_moves_the_bounds_of_two_layers(command):
    records = {}
    for imbalance in ("-3", "0", "3"):
        records[imbalance] = _strict(command("bounds", MINIMAL, "--imbalance", imbalance, "--json", "-").stdout)
    balanced = _strict(command("bounds", MINIMAL, "--json", "-").stdout)
    assert records["0"] == balanced
    uppers = [records[imbalance]["depths"][0]["upper"] for imbalance in ("-3", "0", "3")]
    assert uppers == sorted(uppers, reverse=True)  # Remark 4.4, as long as C < T_1
    for record in records.values():
        row = record["depths"][0]
        assert row["lower"] <= row["exact"] <= row["upper"]


def test_seed_and_samples_choose_the_data(command):
    runs = [
        command("bounds", "gaussian:40,20", "--samples", "11", "--seed", seed, "--json", "-").stdout
        for seed in ("1", "1", "2")
    ]
    assert runs[0] == runs[1] != runs[2]
    data = load("gaussian:40,20", samples=11, seed=1)
    assert _strict(runs[0])["difficulty"] == pytest.approx(float(data.spectrum().difficulty), rel=1e-12)
    assert _strict(runs[0])["n_samples"] == 11


def test_a_table_and_a_file_of_the_same_numbers(command, tmp_path):
    path = tmp_path / "result.json"
    shown = command("bounds", MINIMAL, "--depth", "2,3", "--alpha", "1", "--beta", "1", "--json", str(path))
    assert (shown.returncode, shown.stderr) == (0, "")
    piped = command("bounds", MINIMAL, "--depth", "2,3", "--alpha", "1", "--beta", "1", "--json", "-")
    assert path.read_text() == piped.stdout
    record = _strict(piped.stdout)
    for row in record["depths"]:
        for name in ("predicted", "lower", "exact", "upper"):
            assert f"{row[name]:.10g}" in shown.stdout
    for name in ("initialization", "convergence"):
        assert f"{record[name]['upper']:.10g}" in shown.stdout
    for theorem in ("Definition 4.1", "Theorem 4.3", "Theorem 4.6", "Definition 5.8", "Theorem 5.6", "Theorem 5.7"):
        assert theorem in shown.stdout
    assert "\x1b" not in shown.stdout  # no colours into a pipe


@pytest.mark.parametrize("columns", ["10", "40", "78", "79", "200"])
@pytest.mark.parametrize("terminal", [False, True])
def test_no_width_cuts_a_number(command, monkeypatch, columns, terminal):
    arguments = ("bounds", MINIMAL, "--depth", "2,9", "--alpha", "1", "--beta", "1")
    numbers = [word for word in command(*arguments).stdout.split() if word.replace(".", "").isdigit() and len(word) > 8]
    assert len(numbers) >= 14
    monkeypatch.setenv("COLUMNS", columns)
    if terminal:
        monkeypatch.setenv("TTY_COMPATIBLE", "1")  # rich then takes what it writes to for a terminal
    result = command(*arguments)
    assert result.returncode == 0
    assert "…" not in result.stdout
    assert all(number in result.stdout for number in numbers)
    if terminal:
        plain = click.unstyle(result.stdout)
        tables = [line for line in plain.splitlines() if numbers[-1] in line or "Theorem" in line]
        assert max(map(len, tables)) <= max(int(columns), 42)


@pytest.mark.slow
def test_a_terminal_that_knows_only_ascii(sharpness):
    result = sharpness("bounds", MINIMAL, PYTHONIOENCODING="ascii")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.isascii()
    assert "Theorem 4.3" in result.stdout


def test_json_replaces_a_file_whole_and_keeps_links_and_permissions(command, tmp_path):
    path, link = tmp_path / "result.json", tmp_path / "link.json"
    path.write_text("old text that is much longer than nothing")
    path.chmod(0o640)
    link.symlink_to(path)
    assert command("bounds", MINIMAL, "--json", str(link)).returncode == 0
    assert link.is_symlink()
    assert _strict(path.read_text())["dataset"] == MINIMAL
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert sorted(os.listdir(tmp_path)) == ["link.json", "result.json"]  # no draft left behind


def test_a_failed_run_leaves_the_old_file(command, tmp_path):
    path = tmp_path / "result.json"
    path.write_text("old")
    assert command("bounds", "digits:3,5", "--require-zero-loss", "--json", str(path)).returncode == 2
    assert path.read_text() == "old"


def test_a_csv_and_an_npz_of_the_same_data_agree(command, tmp_path):
    data = load("gaussian:12,30", seed=9)
    np.savetxt(tmp_path / "d.csv", np.column_stack([data.X, data.y]), delimiter=",", fmt="%.17g")
    np.savez(tmp_path / "d.npz", X=data.X, y=data.y)
    first, second = (
        _strict(command("bounds", str(tmp_path / name), "--require-zero-loss", "--json", "-").stdout)
        for name in ("d.csv", "d.npz")
    )
    assert first.pop("dataset") != second.pop("dataset")
    assert first.pop("understood")[1] == "file: no header, cells separated by commas"
    second.pop("understood")
    for numbers, others in ((first, second), (first["depths"][0], second["depths"][0])):
        for name, value in numbers.items():
            assert name in ("depths", "notes", "rank_evidence") or value == pytest.approx(others[name], rel=1e-11)
    assert first["label_residual_share"] == 0 or first["label_residual_share"] < 1e-25


def _rows(*rows, unit=""):
    return "\n".join(",".join(f"{number}{unit}" for number in row) for row in rows)


COLLINEAR = _rows(*((4155915305 + 191 * i, 1, 3 * i + 1) for i in range(30)))
CUBIC = _rows(*((1, t, t**2, t**3, (t - 2010) ** 2) for t in range(2000, 2021)))
SMALL = ((2, 1, 1), (1, 3, 2), (0, 1, 5))


@pytest.mark.parametrize(
    ("text", "rank", "difficulty", "threshold", "predicted", "exact"),
    [
        (COLLINEAR, 2, 4.26097649292e15, None, None, 1.12742724239e27),
        (CUBIC, 4, 16322424170401, None, None, 2.66457470977e26),
        (_rows(*SMALL, unit="e-90"), 2, 2.06222222222, 1.05827451099, None, 9.41781847713e-180),
        (_rows(*SMALL, unit="e79"), 2, 2.06222222222, 1.05827451099, None, 9.41781847713e158),
    ],
)
def test_digits_that_float64_does_not_have(command, tmp_path, text, rank, difficulty, threshold, predicted, exact):
    path = tmp_path / "data.csv"
    path.write_text(text)
    record = _strict(command("bounds", str(path), "--json", "-").stdout)
    assert record["rank"] == rank
    assert record["difficulty"] == pytest.approx(difficulty, rel=1e-11)
    if threshold is not None:
        assert record["imbalance_threshold"] == pytest.approx(threshold, rel=1e-11)
    row = record["depths"][0]
    assert row["exact"] == pytest.approx(exact, rel=1e-11)
    assert row["lower"] <= row["exact"] <= row["upper"]


def test_a_tiny_unit_keeps_the_bounds_on_the_start_in_order(command, tmp_path):
    path = tmp_path / "data.csv"
    path.write_text(_rows(*SMALL, unit="e-90"))
    record = _strict(command("bounds", str(path), "--alpha", "0.1", "--beta", "0.1", "--json", "-").stdout)
    assert record["initialization"]["lower"] == pytest.approx(1.15257932457e-181, rel=1e-11)
    assert record["initialization"]["upper"] == pytest.approx(4.31606496464e-180, rel=1e-11)


def test_a_source_given_by_singular_values_far_apart(command):
    record = _strict(command("bounds", "minimal:1000000,1,1e-10,0.3,1.414", "--json", "-").stdout)
    assert record["difficulty"] == pytest.approx(1.999396e20, rel=1e-14)
    assert record["depths"][0]["exact"] == pytest.approx(14140, rel=1e-9)


def test_numbers_out_of_range_are_one_line_in_the_table_and_in_json(command, tmp_path):
    path = tmp_path / "data.csv"
    path.write_text(_rows(*SMALL, unit="e200"))
    for extra in ((), ("--json", "-")):
        result = command("bounds", str(path), *extra)
        assert (result.returncode, result.stdout) == (2, "")
        assert "depth 2 (predicted) is 6.62062e+400, out of the range of float64" in result.stderr


def test_as_many_digits_as_are_asked_for(command, tmp_path):
    path = tmp_path / "data.csv"
    path.write_text(_rows(*SMALL))
    shown = command("bounds", str(path), "--digits", "30").stdout
    assert "2.06222222222222222222222222222" in shown  # 464/225
    (threshold,) = re.findall(r"T_1 +(1\.0582745109\d+) ", shown)
    assert len(threshold) == 31
    shown = command("bounds", "gaussian:150,140", "--digits", "40").stdout
    assert "numbers with fewer than 40 digits" in shown


def test_a_tolerance_says_what_it_cut_and_what_that_changes(command, tmp_path):
    path = tmp_path / "data.csv"
    path.write_text(COLLINEAR)
    shown = command("bounds", str(path), "--rank-tolerance", "1e-10").stdout
    assert "left out 1 of 2 singular values; without it rank 2, Q = 4.26098e+15, S = 1.12743e+27 at depth 2" in shown
    assert "as --rank-tolerance 1e-10 has it" in shown
    whole = command("bounds", str(path)).stdout
    assert "1 of the 2 singular values may be what rounding left of 0; with --rank-tolerance 1e-08 rank 1" in whole


def test_data_that_rounding_has_made_regular_show_both_answers(command, tmp_path):
    generator = np.random.default_rng(5)
    X = generator.normal(size=(40, 6))
    X[:, 5] = X[:, :3].sum(axis=1)  # but for rounding
    np.savez(tmp_path / "double.npz", X=X, y=generator.normal(size=40))
    np.savez(tmp_path / "single.npz", X=X.astype(np.float32), y=generator.normal(size=40))
    for name in ("double.npz", "single.npz"):
        shown = command("bounds", str(tmp_path / name)).stdout
        assert "1 of the 6 singular values may be what rounding left of 0; with --rank-tolerance" in shown
        assert "rank 5, Q = " in shown
    np.savez(tmp_path / "clear.npz", X=X[:, :5], y=generator.normal(size=40))
    assert "note" not in command("bounds", str(tmp_path / "clear.npz")).stdout
