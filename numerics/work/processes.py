"""Who computes: the processes of this machine, through joblib."""

from __future__ import annotations

import functools
import os
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping

from joblib import Parallel, cpu_count, delayed, parallel_config
from joblib.externals.loky.process_executor import TerminatedWorkerError

from numerics.work.store import Store
from numerics.work.task import Arrays, Task, perform
from theory.errors import ParameterError, SharpnessError

Numbered = tuple[int, Task]
_LOOK_FOR_PARENT = 0.5  # seconds
_at_work = threading.Lock()


class Workers(ABC):
    """Whoever performs tasks; every one of them gives the same bits."""

    @abstractmethod
    def results(self, tasks: Iterable[Numbered], store: Store) -> Iterator[tuple[int, Arrays]]:
        """Perform tasks, keep each result in the store, and yield it with its task's number, in any order."""


class LocalWorkers(Workers):
    """Processes of this machine.

    Args:
        jobs: how many; None for one on every core.

    Raises:
        ParameterError: fewer than one.
    """

    def __init__(self, jobs: int | None = None) -> None:
        if jobs is not None and jobs < 1:
            raise ParameterError(f"jobs is {jobs}; give a whole number of at least 1")
        self.jobs = cpu_count() if jobs is None else jobs

    def results(self, tasks: Iterable[Numbered], store: Store) -> Iterator[tuple[int, Arrays]]:
        """Perform tasks. The process that finishes one keeps it, so that no end of this one can lose it."""
        # Data go through pipes: files that joblib maps into memory would stay until the last task.
        with parallel_config("loky", inner_max_num_threads=1):
            run = Parallel(
                self.jobs, return_as="generator_unordered", max_nbytes=None, batch_size=1, pre_dispatch="2*n_jobs"
            )
        try:
            yield from run(
                delayed(_perform_and_keep)(
                    number, (task.function, task.configuration, task.arrays(), task.key), store, os.getpid()
                )
                for number, task in tasks
            )
        except TerminatedWorkerError:
            raise SharpnessError(
                "a worker process was killed, perhaps for want of memory; run the same command again, with fewer "
                "--jobs: finished tasks are kept"
            ) from None


def _perform_and_keep(
    number: int, task: tuple[str, Mapping[str, object], Arrays, str], store: Store, parent: int
) -> tuple[int, Arrays]:
    if parent != os.getpid():
        _end_with(parent)
    function, configuration, arrays, key = task
    with _at_work:
        result = perform(function, configuration, arrays)
        store.save(key, result)
    return number, result


@functools.cache
def _end_with(parent: int) -> None:
    """End this process after its parent, once its task is kept: one that is killed cannot send its workers home."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK_FOR_PARENT)
        with _at_work:
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
