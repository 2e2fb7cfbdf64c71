"""Sentences and tables that pages compute from the committed results, against a count of their own."""

import ast
import json
import re
import shlex
from collections import Counter
from importlib import import_module

import click
import numpy as np
import pytest

from book.rendering.figures import ceilings_elsewhere, oscillations, random_problems, self_stabilization
from book.rendering.figures.results import RESULTS, fates, result
from book.rendering.reproduced import comparison
from numerics.command_line.group import sharpness
from tests.book.built import BOOK

REPRODUCED = RESULTS / "reproduced"
ALL = sorted(RESULTS.rglob("*.json"))


def cells_of(html):
    """The cells of the table rows in some HTML, without their marks."""
    rows = re.findall(r"<tr>(.*?)</tr>", html)
    return [re.findall(r"<t[dh]>(.*?)</t[dh]>", row) for row in rows]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_result_names_a_command_of_today_and_its_versions(path, tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()  # where they look for data that are not at hand
    monkeypatch.chdir(tmp_path)
    found = json.loads(path.read_text(encoding="utf-8"))
    made = found.get("made", found)
    assert made["versions"]["numpy"]
    first, *asked = shlex.split(made["command"])
    if first == "sharpness":
        name, *asked = asked
        command = sharpness.get_command(click.Context(sharpness), name)
    else:
        module, *asked = asked[1:]
        assert (first, made["command"].split()[1]) == ("python", "-m")
        (command,) = (one for one in vars(import_module(module)).values() if isinstance(one, click.Command))
    assert command is not None
    command.make_context("it", asked)  # every option is one, and has a value that it takes


@pytest.mark.parametrize("path", sorted(REPRODUCED.glob("*.json")), ids=lambda path: path.stem)
def test_a_reproduced_result_names_the_data_and_the_draws_that_it_shows(path):
    found = json.loads(path.read_text(encoding="utf-8"))
    made = found["made"]
    if "cells" in found:
        computed = [cell for cell in found["cells"] if cell["status"] == "computed"]
        assert {pool["key"] for pool in made["data"]} == {cell["data"] for cell in computed} != set()
        assert made["draws"] == found["draws"] == len(computed[0]["values"])
    else:
        shown = {text.rpartition(", N = ")[0] or text for text in found["data"]}
        stand_in = {"sentences:1000": "sentences of a grammar that stand in for SST-2"}
        assert {stand_in.get(pool["name"], pool["name"]) for pool in made["data"]} == shown != set()
        assert made["draws"] == len({point["seed"] for point in found.get("points", [{"seed": 0}])})


def test_the_phase_diagrams_command_says_what_its_settings_say():
    found = result("phase_diagram")
    from numerics.command_line.number_list import number_list

    option = dict(re.findall(r"--([a-z-]+) (\S+)", found["command"]))
    settings = found["settings"]
    assert [str(size) for size in number_list(option["step-size"])] == settings["step_size"].split(",")
    assert number_list(option["bits"]) == settings["bits"]
    assert (option["init"], int(option["steps"])) == (settings["init"], settings["steps"])
    assert len(found["columns"]) == len(settings["step_size"].split(","))


def test_failures_by_bits_are_those_of_the_runs():
    counted = {}
    for found in random_problems.results():
        for case in found["cases"]:
            for run in case["runs"]:
                drop, predicted = run["drop_step"], run["predicted_drop_step"]
                row = counted.setdefault(run["bits"], Counter())
                row["runs"] += drop is not None
                row["off"] += None not in (drop, predicted) and abs(drop - predicted) > 0.02 * drop
                row["missed"] += drop is not None and predicted is None
                row["none came"] += drop is None and predicted is not None
    shown = cells_of(random_problems.failures_by_bits().text)[1:]
    assert [[int(cell) for cell in row[:5]] for row in shown] == [
        [bits, *(counted[bits][key] for key in ("runs", "off", "missed", "none came"))] for bits in sorted(counted)
    ]


def test_every_seed_is_on_the_page():
    seeds = [int(path.stem.rpartition("_")[2]) for path in RESULTS.glob("precision_law_seed_*.json")]
    assert [found["seed"] for found in random_problems.results()] == sorted(seeds)
    heads, *rows = cells_of(random_problems.critical_bits_off().text)
    assert heads[1:] == [*(f"seed {seed}" for seed in sorted(seeds)), "all"]
    for place, found in enumerate(random_problems.results(), start=1):
        assert sum(int(row[place]) for row in rows) == sum(found["summary"]["critical_bits_off_by"].values())
    assert all(sum(map(int, row[1:-1])) == int(row[-1]) for row in rows)
    assert len(cells_of(random_problems.how_often().text)) == 1 + len(seeds) + (len(seeds) > 1)


@pytest.mark.parametrize("path", sorted(REPRODUCED.glob("table-*.json")), ids=lambda path: path.stem)
def test_the_comparison_counts_the_verdicts(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    verdicts = [cell["verdict"] for cell in cells if "verdict" in cell]
    words = comparison(cells)
    if not verdicts:
        assert words == "No cell can be compared."
        return
    one = verdicts.count("agrees within one standard deviation")
    two = one + verdicts.count("agrees within two standard deviations")
    assert f"deviations of its mean: {one} of {len(verdicts)}; within two: {two}; " in words


def test_a_cell_that_moves_away_changes_the_comparison():
    cells = json.loads((REPRODUCED / "table-2.json").read_text(encoding="utf-8"))["cells"]
    before = comparison(cells)
    cells[0]["mean"] = cells[1]["mean"] + 1
    assert "deviations of its mean: 3 of 3" in before
    assert before.endswith("direction: 2 of 2.")
    assert "deviations of its mean: 2 of 3" in comparison(cells)
    assert comparison(cells).endswith("direction: 1 of 2.")


def test_which_runs_blow_up():
    runs = [{"outcome": "diverged", "bits": 200}, {"outcome": "converged", "bits": 24}]
    assert fates(runs).text == "<p>Runs of 200 bits blow up, runs of 24 bits do not.</p>"
    assert fates(runs[1:]).text == "<p>No run blows up.</p>"


@pytest.mark.slow
def test_the_maps_page_says_what_the_runs_do():
    """Its headings are words; the runs below them must be what these say."""
    page = (BOOK / "edge.md").read_text(encoding="utf-8")
    (names,) = re.findall(r"right, early, lost = (.*)", page)
    right, early, lost = ast.literal_eval(names)
    assert 0 < self_stabilization.miss(*right) < 0.05 > abs(self_stabilization.rise(*right) - 1)
    assert self_stabilization.miss(*early) > 0.25
    assert abs(self_stabilization.miss(*early, varying=True)) < 0.01
    assert self_stabilization.sharpening_left(*early) < 0.1
    assert self_stabilization.true_run(*lost).diverged
    assert self_stabilization.maps(*lost)[self_stabilization.CONSTANT].drop is not None
    loud = {run: self_stabilization.excess_when_loud(*run) for run in (right, early, lost)}
    assert loud[lost] > 4 > max(loud[right], loud[early])


def test_the_oscillations_of_a_seed_are_counted_from_its_cases():
    shown = cells_of(oscillations.how_often().text)[1:]
    for found, row in zip(oscillations.results(), shown, strict=True):
        cases = found["cases"]
        chained = [peak for case in cases for peak in case.get("chained", ())]
        heights = [peak for peak in chained if peak["height_off"] is not None and abs(peak["height_off"]) <= 0.05]
        later = [value for case in cases for value in case.get("over_the_ceiling", ())]
        right = [case for case in cases if case["lasts"] is not case["can_settle"]]
        assert row[0] == str(found["seed"])
        assert row[1] == f"{len(right)} of {len(cases)}"
        assert row[2] == f"{len(heights)} of {len(chained)}"
        assert row[7] == f"{sum(value > 0.01 for value in later)} of {len(later)}"


def test_what_is_hard_to_tell_of_oscillations_is_counted_from_the_cases():
    shown = cells_of(oscillations.how_much_is_told().text)[1:]
    for found, row in zip(oscillations.results(), shown, strict=True):
        chained = [peak for case in found["cases"] for peak in case.get("chained", ())]
        told = [peak for peak in chained if peak["height_off"] is not None]
        by_the_edge = [peak for peak in chained if peak["height_over_edge"] <= 1 / 0.95]
        assert row[1] == f"{sum(abs(peak['excess_off']) <= 0.1 for peak in told)} of {len(chained)}"
        assert row[2] == f"{sum(abs(peak['delay_off']) <= 0.1 for peak in told)} of {len(chained)}"
        assert row[6] == f"{len(by_the_edge)} of {len(chained)}"


def test_the_ceiling_elsewhere_is_shown_as_it_was_kept():
    runs = result(ceilings_elsewhere.BATCHES)["runs"]
    descents = [run for run in runs if run["batch_size"] == run["samples"] and run["peaks"]]
    shown = cells_of(ceilings_elsewhere.data_and_depths().text)[1:]
    assert [row[:2] for row in shown] == [[run["data"], str(run["depth"])] for run in descents]
    for run, row in zip(descents, shown, strict=True):
        near = [abs(peak["height_off"]) <= 0.05 for peak in run["chained"] if peak["height_off"] is not None]
        assert row[7] == f"{sum(near)} of {len(run['chained'])}"
    assert len(cells_of(ceilings_elsewhere.at_rest().text)) == 1 + sum("imbalance_at_rest" in run for run in runs)
    # What the page says of them in words.
    small = [run for run in runs if 0 < 10 * run["batch_size"] <= run["samples"] and run["rank"] == run["samples"]]
    assert all(run["sharpness_at_the_end"] < 0.9 * run["edge"] for run in small)
    assert all(run["ceiling_at_rest"] > run["ceiling_at_the_start"] for run in runs if "ceiling_at_rest" in run)


def test_the_networks_are_under_their_ceiling():
    """Later peaks pass it by less than a percent, as the page says; the ceiling falls with each."""
    for run in result(ceilings_elsewhere.NETWORKS)["runs"]:
        peaks = run["peaks"]
        assert all(peak["height_over_edge"] < 1.01 * peak["ceiling_before_over_edge"] for peak in peaks[1:])
        assert all(peak["ceiling_after_over_edge"] <= peak["ceiling_before_over_edge"] for peak in peaks)


def test_the_transformers_curve_stays_at_the_edge_after_it_arrives():
    found = json.loads((REPRODUCED / "figure-6b.json").read_text(encoding="utf-8"))
    assert all("stand in for SST-2" in text for text in (found["title"], *found["data"], found["panels"][1]["title"]))
    (level,), (curve,) = found["panels"][1]["levels"], found["panels"][1]["curves"]
    steps, ratio = np.array(curve["x"]), np.array(curve["y"]) / level["value"]
    assert ratio[0] < 0.5
    assert ratio.max() > 1
    assert np.diff(steps).max() <= 20
    assert {0, 1} == set(steps[ratio > 1] % 2)
    assert np.abs(ratio[steps >= steps[-1] - 500] - 1).max() < 0.05
    assert all(seen["holds"] for seen in found["observations"])
