"""Numeric arrays out of a MATLAB file of level 5, read without trusting it.

`scipy.io.loadmat` builds whatever a file describes, and a few kilobytes can describe terabytes. So `scipy.io.whosmat`
looks first, at the beginnings of the elements alone, which hold an array's class, dimensions and name. `loadmat` then
reads only arrays that were asked for, are numeric, and are as large as the data behind them.
"""

from __future__ import annotations

import io
import os
import struct
import warnings
import zlib
from collections.abc import Sequence
from math import prod
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from numerics.data.formats.files import existing_file
from theory.errors import DataFileError

_LARGEST = 2 * 2**30  # bytes of one array; the data set's have 225 million
_HEADER, _COMPRESSED = 128, 15
_BEGINNING = 4096  # bytes that surely hold an array's class, dimensions and name
_BYTES = {"logical": 1, "single": 4, "double": 8} | {f"{u}int{8 * n}": n for u in ("", "u") for n in (1, 2, 4, 8)}
# A compressed array of bytes cannot be smaller than this: deflate reaches 1032 to 1.
_MOST_EXPANSION = 1100


def read_matrices(path: Path, names: Sequence[str], remedy: str) -> dict[str, NDArray[np.generic]]:
    """Read numeric arrays by name.

    Args:
        path: the file.
        names: which arrays.
        remedy: what a user can do about a bad file, for the error's message.

    Raises:
        DataFileError: missing, unreadable, truncated, not a file of level 5, without one of the arrays, or with one
            that is not numeric or declares a size that its data do not have.
    """
    from scipy.io import loadmat, whosmat  # here, because importing it takes half a second

    existing_file(path)
    try:
        with path.open("rb") as stream, warnings.catch_warnings():
            warnings.simplefilter("error")  # two arrays of one name, or one that cannot be read
            beginnings, lengths = _beginnings(stream)
            for (name, shape, kind), length in zip(whosmat(beginnings), lengths, strict=True):  # type: ignore[arg-type]
                if name in names:
                    _check_size(name, shape, kind, length)
            read = loadmat(path, variable_names=list(names), mat_dtype=False, appendmat=False)
    except MemoryError:
        raise
    except Exception as error:  # damaged files raise nearly every kind of error
        if isinstance(error, OSError) and error.errno is not None:  # of the system; SciPy's own have no number
            raise DataFileError(f"{path}: {error.strerror}; check the file's permissions") from None
        reason = " ".join(str(error).split()) or type(error).__name__
        raise DataFileError(f"{path}: not a whole MATLAB file ({reason}); {remedy}") from None
    for name in names:
        if name not in read:
            raise DataFileError(f"{path}: it holds no array {name!r}; {remedy}")
        if read[name].dtype.kind not in "uif":
            raise DataFileError(f"{path}: {name!r} is not an array of real numbers; {remedy}")
    return {name: read[name] for name in names}


def _beginnings(stream: IO[bytes]) -> tuple[IO[bytes], list[int]]:
    """Give a file of the elements' beginnings alone, unpacked, and the length of each element as it declares it."""
    header = stream.read(_HEADER)
    if header[124:] not in (b"\x00\x01IM", b"\x01\x00MI"):
        raise ValueError("it has not the header of level 5")
    tag = struct.Struct("<II" if header[126:] == b"IM" else ">II")
    shortened, lengths = io.BytesIO(header), []
    shortened.seek(_HEADER)
    place, end = _HEADER, os.fstat(stream.fileno()).st_size
    while place < end:
        stream.seek(place)
        kind, length = tag.unpack(stream.read(8))
        place += 8 + length
        if place > end:
            raise ValueError(f"an element declares {length} bytes, but {end - place + length} are left")
        start = stream.read(min(length, 16 * _BEGINNING))
        if kind == _COMPRESSED:
            start, packed = zlib.decompressobj().decompress(start, _BEGINNING), length
            kind, length = tag.unpack(start[:8])
            if length > _MOST_EXPANSION * packed:
                raise ValueError(f"an element of {packed} bytes claims to unpack to {length}")
            start = start[8:]
        start = start[: min(length, _BEGINNING)]
        shortened.write(tag.pack(kind, len(start)) + start)
        lengths.append(length)
    shortened.seek(0)
    return shortened, lengths


def _check_size(name: str, shape: tuple[int, ...], kind: str, stored_bytes: int) -> None:
    if kind not in _BYTES:
        raise ValueError(f"{name!r} is not an array of real numbers")
    if any(length < 0 for length in shape):
        raise ValueError(f"{name!r} claims the impossible shape {shape}")
    numbers = prod(shape)
    if numbers * _BYTES[kind] > _LARGEST:
        raise ValueError(f"{name!r} declares {numbers * _BYTES[kind] / 2**30:.1f} GiB")
    # MATLAB may store wide numbers in a narrow type: a number takes one byte at least, and a complex one 16 at most.
    if not numbers <= stored_bytes <= 16 * numbers + _BEGINNING:
        raise ValueError(f"{name!r} declares {numbers} numbers, but {stored_bytes} bytes are stored")
