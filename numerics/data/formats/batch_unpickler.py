"""CIFAR-10's batch files, read without trusting them.

They are pickles, and a pickle may name any function of any module and call it. This unpickler knows the seven
names that the data set's files hold, and gives an inert stand-in for each: no module is ever imported and no
NumPy code runs on unchecked input. The array is built from its shape and bytes, after both are checked.
"""

from __future__ import annotations

import io
import pickle
import pickletools
from dataclasses import dataclass
from math import prod
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from numerics.data.formats.files import read_whole
from theory.errors import DataFileError

_LARGEST = 256 * 2**20  # bytes; the data set's batches have 31 million
_REMEDY = "take the file from the data set's own archive"


class _StoredType:
    """Stands for `numpy.dtype("u1")`."""

    def __init__(self, name: object) -> None:
        self.name = _text(name)

    def __setstate__(self, state: object) -> None:
        """The byte order and flags say nothing about bytes."""


class StoredArray:
    """Stands for an array: `numpy.ndarray.__setstate__` would give it shape, type and bytes."""

    def __init__(self) -> None:
        self._state: object = None

    def __setstate__(self, state: object) -> None:
        self._state = state

    def bytes_matrix(self) -> NDArray[np.uint8]:
        """The (rows, columns) matrix of bytes that was stored.

        Raises:
            ValueError: it is anything else.
        """
        match self._state:
            case (int(), (int(rows), int(columns)), _StoredType(name=kind), order, bytes(content)):
                pass
            case _:
                raise ValueError("the pixels are not a matrix")
        if kind not in ("u1", "uint8"):
            raise ValueError(f"the pixels are of type {kind!r}, not bytes")
        if min(rows, columns) < 0 or prod((rows, columns)) != len(content):
            raise ValueError(f"{len(content)} bytes of pixels do not fill {rows} x {columns}")
        flat = np.frombuffer(content, dtype=np.uint8)
        return flat.reshape((rows, columns), order="F" if order else "C")


@dataclass(frozen=True)  # no slots: early Pythons 3.11 then put their own __setstate__ in place of the one below
class _Name:
    """A name that the files hold. Calling it does the one thing it does there, or is refused."""

    name: str

    def __call__(self, *arguments: object) -> object:
        match self.name, arguments:
            case "encode", (str(text), "latin1"):
                return text.encode("latin1")
            case "bytes", ():
                return b""
            case "dtype", (kind, *_):
                return _StoredType(kind)
            case "_reconstruct", (_Name(name="ndarray"), *_):
                return StoredArray()
        raise pickle.UnpicklingError(f"it calls {self.name!r} in a way that no batch file does")

    def __setstate__(self, state: object) -> None:
        raise pickle.UnpicklingError(f"it changes {self.name!r}, which no batch file does")


_ADMITTED = frozenset(
    {
        ("_codecs", "encode"),
        ("__builtin__", "bytes"),
        ("builtins", "bytes"),
        ("numpy", "dtype"),
        ("numpy", "ndarray"),
        ("numpy.core.multiarray", "_reconstruct"),
        ("numpy._core.multiarray", "_reconstruct"),
    }
)


class _BatchUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> _Name:
        if (module, name) not in _ADMITTED:
            raise pickle.UnpicklingError(f"it asks for {module}.{name}, which no batch file does")
        return _Name(name)


def read_batch(path: Path) -> dict[str, object]:
    """The dictionary in a batch file, by text keys; byte strings inside stay byte strings.

    Raises:
        DataFileError: missing, truncated, not a pickle of a dictionary, or asking for a name that no batch
            file holds.
    """
    content = read_whole(path, _LARGEST)
    try:
        _check_memo(content)
        batch = _BatchUnpickler(io.BytesIO(content), encoding="bytes").load()
        if not isinstance(batch, dict):
            raise pickle.UnpicklingError("it holds no dictionary")
        return {_text(key): value for key, value in batch.items()}
    except Exception as error:  # damaged pickles raise nearly every kind of error
        reason = " ".join(str(error).split()) or type(error).__name__
        raise DataFileError(f"{path}: not a batch file of the data set ({reason}); {_REMEDY}") from None


def _check_memo(content: bytes) -> None:
    """Refuse a memo index that would make the unpickler reserve memory far beyond the file's size."""
    for operation, argument, _ in pickletools.genops(content):
        if operation.name in ("PUT", "BINPUT", "LONG_BINPUT") and int(argument or 0) > len(content):
            raise pickle.UnpicklingError(f"its memo index {argument} is beyond its length")


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("latin1")
    if isinstance(value, str):
        return value
    raise pickle.UnpicklingError(f"it holds a {type(value).__name__} where a name belongs")
