"""The console command `sharpness`.

A subcommand is one file and one line in `pyproject.toml`, under the entry points `sharpness.commands`; the first
line of its module's docstring is its line in `sharpness --help`. It returns its exit status, or None for 0.
"""

from __future__ import annotations

import os
import signal
import sys
import warnings

from numerics.command_line.completion import answer_shell
from numerics.command_line.group import sharpness
from numerics.command_line.one_line_errors import run
from numerics.command_line.standard_streams import open_what_is_closed
from numerics.work.garbage import collect_seldom

__all__ = ["main"]

_DIGITS = 4300
"""Of a whole number that is read: Python's own limit, whatever PYTHONINTMAXSTRDIGITS says."""


def main() -> None:
    """Run `sharpness` with the process's arguments and exit: 0 for success, 2 for bad input."""
    open_what_is_closed()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what is at work ends as by Ctrl-C, and cleans up
    os.environ.pop("PYTHONINTMAXSTRDIGITS", None)  # for the processes that are started from here
    sys.set_int_max_str_digits(_DIGITS)
    if not sys.warnoptions:  # what is wrong is said in one line; developers ask for more with -W
        warnings.simplefilter("ignore")
        os.environ["PYTHONWARNINGS"] = "ignore"
    collect_seldom()
    answer_shell(sharpness)
    sys.exit(run(sharpness, sys.argv[1:]))
