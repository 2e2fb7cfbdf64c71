"""`FILE.npy`: one NumPy array, a table with a column of labels, or features whose labels are in another file.

In `table.npy` the last column is the label, or that of `--label NUMBER`; the fields of a structured array are columns.
With `images.npy --label y.npy` all of the first file is features, of any shape.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from numpy.lib import format as npy
from numpy.typing import NDArray

from numerics.data.dataset import Dataset
from numerics.data.formats.files import existing_file, parse_path
from numerics.data.formats.npy_header import check_header
from numerics.data.source import Source
from numerics.data.subset import Subset
from numerics.data.tables.on_disk import blocks, on_disk, stays_on_disk
from numerics.data.tables.raw_data import Labels, RawData, number_columns
from theory.errors import DataFileError, ParameterError, ShapeError, SharpnessError

_MAPPED = 1 << 28  # bytes; a larger file is read where it is


def _load(name: str, path: Path, subset: Subset) -> Dataset:
    array, reading = _read(path, "fiubV"), subset.reading
    if array.dtype.names is not None:
        names, fields = array.dtype.names, array.ravel()
        table = number_columns(path, names, lambda column: fields[names[column]], reading, "an array of named fields")
        return table.dataset(name, subset)
    if reading.label is not None and reading.label.lower().endswith(".npy"):
        if reading.drop:
            raise ParameterError(f"{path}: --drop is for a table with its label inside; leave it out")
        beside = parse_path(reading.label)
        labels = Labels.of_array(beside, beside.name, _read(beside, "fiubU"))
        return RawData(path, array, labels, description=f"array of {path.name}").dataset(name, subset)
    if array.ndim != 2:
        raise ShapeError(
            f"{path}: an array of shape {array.shape} has no column of labels; give a file of them, with --label y.npy"
        )
    return number_columns(
        path,
        array.shape[1],
        lambda column: array[:, column],
        reading,
        "an array",
        matrix=partial(_columns, array),
    ).dataset(name, subset)


def _columns(array: NDArray[Any], places: Sequence[int]) -> NDArray[Any]:
    """Give some columns in their order, where they are if they stand side by side."""
    first, last = places[0], places[-1] + 1
    if last - first == len(places):
        return array[:, first:last]
    if not stays_on_disk(array):
        return array[:, list(places)]
    made = on_disk((len(array), len(places)), array.dtype)
    for rows in blocks(array):
        made[rows] = array[rows][:, list(places)]
    return made


def _read(path: Path, kinds: str) -> NDArray[Any]:
    existing_file(path)
    try:
        with path.open("rb") as stream:
            size = path.stat().st_size
            check_header(path, "the array", stream, size, kinds, largest=None)
            stream.seek(0)
            if size > _MAPPED:
                array: NDArray[Any] = npy.open_memmap(path, mode="r")
            else:
                array = npy.read_array(stream, allow_pickle=False)
    except (SharpnessError, MemoryError):
        raise
    except Exception as error:  # damaged headers raise nearly every kind of error
        reason = " ".join(str(error).split())
        raise DataFileError(f"{path}: not a whole .npy file ({reason}); save it again with numpy.save") from None
    return array


SOURCE = Source(
    form="npy:FILE",
    example="measurements.npy",
    summary="a NumPy array, one column of which is the label (the last, or --label), or --label y.npy beside it",
    parse=parse_path,
    load=_load,
    suffixes=(".npy",),
    options=("label", "drop", "standardize", "classes"),
)
