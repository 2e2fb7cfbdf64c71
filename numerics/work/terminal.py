"""Whether what is written to is a terminal."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

_RICH_IS_TOLD = {"FORCE_COLOR", "TTY_COMPATIBLE"}  # whether what it writes to is a terminal, whatever it is


def terminal(stream: TextIO) -> Console | None:
    """Give the console of a stream that is a terminal, or is to be taken for one; None where it is none."""
    if not stream.isatty() and not _RICH_IS_TOLD & os.environ.keys():
        return None  # without the time that rich takes to be imported
    from rich.console import Console

    console = Console(file=stream)
    return console if console.is_terminal else None
