"""What every source that reads a file does first."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path

from theory.did_you_mean import did_you_mean
from theory.errors import DataFileError

_LARGEST_TEXT = 16 * 2**30  # bytes


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
    if there:
        raise DataFileError(f"{path}: not a file; check the path")
    raise DataFileError(f"{path}: no such file; check the path{_near(path)}")


def _near(path: Path) -> str:
    """Files of the same folder that may have been meant."""
    try:
        return did_you_mean(path.name, [one.name for one in path.parent.iterdir() if one.suffix == path.suffix])
    except OSError:
        return ""


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


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, or of UTF-16 as spreadsheets mark it, which may be compressed by gzip.

    Raises:
        DataFileError: missing, unreadable, damaged, larger than 16 GiB, or no UTF-8 text.
    """
    content = read_whole(path, _LARGEST_TEXT)
    if path.suffix.lower() == ".gz":
        content = _decompressed(path, content)
    try:
        return content.decode("utf-16" if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataFileError(f"{path}: not UTF-8 text ({error.reason}); save it as UTF-8") from None


def _decompressed(path: Path, content: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
            text = stream.read(_LARGEST_TEXT + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DataFileError(f"{path}: not a whole gzip file ({error}); compress it again") from None
    if len(text) > _LARGEST_TEXT:
        raise DataFileError(f"{path}: more than {_LARGEST_TEXT // 2**30} GiB of text; take fewer rows")
    return text
