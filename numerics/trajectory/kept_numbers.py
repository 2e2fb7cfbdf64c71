"""The numbers of a run's model beside its checkpoint.

A decomposition has other last bits with another number of threads, library or processor. A run that goes on takes the
numbers that it began with, whatever its data would come to now.
"""

from __future__ import annotations

import dataclasses
import hashlib
import io
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.base import Arithmetic
from numerics.model.base import Model
from numerics.work.checkpoint import CheckpointError
from numerics.work.files import replace_file, seal, unseal

FILE_NAME = "model.npz"


def keep_numbers(model: Model, folder: Path) -> str:
    """Write a model's numbers into a folder, exactly, and give their digest.

    Raises:
        OSError: the folder cannot be written.
    """
    a, packed = model.arithmetic, io.BytesIO()
    texts = np.vectorize(a.to_text, otypes=[np.str_])
    arrays: dict[str, NDArray[Any]] = {
        name: value if isinstance(value, np.ndarray) and value.dtype.kind == "f" else texts(value)
        for name, value in _numbers(model).items()
    }
    np.savez(packed, **arrays)  # type: ignore[arg-type]  # any name of a keyword will do
    folder.mkdir(parents=True, exist_ok=True)
    replace_file(folder / FILE_NAME, seal(packed.getvalue()))
    return _digest(packed.getvalue())


def with_kept_numbers(model: Model, folder: Path, digest: str) -> Model:
    """Give the same model with the numbers that a folder keeps.

    Raises:
        CheckpointError: they are not there, damaged, or of another run.
    """
    path, a = folder / FILE_NAME, model.arithmetic
    content = unseal(path) if path.exists() else None
    if content is None or _digest(content) != digest:
        raise CheckpointError(f"{path} is missing or damaged; start the run again in another folder")
    values: dict[str, Any] = {}
    with np.load(io.BytesIO(content), allow_pickle=False) as archive:
        for name in archive.files:
            array = archive[name]
            if array.dtype.kind == "U":
                read = np.empty(array.shape, dtype=a.dtype)
                read[...] = np.vectorize(a.from_text, otypes=[a.dtype])(array)
                values[name] = read if array.ndim else read[()]
            else:
                values[name] = array
    replaced: Model = dataclasses.replace(model, **values)  # type: ignore[type-var]  # every model is a dataclass
    return replaced


def _numbers(model: Model) -> dict[str, Any]:
    """Give everything in a model but its arithmetic, its sizes and its names."""
    values = {one.name: getattr(model, one.name) for one in dataclasses.fields(model)}  # type: ignore[arg-type]
    return {
        name: value for name, value in values.items() if not isinstance(value, int | str | tuple | Arithmetic | None)
    }


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
