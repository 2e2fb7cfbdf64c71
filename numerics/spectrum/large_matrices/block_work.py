"""Who sums over the rows of a large matrix, and who hears how far the sum is."""

from __future__ import annotations

import importlib
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.spectrum.large_matrices.gram import ROWS
from numerics.work.task import Arrays, Task

Perform = Callable[[Sequence[Task]], Iterator[tuple[Task, Any]]]
"""Gives tasks and their results, in any order."""

Heard = Callable[[str, int, int], None]
"""Hears what is done, how many rows of it, and of how many."""


def here(tasks: Sequence[Task]) -> Iterator[tuple[Task, Any]]:
    """Perform tasks one after the other, each with every core that the linear algebra takes."""
    for task in tasks:
        module, _, name = task.function.partition(":")
        yield task, getattr(importlib.import_module(module), name)(task.configuration, task.arrays())


def unheard(what: str, done: int, total: int) -> None:
    """Say nothing."""


@dataclass(frozen=True, eq=False)
class BlockWork:
    """Work on blocks of rows.

    Args:
        perform: who does it.
        rows: of a block.
        heard: told how far it is.
    """

    perform: Perform = here
    rows: int = ROWS
    heard: Heard = unheard

    def over_rows(
        self,
        what: str,
        function: str,
        configuration: Mapping[str, int],
        X: NDArray[Any],
        y: NDArray[Any],
        columns: NDArray[np.int64],
        more: Arrays = MappingProxyType({}),
    ) -> Iterator[Any]:
        """Give a function's result for each block, in any order.

        Args:
            what: what is done, in a word.
            function: as in `Task`, but that it gives what it likes; it gets `X`, `y` and what is in `more`.
            configuration: what it gets beside.
            X: shape `(N, d)`; a block is read when it is sent out.
            y: shape `(N,)`.
            columns: those of X that are looked at, in ascending order.
            more: other arrays.
        """
        run, starts = secrets.token_hex(16), range(0, len(X), self.rows)

        def task(first: int) -> Task:
            def arrays() -> Arrays:
                rows = slice(first, first + self.rows)
                block = np.array(X[rows])
                chosen = block if len(columns) == block.shape[1] else block[:, columns]
                return {"X": chosen, "y": np.array(y[rows]), **more}

            return Task(function, {**configuration, "first": first}, run, arrays)

        self.heard(what, 0, len(X))
        for count, (_, result) in enumerate(self.perform([task(first) for first in starts]), start=1):
            yield result
            self.heard(what, min(len(X), count * self.rows), len(X))
