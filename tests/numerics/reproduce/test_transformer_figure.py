"""Figure 6(b): what it says of its data and its run."""

import dataclasses
import json

import numpy as np
import pytest

from numerics.reproduce.paper_data import GRAMMAR, find_pools, find_sentences
from numerics.reproduce.reproduction import Reproduction
from numerics.reproduce.target import reports
from numerics.reproduce.targets.figure_6b import RUN, TARGETS, observations
from numerics.work.processes import LocalWorkers
from numerics.work.store import Store
from theory.errors import ParameterError

SMALL = dataclasses.replace(RUN, samples=6, steps=6, record_every=2, size=4, blocks=1)


@pytest.fixture
def glue(tmp_path):
    folder = tmp_path / "data" / "SST-2"
    folder.mkdir(parents=True)
    lines = [f"word{k} of a sentence \t{k % 2}\n" for k in range(8)]
    (folder / "train.tsv").write_text("sentence\tlabel\n" + "".join(lines))
    return tmp_path / "data"


def report_of(tmp_path, sentences):
    reproduction = Reproduction(find_pools(None), sentences=sentences)
    (report,) = reports([dataclasses.replace(TARGETS[0], run=SMALL)], reproduction, LocalWorkers(1), Store(tmp_path))
    return report


def test_a_stand_in_is_called_one_in_title_caption_and_record(tmp_path):
    report = report_of(tmp_path, find_sentences(None))
    assert "stand in for SST-2" in report.record["title"]
    assert report.record["data"] == ["sentences of a grammar that stand in for SST-2, N = 6"]
    assert report.record["notes"][0].startswith("SST-2 is not at hand")
    assert all("stand in for SST-2" in panel.title for panel in report.panels)
    assert "stand in" in report.text.splitlines()[0]


def test_with_glues_files_it_is_about_sst2(tmp_path, glue):
    for folder in (glue, glue / "SST-2"):
        sentences = find_sentences(folder)
        assert sentences == f"sst2:{glue}/SST-2"
        report = report_of(tmp_path, sentences)
        assert report.record["data"] == ["SST-2, N = 6"]
        assert "stand" not in json.dumps(report.record)
        assert str(glue) not in json.dumps(report.record)
    curve = report.panels[1].curves[0]
    assert curve.x.tolist() == [0, 2, 4, 6]
    assert np.isfinite(curve.y).all()
    with pytest.raises(ParameterError, match="9 samples asked for"):
        dataclasses.replace(SMALL, data=sentences, samples=9).task(Reproduction({}))
    assert find_sentences(glue.parent) == GRAMMAR


def a_run(sharpness, loss=None):
    steps = 10 * np.arange(len(sharpness))
    loss = np.geomspace(1, 0.1, len(steps)) + 0.05 * np.sin(steps) if loss is None else loss
    return {
        "steps": steps,
        "sharpness": np.asarray(sharpness),
        "loss": loss,
        "step_size": np.array(0.2),
        "outcome": np.array("step limit"),
        "last_step": np.array(steps[-1]),
    }


def test_even_and_odd_steps_are_recorded():
    """At the edge the motion has period two."""
    assert RUN.record_every % 2 == 1


def test_what_is_seen_can_fail():
    arrives = [4.0, *np.linspace(5, 12, 20), 8.0, 12.0, 9.0, *(10 + 0.1 * np.cos(np.arange(60)))]
    found = observations(a_run(arrives))
    assert [seen.holds for seen in found] == [True] * 4
    assert "passes it by step" in found[0].text
    assert "over the last 590 of 830 steps the recorded ones are within 5 % of 2/eta" in found[1].text
    for sharpness, holds in [
        (np.linspace(4, 9.9, 80), [False, False, False, True]),  # never there, though near it at the end
        ([9.0, *arrives[1:]], [False, True, True, True]),
        (arrives[:60], [True, False, True, True]),
        ([*arrives[:-1], 8.0], [True, False, False, True]),
        ([4.0] * 80 + [11.0], [True, False, False, True]),
    ]:
        assert [seen.holds for seen in observations(a_run(sharpness))] == holds
    assert not observations(a_run(arrives, loss=np.geomspace(1, 0.1, len(arrives))))[3].holds
