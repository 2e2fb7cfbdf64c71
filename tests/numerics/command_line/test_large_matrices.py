"""Large matrices by the command: read where they are, with signs of life."""

import json

import numpy as np
import pytest

from numerics.data import Reading, load
from numerics.spectrum.large_matrices import reduction
from tests.numerics.spectrum.test_reduction import rectangle


def test_a_memory_mapped_file_is_read_where_it_is_and_work_on_it_is_seen(monkeypatch, command, tmp_path):
    X, y = rectangle(11, 5000, 6, dtype=np.float32)
    np.save(tmp_path / "x.npy", X)
    np.save(tmp_path / "y.npy", y)
    asked = ("bounds", str(tmp_path / "x.npy"), "--label", str(tmp_path / "y.npy"), "--json", "-")
    plain = command(*asked)
    assert plain.stderr == ""
    monkeypatch.setattr("numerics.data.known_sources.npy._MAPPED", 1000)
    monkeypatch.setattr("numerics.data.tables.on_disk.MANY", 1000)
    monkeypatch.setattr(reduction, "_MANY", 1000)
    mapped_data = load(asked[1], reading=Reading(label=asked[3]))
    assert isinstance(mapped_data.X, np.memmap)
    mapped = command(*asked)
    assert [line.partition(":")[0] for line in mapped.stderr.splitlines()] == ["reducing", "decomposing", "solving"]
    found, expected = json.loads(mapped.stdout), json.loads(plain.stdout)
    assert found["difficulty"] == pytest.approx(expected["difficulty"], rel=1e-12)
    assert found["depths"][0]["exact"] == pytest.approx(expected["depths"][0]["exact"], rel=1e-10)


def test_no_cluster_is_one_line(command):
    refused = command("bounds", "digits:3,5", "--cluster", "nonsense")
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)
    assert "no Dask scheduler answers at 'nonsense'" in refused.stderr
