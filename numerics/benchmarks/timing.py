"""Processor time, measured so that two things done by turns can be compared."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """Measure the processor time of one call, in the mean of some."""
    started = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - started) / times


def jax() -> Any:
    """Give the package JAX, kept to one thread; None where it is not installed."""
    os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
    try:
        return import_module("jax")
    except ImportError:
        return None


@contextmanager
def on_one_core() -> Iterator[None]:
    """Keep what is begun inside on one core, where the system can: JAX starts threads that nobody asked for."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def by_turns(works: Sequence[Callable[[], float]], turns: int) -> list[float]:
    """Take measurements by turns and give the median of each, so that what slows the machine slows all."""
    taken = [[work() for work in works] for _ in range(turns)]
    return [statistics.median(column) for column in zip(*taken, strict=True)]


def peer(folder: Path, program: str, *arguments: str) -> Callable[[], float]:
    """Give a measurement of a peer program: seconds of processor time for one step, as it prints them."""

    def measure() -> float:
        command = [str(folder / program), *arguments]
        printed = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder).stdout
        found = re.search(r"med ([0-9.]+) ns/step", printed)
        if found is None:
            raise RuntimeError(f"{program} printed no time: {printed!r}")
        return float(found.group(1)) * 1e-9

    return measure
