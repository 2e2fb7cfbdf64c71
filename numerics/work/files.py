"""Writing files so that each is whole or not there at any moment, and reading back what was kept."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
from pathlib import Path


def replace_file(path: Path, content: bytes) -> None:
    """Put a file's new content in place in one step, with the permissions that it had.

    A symbolic link stays, and what is no file (a pipe, a terminal) is written through: there is nothing to replace.

    Raises:
        OSError: the disk is full or the folder cannot be written; the former content is untouched.
    """
    try:
        _replace(path.resolve(), content)
    except OSError as error:
        raise type(error)(error.errno, error.strerror, str(path)) from None


def seal(content: bytes) -> bytes:
    """Put a digest before a content, by which damage is seen."""
    return hashlib.sha256(content).hexdigest().encode() + b"\n" + content


def unseal(path: Path) -> bytes | None:
    """Read a sealed file's content; None if it is no file, or damaged.

    Raises:
        OSError: there is nothing, or it cannot be read.
    """
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):  # a pipe, for which nobody is to wait
            return None
        digest, _, content = stream.read().partition(b"\n")
    return content if hashlib.sha256(content).hexdigest().encode() == digest else None


def _replace(path: Path, content: bytes) -> None:
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    descriptor, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with open(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(draft, mode)
        os.replace(draft, path)
        _flush_folder(path.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(draft)
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _flush_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # not every system lets a folder be opened
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
