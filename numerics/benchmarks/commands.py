"""How long commands take, from start-up to end, with their bytecode found as that of an installed package is."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def _bytecode() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()


def environment(**more: str) -> dict[str, str]:
    """Give the variables of this process, those by which bytecode is kept, and more."""
    return {**os.environ, "PYTHONPYCACHEPREFIX": _bytecode().name, "PYTHONDONTWRITEBYTECODE": "", **more}


@dataclass(frozen=True)
class Ran:
    """What a command took and printed.

    Attributes:
        wall: seconds on the clock.
        processor: seconds of its process and all that it started.
        printed: its output.
    """

    wall: float
    processor: float
    printed: str


def command(*arguments: str) -> Ran:
    """Run a command of `sharpness`."""
    return python("-m", "numerics.command_line", *arguments)


def python(*arguments: str, **more: str) -> Ran:
    """Run Python with arguments, and with more variables.

    Raises:
        RuntimeError: it failed; with what it said.
    """
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, cwd=ROOT, env=environment(**more), encoding="utf-8"
    )
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    if done.returncode:
        raise RuntimeError(done.stderr)
    processor = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Ran(ended - begun, processor, done.stdout)
