"""Writing files so that each is whole or not there at any moment, and reading back what was kept."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import stat
from collections.abc import Iterator
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
    draft = path.with_name(f".{path.name}.draft")
    with _held(draft) as descriptor:
        try:
            with open(descriptor, "wb", closefd=False) as stream:
                stream.truncate()
                stream.write(content)
                stream.flush()
                os.fsync(descriptor)
            os.chmod(descriptor, mode)
            os.replace(draft, path)
            _flush_folder(path.parent)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(draft)
            raise


@contextlib.contextmanager
def _held(draft: Path) -> Iterator[int]:
    """Open a draft for one writer at a time. What a killed one left has the same name, and is written over."""
    while True:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            with contextlib.suppress(OSError):  # not every file system has locks
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            if _is_still(draft, descriptor):
                yield descriptor
                return
        finally:
            os.close(descriptor)


def _is_still(path: Path, descriptor: int) -> bool:
    """Whether a path names the open file, which whoever held it before may have moved or taken away."""
    try:
        return os.path.samestat(path.lstat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


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
