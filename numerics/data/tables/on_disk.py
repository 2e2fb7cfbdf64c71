"""Numbers too many for memory: in a file without a name, gone with whoever maps it; worked on in blocks of rows."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from math import prod
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

MANY = 1 << 26
"""Numbers of an array that is made on the disk where memory need not hold it."""
_BLOCK = 1 << 24  # numbers at a time


def stays_on_disk(values: Any) -> bool:
    """Whether an array is memory-mapped and so large that it is worked on where it is, a block of rows at a time."""
    return isinstance(values, np.memmap) and values.size > MANY and values.dtype.kind == "f"


def on_disk(shape: tuple[int, ...], dtype: DTypeLike) -> np.memmap[Any, Any]:
    """Make an array in a file of the folder for temporary files, which TMPDIR names.

    Raises:
        OSError: there is no room.

    Examples:
        >>> on_disk((2, 3), np.float64).shape
        (2, 3)
    """
    with tempfile.TemporaryFile() as file:
        os.posix_fallocate(file.fileno(), 0, max(1, prod(shape) * np.dtype(dtype).itemsize))
        return np.memmap(file, dtype=dtype, mode="r+", shape=shape)


def room_for(X: NDArray[Any], shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Make an array in float64 for what is computed of X: on the disk where X is, if it is large."""
    return on_disk(shape, np.float64) if isinstance(X, np.memmap) and prod(shape) > MANY else np.empty(shape)


def blocks(X: NDArray[Any]) -> Iterator[slice]:
    """Give the rows of X, shape `(N, ...)`, a block at a time.

    Examples:
        >>> list(blocks(np.ones((3, 2))))
        [slice(0, 3, None)]
    """
    rows = max(1, _BLOCK // max(1, prod(X.shape[1:])))
    for first in range(0, len(X), rows):
        yield slice(first, min(first + rows, len(X)))


def in_blocks(X: NDArray[Any]) -> Iterator[NDArray[np.float64]]:
    """Give the same in float64.

    Examples:
        >>> [block.tolist() for block in in_blocks(np.array([[1, 2]]))]
        [[[1.0, 2.0]]]
    """
    for rows in blocks(X):
        yield np.ascontiguousarray(X[rows], dtype=np.float64)
