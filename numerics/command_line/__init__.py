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
from numerics.work.garbage import collect_seldom

__all__ = ["main"]

_DIGITS = 4300
"""Of a whole number that is read: Python's own limit, whatever PYTHONINTMAXSTRDIGITS says."""


def main() -> None:
    """Run `sharpness` with the process's arguments and exit: 0 for success, 2 for bad input."""
    _open_what_is_closed()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what is at work ends as by Ctrl-C, and cleans up
    os.environ.pop("PYTHONINTMAXSTRDIGITS", None)  # for the processes that are started from here
    sys.set_int_max_str_digits(_DIGITS)
    if not sys.warnoptions:  # what is wrong is said in one line; developers ask for more with -W
        warnings.simplefilter("ignore")
        os.environ["PYTHONWARNINGS"] = "ignore"
    collect_seldom()
    answer_shell(sharpness)
    sys.exit(run(sharpness, sys.argv[1:]))


def _open_what_is_closed() -> None:
    """Connect to nowhere those of the three standard streams that whoever starts the program has closed (`>&-`).

    Else the next file that is opened would have the number of one of them, and Python no stream to write to.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, "w" if number else "r", closefd=False))
