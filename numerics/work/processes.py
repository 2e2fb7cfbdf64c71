"""Who computes: the processes of this machine."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from numerics.work.pool import Report, as_they_end, cores, to_be_finished
from numerics.work.store import Store
from numerics.work.task import Arrays, Task, perform
from theory.errors import ParameterError


class Workers(ABC):
    """Whoever performs tasks; every one of them gives the same bits."""

    @abstractmethod
    def results(self, tasks: Sequence[Task], store: Store) -> Iterator[tuple[Task, Arrays]]:
        """Perform tasks, keep each result in the store, and yield it with its task, in any order."""


class LocalWorkers(Workers):
    """Processes of this machine.

    Args:
        jobs: how many; None for one on every core, and with 1 this process itself.

    Raises:
        ParameterError: fewer than one.
    """

    def __init__(self, jobs: int | None = None) -> None:
        if jobs is not None and jobs < 1:
            raise ParameterError(f"jobs is {jobs}; give a whole number of at least 1")
        self.jobs = cores() if jobs is None else jobs

    def results(self, tasks: Sequence[Task], store: Store) -> Iterator[tuple[Task, Arrays]]:
        """Perform tasks. The process that finishes one keeps it, so that no end of this one can lose it."""
        jobs = (
            partial(_perform_and_keep, task.function, task.configuration, task.arrays(), task.key, store)
            for task in tasks
        )
        for number, result in as_they_end(jobs, max(1, min(self.jobs, len(tasks)))):
            yield tasks[number], result


def _perform_and_keep(
    function: str, configuration: Mapping[str, object], arrays: Arrays, key: str, store: Store, progress: Report
) -> Arrays:
    with to_be_finished:
        result = perform(function, configuration, arrays)
        store.save(key, result)
    return result
