"""`FILE.npz`: a NumPy archive with the arrays `X` and `y`.

An archive may come from anyone. What its headers declare is checked before anything is decompressed, and
nothing in it is ever unpickled.
"""

from __future__ import annotations

import zipfile
from math import prod
from pathlib import Path
from typing import IO, Any

from numpy.lib import format as npy
from numpy.typing import NDArray

from numerics.data.dataset import Dataset
from numerics.data.files import existing_file, parse_path
from numerics.data.source import Source
from numerics.data.subset import Subset
from theory.errors import DataFileError, ShapeError, SharpnessError

_LARGEST = 8 * 2**30  # bytes of one array
_HEADER_READERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}


def _load(name: str, path: Path, subset: Subset) -> Dataset:
    existing_file(path)
    try:
        with zipfile.ZipFile(path) as archive:
            X = _read(path, archive, "X")
            y = _read(path, archive, "y")
    except (zipfile.BadZipFile, NotImplementedError, OSError) as error:
        raise DataFileError(f"{path}: not a whole .npz archive ({error}); save it again with numpy.savez") from None
    whole = Dataset(name, X, y)
    rows = subset.rows(name, whole.n_samples)
    return Dataset(name, X[rows], y[rows], f"arrays X and y of {path.name}")


def _read(path: Path, archive: zipfile.ZipFile, array: str) -> NDArray[Any]:
    try:
        member = archive.getinfo(f"{array}.npy")
    except KeyError:
        there = ", ".join(sorted(entry.removesuffix(".npy") for entry in archive.namelist())[:8]) or "nothing"
        raise DataFileError(
            f"{path}: no array {array!r}, it holds {there}; save it with numpy.savez(FILE, X=X, y=y)"
        ) from None
    try:
        with archive.open(member) as stream:
            _check_header(path, array, stream, member.file_size)
        with archive.open(member) as stream:
            values: NDArray[Any] = npy.read_array(stream, allow_pickle=False)
    except SharpnessError:
        raise
    except MemoryError:
        raise
    except Exception as error:  # damaged headers and streams raise nearly every kind of error
        raise DataFileError(f"{path}: array {array!r} is damaged ({error}); save the file again") from None
    return values


def _check_header(path: Path, array: str, stream: IO[bytes], size: int) -> None:
    version = npy.read_magic(stream)
    if version not in _HEADER_READERS:  # 3.0 is for structured arrays, which X and y are not
        raise DataFileError(f"{path}: array {array!r} has format version {version}; save it as a plain array")
    shape, _, dtype = _HEADER_READERS[version](stream)
    if dtype.kind not in "fiub":
        raise DataFileError(f"{path}: array {array!r} holds {dtype.name} values; save real numbers")
    if any(length < 0 for length in shape):
        raise DataFileError(f"{path}: array {array!r} claims the impossible shape {shape}; save the file again")
    wanted = {"X": 2, "y": 1}[array]
    if len(shape) != wanted:
        raise ShapeError(
            f"{path}: {array} has {len(shape)} dimension(s), shape {shape}; "
            f"save {'a matrix with one row per sample' if array == 'X' else 'one number per row of X'}"
        )
    declared = prod(shape) * dtype.itemsize
    if declared > _LARGEST:
        raise DataFileError(
            f"{path}: array {array!r} declares {declared / 2**30:.1f} GiB, more than {_LARGEST // 2**30} GiB; "
            "save fewer samples"
        )
    if stream.tell() + declared != size:
        raise DataFileError(
            f"{path}: array {array!r} declares {declared} bytes, but {size - stream.tell()} are stored; "
            "save the file again"
        )


SOURCE = Source(
    scheme="npz",
    form="npz:FILE",
    example="measurements.npz",
    summary="a NumPy archive with X (N, d) and y (N,)",
    parse=parse_path,
    load=_load,
    suffixes=(".npz",),
)
