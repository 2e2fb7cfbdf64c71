"""Jobs side by side in processes of this machine: with progress, ended together by Ctrl-C, and none left behind."""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait as wait_for
from pathlib import Path
from typing import Any, TypeVar

from numerics.work.garbage import collect_seldom
from numerics.work.interrupt import interruptible
from theory.errors import SharpnessError

Result = TypeVar("Result")

_POLL_SECONDS = 0.1
_GRACE_SECONDS = 10.0  # for a job to end where it can be gone on with, before it is interrupted for good
_AHEAD = 2  # jobs sent out for each process, so that none waits for the next

Report = Callable[[int], None]
"""What hears how much work is done."""

Job = Callable[..., Result]
"""A module's function with its arguments, as `functools.partial` gives it; it is called with a `Report`, `progress`."""

to_be_finished = threading.Lock()
"""Held by a job that is to be finished though its parent is gone."""


def cores() -> int:
    """Give how many processors this process may use: those that it may run on, and its container's share of them."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with contextlib.suppress(OSError, ValueError):  # there is no such file, or it sets no limit
        microseconds, period = map(int, Path("/sys/fs/cgroup/cpu.max").read_text().split())
        count = min(count, -(-microseconds // period))
    return count


def run_jobs(
    jobs: Sequence[Job[Result]], *, processes: int | None = None, progress: Report | None = None
) -> list[Result | None]:
    """Run jobs side by side; give their results in order.

    Ctrl-C interrupts the jobs at work, which return what they return then, and starts no others: these give None, as
    does one that does not listen.

    Args:
        jobs: what to run.
        processes: how many at a time; by default one for each core, and with 1 in this process itself.
        progress: called now and then with the work done by all jobs together.
    """
    results: list[Result | None] = [None] * len(jobs)
    count = max(1, min(len(jobs), cores() if processes is None else processes))
    with interruptible() as pressed:
        for number, result in as_they_end(jobs, count, progress=progress, stopped=pressed.is_set):
            results[number] = result
    return results


def as_they_end(
    jobs: Iterable[Job[Result]],
    processes: int,
    *,
    progress: Report | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[int, Result]]:
    """Yield every job's number and result as it ends; no more jobs are taken than can be at work soon.

    However this ends, the jobs at work are interrupted as by Ctrl-C, and their processes end.

    Args:
        jobs: what to run.
        processes: how many at a time; 1 for this process itself.
        progress: called now and then with the work done by all jobs together.
        stopped: once it is true, jobs at work are interrupted and no others start.

    Raises:
        SharpnessError: a process was killed.
    """
    if processes == 1:
        yield from _here(jobs, progress or (lambda done: None), stopped)
        return
    context = multiprocessing.get_context("spawn")  # a fork would copy locks that other threads hold
    places = _AHEAD * processes
    done, stop = context.Array("q", places, lock=False), context.Value("b", 0, lock=False)
    free, finished, waiting = list(range(places)), 0, enumerate(jobs)
    at_work: dict[Future[list[Result]], tuple[int, int]] = {}
    pool = ProcessPoolExecutor(processes, context, _prepare, (done, stop))
    try:
        while True:
            ready = [] if stop.value else list(itertools.islice(waiting, len(free)))
            if ready:
                with _inherited():
                    for number, job in ready:
                        place = free.pop()
                        at_work[pool.submit(_work, job, place)] = number, place
            if not at_work:
                return
            for future in wait(at_work, _POLL_SECONDS, FIRST_COMPLETED).done:
                number, place = at_work.pop(future)
                finished, done[place] = finished + done[place], 0
                free.append(place)
                for result in future.result():
                    yield number, result
            if progress is not None:
                progress(finished + sum(done))
            if stopped():
                stop.value = 1
    except BrokenProcessPool:
        raise SharpnessError(
            "a worker process was killed, perhaps for want of memory; run the same command again, with fewer "
            "processes or less else at work: what is finished is kept"
        ) from None
    finally:
        stop.value = 1
        pool.shutdown(cancel_futures=True)


def _here(jobs: Iterable[Job[Result]], progress: Report, stopped: Callable[[], bool]) -> Iterator[tuple[int, Result]]:
    finished = last = 0

    def report(amount: int) -> None:
        nonlocal last
        last = amount
        progress(finished + amount)

    for number, job in enumerate(jobs):
        if stopped():
            return
        yield number, job(progress=report)
        finished, last = finished + last, 0


_shared: Any = None  # in a worker: how much of each job is done
_stop: Any = None  # and whether the jobs are to be interrupted
_busy = False


def _prepare(done: Any, stop: Any) -> None:
    """Set a worker up: deaf to Ctrl-C but for its parent's word, and gone when its parent is."""
    global _shared, _stop
    _shared, _stop = done, stop
    signal.signal(signal.SIGINT, _interrupt)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    collect_seldom()
    os.setpgrp()  # a terminal's Ctrl-C reaches the parent alone, which passes it on
    threading.Thread(target=_follow_parent, daemon=True).start()


def _interrupt(number: int, frame: object) -> None:
    if _busy:
        raise KeyboardInterrupt


def _follow_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    heard = -_GRACE_SECONDS
    while not wait_for([parent.sentinel], _POLL_SECONDS):
        if _stop.value and time.monotonic() - heard > _GRACE_SECONDS:
            heard = time.monotonic()
            os.kill(os.getpid(), signal.SIGINT)
    with to_be_finished:
        os._exit(1)


def _work(job: Job[Result], place: int) -> list[Result]:
    """Do a job, and give its result, or nothing if it was interrupted and has none."""
    global _busy
    if _stop.value:
        return []

    def report(amount: int) -> None:
        _shared[place] = amount

    _busy = True
    try:
        return [job(progress=report)]
    except KeyboardInterrupt:
        return []
    finally:
        _busy = False


@contextlib.contextmanager
def _inherited() -> Iterator[None]:
    """Let new processes begin deaf to Ctrl-C, with one thread of linear algebra each: there is one for each core."""
    names = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
    before = dict(os.environ)
    heard = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # here it waits until they have begun
    os.environ.update(dict.fromkeys(names, "1"))
    try:
        yield
    finally:
        for name in names:
            del os.environ[name]
        os.environ.update(before)
        signal.pthread_sigmask(signal.SIG_SETMASK, heard)
