"""What the header of a NumPy array declares, checked before the array is believed."""

from __future__ import annotations

from math import prod
from pathlib import Path
from typing import IO

import numpy as np
from numpy.lib import format as npy

from theory.errors import DataFileError

_LARGEST = 8 * 2**30  # bytes of one array
_READERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}


def check_header(
    path: Path, what: str, stream: IO[bytes], size: int, kinds: str = "fiub", largest: int | None = _LARGEST
) -> None:
    """Check what stands at the beginning of a stream of `size` bytes.

    Args:
        path: the file, for messages.
        what: the array, likewise.
        stream: begins with the array.
        size: of the array with its header.
        kinds: NumPy's letters for the types that are taken; V is for fields of the others.
        largest: how many bytes the array may have; None for any number.

    Raises:
        DataFileError: an array of objects, or of another size than declared; what else damaged headers raise is up to
            NumPy.
    """
    version = npy.read_magic(stream)
    if version not in _READERS:  # 3.0 is for names of fields beyond Latin letters
        raise DataFileError(f"{path}: {what} has format version {version}; save it as a plain array")
    shape, _, dtype = _READERS[version](stream)
    _check_type(path, what, dtype, kinds)
    if any(length < 0 for length in shape):
        raise DataFileError(f"{path}: {what} claims the impossible shape {shape}; save the file again")
    declared = prod(shape) * dtype.itemsize
    if largest is not None and declared > largest:
        raise DataFileError(
            f"{path}: {what} declares {declared / 2**30:.1f} GiB, more than {largest // 2**30} GiB; save fewer samples"
        )
    if stream.tell() + declared != size:
        raise DataFileError(
            f"{path}: {what} declares {declared} bytes, but {size - stream.tell()} are stored; save the file again"
        )


def _check_type(path: Path, what: str, dtype: np.dtype, kinds: str) -> None:
    if dtype.fields is not None and "V" in kinds:  # a field is a column
        for name, (of_field, *_) in dtype.fields.items():
            _check_type(path, f"{what}, field {name!r},", of_field, kinds.replace("V", ""))
    elif dtype.kind not in kinds:
        raise DataFileError(f"{path}: {what} holds {dtype.name} values; save real numbers")
