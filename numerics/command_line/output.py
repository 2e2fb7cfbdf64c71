"""Where results go: one JSON document, to a file that is never half written or to stdout."""

from __future__ import annotations

import json
import re
import sys
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from numerics.command_line.argument_types import Command
from numerics.figures.loading import load_undocumented
from numerics.work.files import replace_file
from numerics.work.terminal import terminal
from theory.errors import NotFiniteError, ParameterError

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
        replace_file(Path(target), text.encode())


def show_result(record: Mapping[str, object], json_target: str | None, table: Callable[[], object]) -> None:
    """Write the record as JSON where that was asked for, and print the table unless stdout has the record.

    Raises:
        NotFiniteError, OSError: as `write_json`.
    """
    if json_target is not None:
        write_json(json_target, record)
    if json_target != STDOUT:
        table()


def write_figure(draw: Callable[[Path], object], path: Path) -> None:
    """Let a figure be drawn into a file; where it cannot be drawn, say so on stderr, since the numbers are whole."""
    load_undocumented()
    try:
        draw(path)
    except ParameterError as missing:
        click.echo(f"sharpness: no figure: {missing}", err=True)


def say(text: str) -> None:
    """Print lines; one that a terminal has no room for is broken between words, and goes on below its own text."""
    width = terminal_width()
    lines = text.split("\n")
    click.echo("\n".join(lines if width is None else (part for line in lines for part in broken(line, width))))


def broken(line: str, width: int) -> list[str]:
    """Break a line between words; what follows is as far to the right as what stands behind the line's first word.

    >>> broken("edge       the sharpness passes it at about step 236", 36)
    ['edge       the sharpness passes it', '           at about step 236']
    """
    head = re.match(r" *(?:\S+(?: \S+)?  +)?", line)
    indent = head.end() if head else 0
    return textwrap.wrap(
        line,
        width,
        subsequent_indent=" " * (indent if indent <= width // 3 else 2),
        break_long_words=False,
        break_on_hyphens=False,
    ) or [line]


def shows_ascii_alone() -> bool:
    """Whether stdout can show nothing but ASCII."""
    return not (sys.stdout.encoding or "").lower().startswith("utf")


def terminal_width() -> int | None:
    """Give the columns of the terminal that stdout is; None where it is none."""
    console = terminal(sys.stdout)
    return None if console is None else console.width
