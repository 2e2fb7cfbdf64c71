"""The console command `sharpness`.

A subcommand is one file and one line in `pyproject.toml`, under the entry points `sharpness.commands`; the first
line of its module's docstring is its line in `sharpness --help`. It returns its exit status, or None for 0.
"""

from __future__ import annotations

import sys

from numerics.command_line.completion import answer_shell
from numerics.command_line.group import sharpness
from numerics.command_line.one_line_errors import run

__all__ = ["main"]


def main() -> None:
    """Run `sharpness` with the process's arguments and exit: 0 for success, 2 for bad input."""
    answer_shell(sharpness)
    sys.exit(run(sharpness, sys.argv[1:]))
