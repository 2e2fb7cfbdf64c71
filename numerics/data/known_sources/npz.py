"""`FILE.npz`: a NumPy archive with the arrays `X` and `y`.

An archive may come from anyone. What its headers declare is checked before anything is decompressed, and
nothing in it is ever unpickled.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from numpy.lib import format as npy
from numpy.typing import NDArray

from numerics.data.dataset import Dataset
from numerics.data.formats.files import existing_file, parse_path
from numerics.data.formats.npy_header import check_header
from numerics.data.source import Source
from numerics.data.subset import Subset
from numerics.data.tables.raw_data import Labels, RawData
from theory.errors import DataFileError, SharpnessError


def _load(name: str, path: Path, subset: Subset) -> Dataset:
    existing_file(path)
    try:
        with zipfile.ZipFile(path) as archive:
            X = _read(path, archive, "X")
            y = _read(path, archive, "y")
    except NotImplementedError as error:  # a compression or a version of zip that Python lacks
        raise DataFileError(f"{path}: Python cannot unpack it ({error}); save it again with numpy.savez") from None
    except (zipfile.BadZipFile, OSError) as error:
        raise DataFileError(f"{path}: not a whole .npz archive ({error}); save it again with numpy.savez") from None
    return RawData(
        path, X, Labels.of_array(path, "the array y", y), description=f"arrays X and y of {path.name}"
    ).dataset(name, subset)


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
            check_header(path, f"array {array!r}", stream, member.file_size, "fiub" if array == "X" else "fiubU")
        with archive.open(member) as stream:
            values: NDArray[Any] = npy.read_array(stream, allow_pickle=False)
    except (SharpnessError, MemoryError, NotImplementedError):
        raise
    except Exception as error:  # damaged headers and streams raise nearly every kind of error
        raise DataFileError(f"{path}: array {array!r} is damaged ({error}); save the file again") from None
    return values


SOURCE = Source(
    form="npz:FILE",
    example="measurements.npz",
    summary="a NumPy archive with X (N, d), or images with more axes, and y (N,)",
    parse=parse_path,
    load=_load,
    suffixes=(".npz",),
    options=("standardize", "classes"),
)
