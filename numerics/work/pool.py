"""Many jobs on all cores: with progress, and ended together by Ctrl-C."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait as wait_for
from typing import Any, Generic, TypeVar

Result = TypeVar("Result")

_POLL_SECONDS = 0.2
_REPORT_SECONDS = 0.1

Report = Callable[[int], None]
"""What a job calls with how much of its work is done."""


@dataclass(frozen=True)
class Job(Generic[Result]):
    """A module's function and its arguments, which another process can be sent.

    The function is called with the arguments and a `Report`.
    """

    function: Callable[..., Result]
    arguments: tuple[Any, ...]


def run_jobs(
    jobs: Sequence[Job[Result]],
    *,
    processes: int | None = None,
    progress: Callable[[int], None] | None = None,
    interrupted: Callable[[Result], bool] = lambda result: False,
) -> list[Result | None]:
    """Run jobs side by side; give their results in order.

    Ctrl-C interrupts the jobs at work, which return what they return then, and starts no others: these give None.

    Args:
        jobs: what to run.
        processes: how many at a time; by default one for each core, and with 1 in this process itself.
        progress: called now and then with the work done by all jobs together.
        interrupted: tells from a result that Ctrl-C reached that job itself.
    """
    count = min(len(jobs), os.cpu_count() or 1) if processes is None else min(len(jobs), processes)
    if count <= 1:
        return _one_by_one(jobs, progress, interrupted)
    return _side_by_side(jobs, count, progress, interrupted)


def _one_by_one(
    jobs: Sequence[Job[Result]],
    progress: Callable[[int], None] | None,
    interrupted: Callable[[Result], bool],
) -> list[Result | None]:
    results: list[Result | None] = [None] * len(jobs)
    done = [0] * len(jobs)
    with _Heard() as pressed:
        for place, job in enumerate(jobs):
            if pressed.is_set():
                break

            def report(amount: int, place: int = place) -> None:
                done[place] = amount
                if progress is not None:
                    progress(sum(done))

            results[place] = result = job.function(*job.arguments, report)
            if interrupted(result):
                break
    return results


def _side_by_side(
    jobs: Sequence[Job[Result]],
    count: int,
    progress: Callable[[int], None] | None,
    interrupted: Callable[[Result], bool],
) -> list[Result | None]:
    context = multiprocessing.get_context("spawn")  # a fork would copy locks that other threads hold
    done, stop = context.Array("q", len(jobs), lock=False), context.Value("b", 0, lock=False)
    results: list[Result | None] = [None] * len(jobs)
    with _Heard() as pressed, ProcessPoolExecutor(count, context, _prepare, (done, stop)) as pool:
        with _deaf(), _one_thread():  # which the workers inherit
            places = {pool.submit(_work, job, place): place for place, job in enumerate(jobs)}
        waiting = set(places)
        while waiting:
            ended, waiting = wait(waiting, _POLL_SECONDS, FIRST_COMPLETED)
            for future in ended:
                if not future.cancelled():
                    results[places[future]] = result = future.result()
                    if result is not None and interrupted(result):
                        pressed.set()
            if progress is not None:
                progress(sum(done))
            if pressed.is_set():
                stop.value = 1
                for future in waiting:
                    future.cancel()
    return results


_shared: Any = None  # in a worker: how much of each job is done
_stop: Any = None  # and whether Ctrl-C has been pressed


def _prepare(done: Any, stop: Any) -> None:
    """Set a worker up: deaf to Ctrl-C but for its parent's word, and gone when its parent is."""
    global _shared, _stop
    _shared, _stop = done, stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.setpgrp()  # a terminal's Ctrl-C reaches the parent alone, which passes it on
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)


def _work(job: Job[Result], place: int) -> Result | None:
    if _stop.value:
        return None
    at, told = 0.0, False

    def report(amount: int) -> None:
        nonlocal at, told
        now = time.monotonic()
        if now - at >= _REPORT_SECONDS:
            at = now
            _shared[place] = amount
            if _stop.value and not told:
                told = True
                os.kill(os.getpid(), signal.SIGINT)  # the job reports, so it listens by now

    return job.function(*job.arguments, report)


@contextmanager
def _deaf() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _one_thread() -> Iterator[None]:
    """Keep the linear algebra of new processes to one thread each: there is one process for each core already."""
    names = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


class _Heard:
    """Note Ctrl-C in an event inside the block; a second one interrupts at once."""

    def __enter__(self) -> threading.Event:
        self.pressed, self.before = threading.Event(), None
        if threading.current_thread() is threading.main_thread():
            self.before = signal.signal(signal.SIGINT, self._press)
        return self.pressed

    def __exit__(self, *exception: object) -> None:
        if self.before is not None:
            signal.signal(signal.SIGINT, self.before)

    def _press(self, number: int, frame: object) -> None:
        if self.pressed.is_set():
            raise KeyboardInterrupt
        self.pressed.set()
