"""How far work has come, and how long it will still take."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from numerics.work.terminal import terminal

if TYPE_CHECKING:
    from numerics.work.task import Task

_BETWEEN_UPDATES = 0.05  # seconds
_BEFORE_A_LINE = 2.0  # seconds, where there is no terminal and the work will be long
_BETWEEN_LINES = 15.0
_TELLING = 0.02  # what share of the work tells how long the rest takes: before it, starting counts for more

Ended = Callable[["Task", bool], None]
"""Hears of every task that ends, and whether it was kept from before."""


def unheard(task: Task, kept: bool) -> None:
    """Say nothing."""


class Update(Protocol):
    """Hears how much is done; and, where they change, words beside it and how much there is."""

    def __call__(self, done: float, words: str = "", total: float | None = None) -> None:
        """Hear it."""


class _Lines:
    """Says on stderr how far work is, where there is no terminal: soon if it will be long, then now and then."""

    def __init__(self, label: str, total: float | None, estimates: bool) -> None:
        self._label, self._total, self._estimates = label, total, estimates
        self._done, self._words = 0.0, ""
        self._start, self._ended = time.monotonic(), threading.Event()
        self._thread = threading.Thread(target=self._speak)

    def __enter__(self) -> Update:
        self._thread.start()
        return self._hear

    def __exit__(self, *raised: object) -> None:
        self._ended.set()
        self._thread.join()

    def _hear(self, done: float, words: str = "", total: float | None = None) -> None:
        known = self._total if total is None else total
        # Work that turned out to be more, such as a reference run again at more bits, has no known end.
        self._done, self._words, self._total = done, words, None if known is not None and done > known else known

    def _speak(self) -> None:
        if not self._ended.wait(_BEFORE_A_LINE) and (self._left() or 0.0) >= _BETWEEN_LINES:
            self._say()
        while not self._ended.wait(_BETWEEN_LINES):
            self._say()

    def _left(self) -> float | None:
        """Seconds that are left, if all goes on as before; None where nothing can be said."""
        if not self._total or not self._done:
            return None
        return (time.monotonic() - self._start) * (self._total - self._done) / self._done

    def _say(self) -> None:
        left = self._left() if self._estimates else None
        parts = [f"{self._done:.0f}" + (f" of {self._total:.0f}" if self._total else "") + f" {self._label}".rstrip()]
        parts += [self._words.strip(" ,")] if self._words else []
        parts += [f"about {duration(left)} left"] if left is not None else []
        parts += [f"after {duration(time.monotonic() - self._start)}"] if left is None and not self._words else []
        with contextlib.suppress(OSError, ValueError):  # nobody listens
            print(", ".join(parts), file=sys.stderr, flush=True)


@contextmanager
def bar(
    label: str = "", total: float | None = None, *, of_bytes: bool = False, estimates: bool = True, lines: bool = True
) -> Iterator[Update]:
    """Show a bar on a terminal's stderr; elsewhere a line now and then.

    Args:
        label: what is done.
        total: how much there is to do; None where it is not known yet.
        of_bytes: whether it is counted in bytes.
        estimates: whether each unit takes as long as another, so that a line can say how long the rest will take.
        lines: whether there are lines where there is no terminal.
    """
    console = terminal(sys.stderr)
    if console is None:
        if not lines:
            yield lambda done, words="", total=None: None
            return
        with _Lines("bytes" if of_bytes else label, total, estimates) as heard:
            yield heard
        return
    from rich import progress

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
    start = time.monotonic()
    with bar("tasks", len(tasks), estimates=False) as update:

        def ended(task: Task, kept: bool) -> None:
            nonlocal done, from_before, computed, total
            done, from_before, total = done + 1, from_before + kept, total - task.cost
            computed += 0.0 if kept else task.cost
            tells = computed > 0 and computed >= _TELLING * (computed + total)
            left = (time.monotonic() - start) * max(0.0, total) / computed if tells else None
            words = [] if left is None else [f"about {duration(left)} left"]
            update(done, ", ".join([*words, *([f"{from_before} kept from before"] if from_before else [])]))

        yield ended


@contextmanager
def stages() -> Iterator[Callable[[str, int, int], None]]:
    """Show on stderr which stage of some work it is, and how many rows of it are done: a bar on a terminal, else lines.

    Yields:
        What hears the stage, what is done of it, and how much there is.
    """
    before, said = "", 0.0
    with bar(lines=False) as update:

        def heard(stage: str, done: int, total: int) -> None:
            nonlocal before, said
            update(done, stage, total)
            if terminal(sys.stderr) is None and (stage != before or time.monotonic() - said >= _BETWEEN_LINES):
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
