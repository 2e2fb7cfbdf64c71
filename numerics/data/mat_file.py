"""Numeric arrays out of a MATLAB file of level 5, read without trusting it.

`scipy.io.loadmat` builds whatever a file describes, and a few kilobytes can describe terabytes. So the file is walked
first, without building anything: every element's declared length must lie inside the file, and of compressed
elements the first bytes are unpacked, which hold an array's class, dimensions and name. SciPy then reads only arrays
that were asked for, are numeric, and are as large as the data behind them.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from numerics.data.files import existing_file
from theory.errors import DataFileError

_LARGEST = 2 * 2**30  # bytes of one array; the data set's have 225 million
_HEADER = 128
_MATRIX, _COMPRESSED = 14, 15
_UINT32, _INT32, _INT8 = 6, 5, 1
_PEEK = 4096  # bytes that surely hold an array's class, dimensions and name
_NUMERIC_CLASSES = {6: 8, 7: 4, 8: 1, 9: 1, 10: 2, 11: 2, 12: 4, 13: 4, 14: 8, 15: 8}  # and bytes of a number
_COMPLEX = 0x0800
# A compressed array of bytes cannot be smaller than this: deflate reaches 1032 to 1.
_MOST_EXPANSION = 1100


@dataclass(frozen=True)
class _Array:
    name: str
    shape: tuple[int, ...]
    item_bytes: int
    stored_bytes: int


def read_matrices(path: Path, names: Sequence[str], remedy: str) -> dict[str, NDArray[Any]]:
    """Read numeric arrays by name.

    Args:
        path: the file.
        names: which arrays.
        remedy: what a user can do about a bad file, for the error's message.

    Raises:
        DataFileError: missing, unreadable, truncated, not a file of level 5, without one of the arrays, or with one
            that is not numeric or declares a size that its data do not have.
    """
    from scipy.io import loadmat  # here, because importing it takes half a second

    existing_file(path)
    try:
        with path.open("rb") as stream:
            for array in _arrays(stream, names):
                _check_size(array)
        read = loadmat(path, variable_names=list(names), mat_dtype=False, chars_as_strings=False)
    except OSError as error:
        raise DataFileError(f"{path}: {error.strerror or error}; check the file's permissions") from None
    except MemoryError:
        raise
    except Exception as error:  # damaged files raise nearly every kind of error
        reason = " ".join(str(error).split()) or type(error).__name__
        raise DataFileError(f"{path}: not a whole MATLAB file ({reason}); {remedy}") from None
    missing = [name for name in names if not isinstance(read.get(name), np.ndarray)]
    if missing:
        raise DataFileError(f"{path}: it holds no array {missing[0]!r}; {remedy}")
    return {name: read[name] for name in names}


def _arrays(stream: IO[bytes], names: Sequence[str]) -> Iterator[_Array]:
    """Walk the elements and describe the arrays with these names."""
    header = stream.read(_HEADER)
    if len(header) < _HEADER or header[124:128] not in (b"\x00\x01IM", b"\x01\x00MI"):
        raise ValueError("it has not the header of level 5")
    order = "<" if header[126:128] == b"IM" else ">"
    end = stream.seek(0, 2)
    place = _HEADER
    while place < end:
        stream.seek(place)
        tag = stream.read(8)
        if len(tag) < 8:
            raise ValueError("it ends within an element")
        kind, in_file = struct.unpack(f"{order}II", tag)
        if place + 8 + in_file > end:
            raise ValueError(f"an element declares {in_file} bytes, but {end - place - 8} are left")
        length, content = in_file, stream.read(min(in_file, 16 * _PEEK))
        packed = kind == _COMPRESSED
        if packed:
            kind, length, content = _unpacked(content, order, in_file)
        if kind == _MATRIX:
            array = _described(content[:_PEEK], order, length)
            if array.name in names:
                yield array
        place += 8 + in_file
        if not packed:
            place += -place % 8


def _unpacked(content: bytes, order: str, length: int) -> tuple[int, int, bytes]:
    """Give the element inside a compressed one: its kind, its length and its beginning."""
    first = zlib.decompressobj().decompress(content, _PEEK + 8)
    if len(first) < 8:
        raise ValueError("a compressed element is empty")
    kind, inner = struct.unpack(f"{order}II", first[:8])
    if inner > _MOST_EXPANSION * length:
        raise ValueError(f"an element of {length} bytes claims to unpack to {inner}")
    return kind, inner, first[8:]


def _described(content: bytes, order: str, length: int) -> _Array:
    """Read an array's class, dimensions and name. One that is not of real numbers has no `item_bytes`."""
    kind, flags, place = _element(content, 0, order)
    if kind != _UINT32 or len(flags) < 8:
        raise ValueError("an array has no flags")
    word = struct.unpack(f"{order}I", flags[:4])[0]
    kind, dimensions, place = _element(content, place, order)
    if kind != _INT32 or len(dimensions) % 4 or not 2 <= len(dimensions) // 4 <= 32:
        raise ValueError("an array has no dimensions")
    shape = struct.unpack(f"{order}{len(dimensions) // 4}i", dimensions)
    kind, name, place = _element(content, place, order)
    if kind != _INT8:
        raise ValueError("an array has no name")
    text = name.decode("latin1")
    if word & 0xFF not in _NUMERIC_CLASSES or word & _COMPLEX:
        return _Array(text, (), 0, length - place)
    return _Array(text, shape, _NUMERIC_CLASSES[word & 0xFF], length - place)


def _element(content: bytes, place: int, order: str) -> tuple[int, bytes, int]:
    """Give an element's kind and content, and where the next one begins."""
    if len(content) < place + 8:
        raise ValueError("an array's header is cut off")
    kind, length = struct.unpack(f"{order}II", content[place : place + 8])
    if kind >> 16:  # the small form: length and kind share a word, and the content its second word
        length, kind = kind >> 16, kind & 0xFFFF
        return kind, content[place + 4 : place + 4 + min(length, 4)], place + 8
    if len(content) < place + 8 + length:
        raise ValueError("an array's header is cut off")
    return kind, content[place + 8 : place + 8 + length], place + 8 + length + -length % 8


def _check_size(array: _Array) -> None:
    if not array.item_bytes:
        raise ValueError(f"{array.name!r} is not an array of real numbers")
    if any(length < 0 for length in array.shape):
        raise ValueError(f"{array.name!r} claims the impossible shape {array.shape}")
    numbers = prod(array.shape)
    if numbers * array.item_bytes > _LARGEST:
        raise ValueError(f"{array.name!r} declares {numbers * array.item_bytes / 2**30:.1f} GiB")
    # MATLAB may store wide numbers in a narrow type: one byte is the least that a number takes.
    if numbers > array.stored_bytes:
        raise ValueError(f"{array.name!r} declares {numbers} numbers, but {array.stored_bytes} bytes are stored")
