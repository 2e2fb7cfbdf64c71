"""The three standard streams, of which whoever starts the program may have closed some (`>&-`)."""

from __future__ import annotations

import os
import sys


def open_what_is_closed() -> None:
    """Connect closed standard streams to nowhere.

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
