"""Results of finished tasks on disk, one file each, whole or not there."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from pathlib import Path

import numpy as np
import platformdirs

from numerics.work.files import replace_file
from numerics.work.task import Arrays
from theory.errors import SharpnessError


class Store:
    """A folder with one file for each finished task, named by its key.

    A file holds a digest and then an `.npz` archive. One that is damaged counts as not there.

    Args:
        folder: where; None for `SHARPNESS_CACHE`, or the user's cache folder.

    Examples:
        >>> import tempfile
        >>> store = Store(Path(tempfile.mkdtemp()))
        >>> store.save("a-key", {"x": np.array([1.0])})
        >>> store.load("a-key")["x"].tolist(), store.load("another") is None
        ([1.0], True)
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = default_folder() if folder is None else folder

    def load(self, key: str) -> Arrays | None:
        """Read a result, or None."""
        try:
            digest, _, content = self._path(key).read_bytes().partition(b"\n")
        except OSError:
            return None
        if hashlib.sha256(content).hexdigest().encode() != digest:
            return None
        try:
            with np.load(io.BytesIO(content), allow_pickle=False) as archive:
                return {name: archive[name] for name in archive.files}
        except (ValueError, OSError, zipfile.BadZipFile):
            return None

    def save(self, key: str, result: Arrays) -> None:
        """Keep a result.

        Raises:
            SharpnessError: the folder cannot be written.
        """
        packed = io.BytesIO()
        np.savez(packed, **result)  # type: ignore[arg-type]  # any name of a keyword will do
        content = packed.getvalue()
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
        except OSError as error:
            raise SharpnessError(
                f"{error.filename or path}: {error.strerror}; results are kept there: make room, "
                "or set SHARPNESS_CACHE to another folder"
            ) from None

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.result"

    def __len__(self) -> int:
        return sum(1 for _ in self.folder.glob("*/*.result"))


def default_folder() -> Path:
    """Where results are kept: `SHARPNESS_CACHE`, or the user's cache folder."""
    chosen = os.environ.get("SHARPNESS_CACHE")
    return (Path(chosen) if chosen else Path(platformdirs.user_cache_dir("minimalist-sharpness"))) / "sweeps"
