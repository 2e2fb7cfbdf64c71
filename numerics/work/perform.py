"""Performing a list of tasks: what is kept from before is read, the rest is computed."""

from __future__ import annotations

from collections.abc import Sequence

from numerics.work.processes import Workers
from numerics.work.progress import Ended, unheard
from numerics.work.store import Store
from numerics.work.task import Arrays, Task


def sweep(
    tasks: Sequence[Task],
    workers: Workers,
    store: Store,
    *,
    fresh: bool = False,
    ended: Ended = unheard,
) -> list[Arrays]:
    """Give the result of every task, in the order of the tasks.

    Each result is the same bits whoever computes it and in whatever order. Equal tasks are computed once.

    Args:
        tasks: what to do.
        workers: who does it.
        store: where finished tasks are kept.
        fresh: compute even what is kept.
        ended: told of every task that ends.

    Raises:
        SharpnessError: a worker was lost, or a result cannot be kept; what is finished stays kept.

    Examples:
        >>> import tempfile
        >>> from pathlib import Path
        >>> import numpy as np
        >>> from numerics.work.processes import LocalWorkers
        >>> double = Task("numerics.work.task:echo", {"times": 2}, "", lambda: {"x": np.array([4.0])})
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     [result["x"].item() for result in sweep([double], LocalWorkers(1), Store(Path(folder)))]
        [8.0]
    """
    equal: dict[str, list[Task]] = {}
    for task in tasks:
        equal.setdefault(task.key, []).append(task)
    results: dict[str, Arrays] = {}

    def settle(key: str, result: Arrays, kept: bool) -> None:
        results[key] = result
        for task in equal[key]:
            ended(task, kept)

    waiting = []
    for key, (task, *_) in equal.items():
        kept = None if fresh else store.load(key)
        if kept is None:
            waiting.append(task)
        else:
            settle(key, kept, True)
    waiting.sort(key=lambda task: -task.cost)  # the longest first, so that no core waits for it at the end
    for task, result in workers.results(waiting, store) if waiting else ():
        settle(task.key, result, False)
    return [results[task.key] for task in tasks]
