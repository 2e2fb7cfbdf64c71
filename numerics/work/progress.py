"""How far work has come, and how long it will still take."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from rich import progress
from rich.console import Console

from numerics.work.task import Task

_BETWEEN_UPDATES = 0.05  # seconds
_BETWEEN_LINES = 15.0  # seconds, where there is no terminal

Ended = Callable[[Task, bool], None]
"""Hears of every task that ends, and whether it was kept from before."""


def unheard(task: Task, kept: bool) -> None:
    """Say nothing."""


class Update(Protocol):
    """Hears how much is done; and, where they change, words beside it and how much there is."""

    def __call__(self, done: float, words: str = "", total: float | None = None) -> None:
        """Hear it."""


@contextmanager
def bar(label: str = "", total: float | None = None, *, of_bytes: bool = False) -> Iterator[Update]:
    """Show a bar on a terminal's stderr; nothing elsewhere.

    Args:
        label: what is done.
        total: how much there is to do; None where it is not known yet.
        of_bytes: whether it is counted in bytes.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda done, words="", total=None: None
        return
    columns = (
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.DownloadColumn() if of_bytes else progress.MofNCompleteColumn(),
        progress.TextColumn("{task.fields[words]}"),
        progress.TimeElapsedColumn(),
        progress.TimeRemainingColumn(),
    )
    with progress.Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task(label, total=total, words="")
        seen = 0.0

        def update(done: float, words: str = "", total: float | None = None) -> None:
            nonlocal seen
            if time.monotonic() - seen < _BETWEEN_UPDATES:
                return
            seen = time.monotonic()
            shown.update(task, completed=done, total=total, words=words)

        yield update


@contextmanager
def watched(tasks: Sequence[Task]) -> Iterator[Ended]:
    """Show on stderr how many tasks have ended: a bar on a terminal, a line now and then elsewhere."""
    total = sum(task.cost for task in tasks)
    done = from_before = 0
    computed = 0.0
    start = said = time.monotonic()
    with bar(total=len(tasks)) as update:

        def ended(task: Task, kept: bool) -> None:
            nonlocal done, from_before, computed, total, said
            done, from_before, total = done + 1, from_before + kept, total - task.cost
            computed += 0.0 if kept else task.cost
            now = time.monotonic()
            words = f", about {duration((now - start) * max(0.0, total) / computed)} left" if computed > 0 else ""
            words += f", {from_before} kept from before" if from_before else ""
            update(done, words)
            if not sys.stderr.isatty() and now - said >= _BETWEEN_LINES:
                said = now
                print(f"{done} of {len(tasks)} tasks{words}", file=sys.stderr, flush=True)

        yield ended


@contextmanager
def stages() -> Iterator[Callable[[str, int, int], None]]:
    """Show on stderr which stage of some work it is, and how many rows of it are done: a bar on a terminal, else lines.

    Yields:
        What hears the stage, what is done of it, and how much there is.
    """
    before, said = "", 0.0
    with bar() as update:

        def heard(stage: str, done: int, total: int) -> None:
            nonlocal before, said
            update(done, stage, total)
            if not sys.stderr.isatty() and (stage != before or time.monotonic() - said >= _BETWEEN_LINES):
                before, said = stage, time.monotonic()
                print(f"{stage}: {done} of {total} rows" if total > 1 else stage, file=sys.stderr, flush=True)

        yield heard


def duration(seconds: float) -> str:
    """Write a time as people say it.

    Examples:
        >>> duration(8.2), duration(75), duration(7300)
        ('8 s', '1 min 15 s', '2 h 1 min')
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
