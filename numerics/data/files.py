"""What every source that reads a file does first."""

from __future__ import annotations

import os
from pathlib import Path

from theory.errors import DataFileError


def parse_path(text: str) -> Path:
    """The path that a user wrote, with `~` replaced by the home folder.

    Raises:
        ValueError: nothing was written.
    """
    if not text.strip():
        raise ValueError("no file is named")
    try:
        return Path(text).expanduser()
    except RuntimeError:  # ~nobody: no such user
        return Path(text)


def existing_file(path: Path) -> None:
    """Refuse what is not there or is not a file.

    Raises:
        DataFileError: says which of the two.
    """
    try:
        if path.is_file():
            return
        there = path.exists()
    except OSError as error:
        raise DataFileError(f"{path}: {error.strerror}; check the path") from None
    raise DataFileError(f"{path}: {'not a file' if there else 'no such file'}; check the path")


def read_whole(path: Path, largest: int) -> bytes:
    """The bytes of a file of at most `largest` bytes.

    Raises:
        DataFileError: missing, unreadable or larger.
    """
    existing_file(path)
    try:
        with path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            content = stream.read() if size <= largest else b""
    except OSError as error:
        raise DataFileError(f"{path}: {error.strerror}; check the file's permissions") from None
    if size > largest:
        raise DataFileError(f"{path}: larger than {largest // 2**20} MiB, so not what it claims to be; check the path")
    return content
