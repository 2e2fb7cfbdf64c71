"""How far a sweep has come, and how long it will still take."""

from __future__ import annotations

import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from types import TracebackType
from typing import Self, TextIO

import rich.progress
from rich.console import Console

from numerics.work.task import Task

_BETWEEN_LINES = 15.0  # seconds, where there is no terminal


class Progress(ABC):
    """Hears of every task that ends."""

    @abstractmethod
    def ended(self, task: Task, kept: bool) -> None:
        """Hear that a task has ended, or was kept from before."""


class Silent(Progress):
    """Says nothing."""

    def ended(self, task: Task, kept: bool) -> None:
        """Say nothing."""


class Estimate:
    """The time that is left, from the costs of the tasks that were computed so far.

    Examples:
        >>> clock = iter([0.0, 10.0]).__next__
        >>> left = Estimate(total_cost=30.0, now=clock)
        >>> left.ended(10.0, kept=False)
        >>> left.seconds()
        20.0
    """

    def __init__(self, total_cost: float, now: Callable[[], float] = time.monotonic) -> None:
        self._now, self._total, self._done, self._computed = now, total_cost, 0.0, 0.0
        self._start = self._last = now()

    def ended(self, cost: float, kept: bool) -> None:
        """Count a task."""
        self._done += cost
        if not kept:
            self._computed += cost
            self._last = self._now()

    def seconds(self) -> float | None:
        """Give the seconds that are left; None before anything was computed."""
        if self._computed <= 0:
            return None
        return (self._last - self._start) * max(0.0, self._total - self._done) / self._computed


class Shown(Progress):
    """A bar on a terminal, a line now and then elsewhere; both on stderr.

    Args:
        tasks: everything that will be done.
        stream: where to write.
    """

    def __init__(self, tasks: list[Task], stream: TextIO | None = None) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._count, self._ended, self._kept = len(tasks), 0, 0
        self._left = Estimate(sum(task.cost for task in tasks))
        self._said = time.monotonic()
        console = Console(file=self._stream)
        self._terminal = console.is_terminal
        columns = (
            rich.progress.BarColumn(),
            rich.progress.MofNCompleteColumn(),
            rich.progress.TimeElapsedColumn(),
            rich.progress.TextColumn("{task.description}"),
        )
        self._bar = rich.progress.Progress(*columns, console=console, disable=not self._terminal, transient=True)
        self._task = self._bar.add_task("", total=self._count)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def ended(self, task: Task, kept: bool) -> None:
        """Count the task and show the time that is left."""
        self._ended += 1
        self._kept += kept
        self._left.ended(task.cost, kept)
        self._bar.update(self._task, completed=self._ended, description=self._words())
        if not self._terminal and time.monotonic() - self._said >= _BETWEEN_LINES:
            self._said = time.monotonic()
            print(f"{self._ended} of {self._count} tasks{self._words()}", file=self._stream, flush=True)

    def _words(self) -> str:
        seconds = self._left.seconds()
        left = "" if seconds is None else f", about {duration(seconds)} left"
        kept = f", {self._kept} kept from before" if self._kept else ""
        return f"{left}{kept}"


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
