"""Results of finished tasks on disk, one file each, whole or not there."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
from pathlib import Path

import numpy as np
import platformdirs

from numerics.work.files import replace_file, seal, unseal
from numerics.work.task import Arrays
from theory.errors import SharpnessError


class Store:
    """A folder with one file for each finished task, named by its key.

    A file holds a digest and then an `.npz` archive. One that is damaged counts as not there.

    Args:
        folder: where.
        needed: whether a folder that cannot be written is an error, or costs the next run its time and nothing else.

    Examples:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     store = Store(Path(folder))
        ...     store.save("a-key", {"x": np.array([1.0])})
        ...     store.load("a-key")["x"].tolist(), store.load("another") is None
        ([1.0], True)
    """

    def __init__(self, folder: Path, *, needed: bool = True) -> None:
        self.folder, self._needed = folder, needed

    def load(self, key: str) -> Arrays | None:
        """Read a result, or None."""
        try:
            content = unseal(self._path(key)) or b""
            with np.load(io.BytesIO(content), allow_pickle=False) as archive:
                return {name: archive[name] for name in archive.files}
        except Exception:  # no file, a damaged one, or what else than an archive has a digest before it
            return None

    def save(self, key: str, result: Arrays) -> None:
        """Keep a result.

        Raises:
            SharpnessError: the folder cannot be written, and is needed.
        """
        packed = io.BytesIO()
        np.savez(packed, **result)  # type: ignore[arg-type]  # any name of a keyword will do
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _clear(path)
            replace_file(path, seal(packed.getvalue()))
        except OSError as error:
            if self._needed:
                raise SharpnessError(
                    f"{error.filename or path}: {error.strerror}; results are kept there: make room, "
                    "or set SHARPNESS_CACHE to another folder"
                ) from None

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.result"

    def __len__(self) -> int:
        return sum(1 for _ in self.folder.glob("*/*.result"))


def cache_folder(room: str) -> Path:
    """Where results of one kind are kept: in `SHARPNESS_CACHE`, or the user's cache folder."""
    chosen = os.environ.get("SHARPNESS_CACHE")
    return (Path(chosen) if chosen else Path(platformdirs.user_cache_dir("minimalist-sharpness"))) / room


def _clear(path: Path) -> None:
    """Take away what is no file, and so no result."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    elif not path.is_file():
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
