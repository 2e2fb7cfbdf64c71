"""Where results go: one JSON document, to a file that is never half written or to stdout."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import click

from theory.errors import NotFiniteError, ParameterError

Command = TypeVar("Command", bound=Callable[..., object])
STDOUT = "-"


def json_option(command: Command) -> Command:
    """Add `--json FILE|-`; the command receives `json_target`, a path, `-` or None."""
    option = click.option(
        "--json",
        "json_target",
        metavar="FILE",
        type=click.Path(dir_okay=False, allow_dash=True),
        help="Write the result as JSON to FILE, or to stdout in place of the table with '-'.",
    )
    return option(command)


def write_json(target: str, record: Mapping[str, object]) -> None:
    """Write a record as strict JSON to a file or, for `-`, to stdout.

    Raises:
        NotFiniteError: a number in it is infinite or NaN, for which JSON has no word.
        OSError: the file cannot be written; what it held before is still there.
    """
    try:
        text = json.dumps(record, indent=2, allow_nan=False) + "\n"
    except ValueError:
        raise NotFiniteError("a result is too large for float64; rescale the data or the parameters") from None
    if target == STDOUT:
        click.echo(text, nl=False)
    else:
        write_atomically(Path(target), text)


def write_figure(draw: Callable[[Path], object], path: Path) -> None:
    """Let a figure be drawn into a file; where it cannot be drawn, say so on stderr, since the numbers are whole."""
    try:
        draw(path)
    except ParameterError as missing:
        click.echo(f"sharpness: no figure: {missing}", err=True)


def write_atomically(path: Path, text: str) -> None:
    """Replace a file's content in one step: at any moment it holds the old text or the new, whole.

    Raises:
        OSError: the file cannot be written; what it held before is still there.
    """
    path = path.resolve()  # through a symbolic link, so that the link stays
    try:
        if path.exists() and not path.is_file():  # a pipe or a terminal: there is nothing to replace
            path.write_text(text, encoding="utf-8")
        else:
            _replace(path, text)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None


def _replace(path: Path, text: str) -> None:
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    descriptor, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with open(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(draft, mode)
        os.replace(draft, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(draft)
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
