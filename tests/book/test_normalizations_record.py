"""The record of how images are centred: its command on small data, and what the page says of the kept one."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

from book.records import normalizations
from book.rendering.figures.results import result
from book.rendering.figures.width import normalizations as shown
from tests.book.built import within_rounding


def test_channels_are_centred_and_scaled_one_by_one():
    images = np.random.default_rng(0).normal(size=(7, 12)) * np.repeat([1.0, 2.0, 5.0], 4) + np.repeat(
        [0.0, 1.0, 9.0], 4
    )
    for channel in np.split(normalizations.standardized(images, images), 3, axis=1):
        assert channel.mean() == pytest.approx(0, abs=1e-12)
        assert channel.std() == pytest.approx(1)
    by = np.tile(np.repeat([1.0, 2.0], 2), (2, 3)) + np.repeat([0.0, 10.0, 20.0], 4)
    moved = normalizations.standardized(images, by)
    np.testing.assert_allclose(moved[:, 4:8], (images[:, 4:8] - 11.5) / 0.5)


def test_images_on_one_side_are_told_from_those_on_both():
    x = np.array([[1.0, 0.0, 0.0]])
    assert normalizations.one_sided(np.vstack([x, 1.5 * x, x])) > 0.95
    assert normalizations.one_sided(np.vstack([x, -x, 1.1 * x, -1.1 * x])) == pytest.approx(0, abs=1e-12)


@pytest.mark.slow
def test_the_command_writes_what_it_ran(tmp_path, monkeypatch):
    monkeypatch.setattr(normalizations, "WIDTH", 4)
    monkeypatch.setattr(normalizations, "SAMPLES", 6)
    asked = ["--data", "gaussian:12,30", "--draws", "3", "--first-seed", "7", "--json", str(tmp_path / "found.json")]
    done = CliRunner().invoke(normalizations.main, asked, catch_exceptions=False)
    assert done.exit_code == 0
    found = json.loads((tmp_path / "found.json").read_text())
    seeds = {name: [run["seed"] for run in runs] for name, runs in found["runs"].items()}
    assert seeds == {name: [7, 8, 9] for name in ("training set", "two classes", "draw")}
    assert "--draws 3 --first-seed 7" in found["command"]


def test_a_share_and_its_error():
    source = np.random.default_rng(0)

    def runs(n):
        linear = source.normal(10, 1, n)
        return [
            {
                "predicted": 0.6 * x + source.normal(0, 0.1),
                "one_sided": 0.1 + i % 2,
                "trained": {
                    "identity": x,
                    "tanh": x / 2 + source.normal(0, 1e-9),
                    "silu": 2 + 0.1 * x + source.normal(0, 0.3),
                    "elu": x**2,
                },
            }
            for i, x in enumerate(linear)
        ]

    many = [normalizations.summarize(runs(40))["silu"] for _ in range(400)]
    assert normalizations.summarize(runs(5))["tanh"]["share"] == pytest.approx(0.5)
    assert normalizations.summarize(runs(5))["tanh"]["share_error"] < 1e-9
    spread = np.std([one["share"] for one in many])
    assert np.mean([one["share_error"] for one in many]) == pytest.approx(spread, rel=0.15)


def test_the_page_shows_the_kept_record():
    found = result("normalizations")
    summary = {name: normalizations.summarize(runs) for name, runs in found["runs"].items()}
    assert found["summary"] == within_rounding(summary)
    text = shown().text
    for summary in found["summary"].values():
        assert all(f"{of['correlation']:.2f} (" in text for of in summary.values())
        assert all(f"{summary[name]['share']:.3f} (" in text for name in ("tanh", "silu", "elu"))
