"""Tables of more numbers than memory should hold are the same data as small ones, only on the disk."""

import numpy as np
import pandas
import pyarrow
import pytest
from pyarrow import parquet

from numerics.data import Reading, load
from numerics.data.first_look import first_look
from numerics.data.known_sources import npy
from numerics.data.tables import on_disk
from theory.errors import DataFileError, SharpnessError


@pytest.fixture
def large(monkeypatch):
    """From here on little is large, and a block is some rows."""

    def small_limits():
        monkeypatch.setattr(on_disk, "MANY", 20)
        monkeypatch.setattr(on_disk, "_BLOCK", 12)
        monkeypatch.setattr(npy, "_MAPPED", 20)
        monkeypatch.setattr("numerics.data.known_sources.parquet._ROWS", 4)

    return small_limits


def folder_of(path, frame, parts=3):
    path.mkdir()
    for part, rows in enumerate(np.array_split(np.arange(len(frame)), parts)):
        frame.iloc[rows].to_parquet(path / f"part-{part}.parquet")
    return str(path)


def frame_of(kind="float64", rows=19):
    table = np.random.default_rng(5).integers(-99, 99, (rows, 4)).astype(kind)
    table[:, 1], table[:, 3] = np.arange(rows) * 3, 7
    return pandas.DataFrame(table, columns=list("abcd")).assign(y=np.arange(rows) % 3)


@pytest.mark.parametrize("how", [None, "columns"])
@pytest.mark.parametrize("kind", ["float64", "float32", "int16", "int64"])
@pytest.mark.parametrize("form", ["folder", "file", "npy"])
def test_a_large_table_is_the_same_data_on_the_disk(tmp_path, large, how, kind, form):
    frame, path = frame_of(kind), str(tmp_path / "t.parquet")
    if form == "folder":
        folder_of(tmp_path / "t.parquet", frame)
    elif form == "file":
        frame.to_parquet(path)
    else:
        path = str(tmp_path / "t.npy")
        np.save(path, frame.to_numpy().astype("f8"))
    readings = [Reading(standardize=how), Reading(standardize=how, label="3"), Reading(standardize=how, drop=("2",))]
    small = [load(path, reading=reading) for reading in readings]
    large()
    for expected, reading in zip(small, readings, strict=True):
        found = load(path, reading=reading)
        assert isinstance(found.X, np.memmap)
        assert not isinstance(expected.X, np.memmap)
        assert np.allclose(found.X, expected.X, rtol=1e-15, atol=1e-15)
        assert how or np.array_equal(found.X, expected.X)
        assert np.array_equal(found.y, expected.y)
        assert first_look(found) == first_look(expected)
        assert found.spectrum().difficulty == pytest.approx(expected.spectrum().difficulty, rel=1e-12)
        assert found.numbers.exact.rank == expected.numbers.exact.rank


def test_channels_of_large_images_are_standardized_on_the_disk(tmp_path, large):
    images, y = np.random.default_rng(0).integers(0, 256, (9, 6, 5, 3)).astype(np.float32), np.arange(9)
    np.save(tmp_path / "X.npy", images)
    np.save(tmp_path / "y.npy", y)
    reading = Reading(label=str(tmp_path / "y.npy"), standardize="channels")
    expected = load(str(tmp_path / "X.npy"), reading=reading)
    large()
    found = load(str(tmp_path / "X.npy"), reading=reading)
    assert isinstance(found.X, np.memmap)
    assert np.allclose(found.X, expected.X, rtol=1e-14)
    channels = found.X.reshape(9, 3, -1)
    assert np.allclose(channels.mean(axis=(0, 2)), 0, atol=1e-14)
    assert np.allclose(channels.std(axis=(0, 2)), 1)


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), "Bonn"])
def test_what_is_wrong_with_a_large_table_is_said_as_of_a_small_one(tmp_path, large, value):
    frame = frame_of()
    frame["c"] = [value if row == 11 else 1 for row in range(len(frame))]
    if isinstance(value, str):
        frame["c"] = frame["c"].astype(str)
    path = folder_of(tmp_path / "t.parquet", frame)
    with pytest.raises(SharpnessError) as expected:
        load(path)
    large()
    with pytest.raises(type(expected.value)) as found:
        load(path)
    assert "\n" not in str(found.value)
    assert str(found.value) == str(expected.value)
    assert "row 12" in str(found.value) or "holds 'Bonn'" in str(found.value) or "holds '1'" in str(found.value)


def test_whole_numbers_beyond_float64_are_exact_in_a_large_table_too(tmp_path, large):
    frame = frame_of("int64").assign(a=2**60 + np.arange(19))
    frame.to_parquet(tmp_path / "t.parquet")
    large()
    data = load(str(tmp_path / "t.parquet"))
    assert data.exact_reading.exactly()[0][18][0] == 2**60 + 18


def test_a_large_table_is_read_without_its_copy_in_memory(tmp_path, large):
    """The copy has no name: nothing is left behind, whoever dies."""
    folder_of(tmp_path / "t.parquet", frame_of())
    large()
    data = load(str(tmp_path / "t.parquet"))
    assert data.X.filename is None or not data.X.filename.exists()
    data.X.max()


def test_files_of_a_folder_have_the_same_columns(tmp_path):
    path = folder_of(tmp_path / "t.parquet", frame_of())
    frame_of().assign(more=1).to_parquet(tmp_path / "t.parquet" / "part-9.parquet")
    with pytest.raises(DataFileError, match=r"part-9\.parquet: not every file of the folder has a column 'more'"):
        load(path)


def test_two_columns_of_one_name_are_refused(tmp_path):
    columns = [pyarrow.array([1, 2])] * 3
    parquet.write_table(pyarrow.table(columns, names=["a", "a", "y"]), tmp_path / "t.parquet")
    with pytest.raises(DataFileError, match=r"cannot be read as Parquet .*duplicate field names"):
        load(str(tmp_path / "t.parquet"))


def test_folders_may_name_a_column(tmp_path):
    frame_of().assign(k=np.arange(19) % 2).to_parquet(tmp_path / "t.parquet", partition_cols=["k"])
    data = load(str(tmp_path / "t.parquet"), reading=Reading(label="y"))
    assert data.feature_names[-1] == "column 6, 'k'"
    assert data.X[:, -1].tolist() == [0] * 10 + [1] * 9
