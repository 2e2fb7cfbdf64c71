"""Performing a list of tasks: what is kept from before is read, the rest is computed."""

from __future__ import annotations

from collections.abc import Sequence

from numerics.work.processes import Workers
from numerics.work.progress import Ended
from numerics.work.store import Store
from numerics.work.task import Arrays, Task


def sweep(
    tasks: Sequence[Task],
    workers: Workers,
    store: Store,
    *,
    fresh: bool = False,
    ended: Ended | None = None,
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
    places: dict[str, list[int]] = {}
    for place, task in enumerate(tasks):
        places.setdefault(task.key, []).append(place)
    results: dict[int, Arrays] = {}

    def settle(first: int, result: Arrays, kept: bool) -> None:
        for place in places[tasks[first].key]:
            results[place] = result
            if ended is not None:
                ended(tasks[place], kept)

    waiting = []
    for same in places.values():
        kept = None if fresh else store.load(tasks[same[0]].key)
        if kept is None:
            waiting.append(same[0])
        else:
            settle(same[0], kept, True)
    if waiting:
        waiting.sort(key=lambda place: -tasks[place].cost)  # the longest first, so that no core waits for it at the end
        for place, result in workers.results(((place, tasks[place]) for place in waiting), store):
            settle(place, result, False)
    return [results[place] for place in range(len(tasks))]
