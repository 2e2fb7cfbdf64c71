"""How long commands take, from start-up to end, with their bytecode found as that of an installed package is."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
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
    return lambda: wall_and_processor_time(arguments(), environment)[1]


def wall_and_processor_time(
    arguments: Sequence[str], environment: Mapping[str, str] | None = None
) -> tuple[float, float]:
    """Run Python with arguments, and give the seconds on the clock and those of all its processes."""
    kept = {"PYTHONPYCACHEPREFIX": _bytecode().name, "PYTHONDONTWRITEBYTECODE": ""}
    root, variables = Path(__file__).resolve().parents[2], {**os.environ, **kept, **(environment or {})}
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, cwd=root, env=variables)
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    return ended - begun, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
