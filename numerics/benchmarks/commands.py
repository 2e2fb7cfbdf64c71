"""How long commands take, from start-up to end, with their bytecode found as that of an installed package is."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@cache
def _bytecode() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()


def command(arguments: Callable[[], Sequence[str]]) -> Callable[[], float]:
    """Give a measurement of a command of `sharpness`: its processor time."""
    return python(lambda: ("-m", "numerics.command_line", *arguments()))


def python(arguments: Callable[[], Sequence[str]], environment: Mapping[str, str] | None = None) -> Callable[[], float]:
    """Give a measurement of what Python is told: processor time of its process and those that it starts."""
    return lambda: ran(arguments(), environment).processor


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


def ran(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> Ran:
    """Run Python with arguments."""
    kept = {"PYTHONPYCACHEPREFIX": _bytecode().name, "PYTHONDONTWRITEBYTECODE": ""}
    root, variables = Path(__file__).resolve().parents[2], {**os.environ, **kept, **(environment or {})}
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(
        [sys.executable, *arguments], check=True, capture_output=True, cwd=root, env=variables, encoding="utf-8"
    )
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    processor = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Ran(ended - begun, processor, done.stdout)
