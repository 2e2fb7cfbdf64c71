"""The record of the law at many widths: its command on small data, and what the page says of the kept one."""

import ast
import json
import re
from html import unescape

import pytest
from click.testing import CliRunner

from book.records import widths
from book.rendering.figures.results import result
from book.rendering.figures.width import law_against_trained, other_activations
from tests.book.built import BOOK, within_rounding

PROBLEM = {"predicted": 2.0, "law": 1.1, "one_neuron": 1.2, "lower": 0.5, "upper": 3.0, "trained": 1.0}


@pytest.mark.slow
def test_the_command_writes_what_it_ran(tmp_path):
    asked = ["--data", "gaussian:60,90", "--subsets", "2", "--widths", "3,4", "--json", str(tmp_path / "found.json")]
    done = CliRunner().invoke(widths.main, asked, catch_exceptions=False)
    assert done.exit_code == 0
    found = json.loads((tmp_path / "found.json").read_text())
    assert [(run["subset"], run["samples"]) for run in found["runs"]] == [(0, 25)] * 6 + [(1, 50)] * 6
    assert found["summary"] == widths.summarize(found["runs"])
    assert "--subsets 2 --widths 3,4" in found["command"]


def test_the_summary_counts_errors_and_what_is_outside():
    runs = [{**PROBLEM, "depth": 2, "width": 8}, {**PROBLEM, "depth": 2, "width": 8, "law": 0.7, "lower": 1.5}]
    found = widths.summarize(runs)
    assert found["outside_bounds"] == runs[1:]
    assert [round(found["law"]["2"][key], 12) for key in ("mean", "largest")] == [0.2, 0.3]
    assert round(found["one_neuron"]["mean"], 12) == 0.2


def test_the_kept_record_is_within_the_bounds_and_the_page_shows_its_errors():
    found = result("widths")
    assert found["summary"] == within_rounding(widths.summarize(found["runs"]))
    assert found["summary"]["outside_bounds"] == []
    assert found["summary"]["law"]["2"]["mean"] < 0.05
    shown = law_against_trained().text
    assert re.search(r"Outside their bounds: 0 of \d+ runs", shown)


def test_the_page_shows_every_network_of_table_5_that_was_trained():
    page = (BOOK / "width.md").read_text(encoding="utf-8")
    names = ast.literal_eval(re.search(r"other_activations\((.*)\)", page)[1])
    computed = [cell for name in names for cell in result(name)["cells"] if cell["status"] == "computed"]
    shown = other_activations(names).text
    assert shown.count("<tr>") == 1 + len(computed)
    assert all(f"{cell['trained']:.0f}" in shown for cell in computed)
    last = {cell["activation"]: cell for cell in computed}
    close = sum(abs(cell["correlation"] - cell["published"]["correlation"]) <= 0.05 for cell in last.values())
    assert f"by the later record of each activation: {close} of {len(last)}." in unescape(shown)
