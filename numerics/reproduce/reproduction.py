"""What all targets of one command share: the data, the number of draws, and what was computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from numerics.reproduce.paper_data import BUNDLED, GRAMMAR, Pool
from numerics.reproduce.spectrum_task import spectrum_task
from numerics.work.perform import sweep
from numerics.work.processes import Workers
from numerics.work.progress import Ended, unheard
from numerics.work.store import Store
from numerics.work.task import Arrays, Task
from theory.errors import ParameterError

SIZES = (100, 300, 500, 1000)
"""The paper's numbers of samples N."""


@dataclass(frozen=True)
class Networks:
    """Which of the paper's networks are trained: each takes seconds to minutes.

    Attributes:
        widths: neurons in each hidden layer; the paper has 512, 1024 and 2048.
        depths: numbers of layers.
        sizes: numbers of samples.
        activations: those of the hidden layers.
    """

    widths: tuple[int, ...] = (512,)
    depths: tuple[int, ...] = (3, 4, 5)
    sizes: tuple[int, ...] = (100, 300)
    activations: tuple[str, ...] = ("identity", "tanh", "silu", "elu")


class Reproduction:
    """The settings of one `sharpness reproduce`.

    Args:
        pools: the data at hand, by key.
        draws: how many random subsets a table averages over, with the seeds 0, 1, 2, ...; by default 50, and 10 where
            each means training a network.
        networks: which networks are trained.
        sentences: the source, as `numerics.data.load` takes it, of the sentences that a Transformer reads.

    Raises:
        ParameterError: fewer than two draws, which have no spread.
    """

    def __init__(
        self,
        pools: Mapping[str, Pool],
        draws: int | None = None,
        networks: Networks | None = None,
        sentences: str = GRAMMAR,
    ) -> None:
        if draws is not None and draws < 2:
            raise ParameterError(f"draws is {draws}; give at least 2, so that there is a spread")
        self.pools, self.draws, self.network_draws = dict(pools), draws or 50, draws or 10
        self.networks, self.sentences = networks or Networks(), sentences
        self._others: dict[str, Pool] = {}
        self._found: dict[str, Arrays] = {}
        self._decompositions: dict[tuple[str, int, int], Task] = {}

    @property
    def bundled(self) -> bool:
        """Whether none of the paper's data are at hand and the digits stand in."""
        return BUNDLED.key in self.pools

    def at_hand(self, key: str) -> str:
        """Give a data set of the paper, or what stands in where none is at hand."""
        return BUNDLED.key if self.bundled else key

    def allows(self, key: str, samples: int) -> bool:
        """Whether so many samples can be drawn from a data set."""
        return key in self.pools and samples <= self.pools[key].largest

    def decomposition(self, key: str, samples: int, seed: int) -> Task:
        """Give the task that decomposes one draw, and see to it that it is done before the others."""
        where = key, samples, seed
        if where not in self._decompositions:
            self._decompositions[where] = spectrum_task(self.pool(key), samples, seed)
        return self._decompositions[where]

    def pool(self, key: str) -> Pool:
        """Give the data with this key; any other text is a source as `numerics.data.load` takes it."""
        if key not in self.pools and key not in self._others:
            self._others[key] = Pool.of(key, key)
        return self.pools.get(key) or self._others[key]

    def draw(self, key: str, samples: int, seed: int) -> Arrays:
        """Give a draw's decomposition, once it is computed."""
        return self._found[self.decomposition(key, samples, seed).key]

    def results(
        self,
        wanted: Sequence[Sequence[Task]],
        workers: Workers,
        store: Store,
        *,
        fresh: bool = False,
        watching: Callable[[list[Task]], Ended] = lambda tasks: unheard,
    ) -> list[list[Arrays]]:
        """Perform every task, each once and the decompositions first, and give the results as the tasks stand.

        Args:
            wanted: the tasks, in groups.
            workers: who computes.
            store: where finished tasks are kept.
            fresh: compute even what is kept.
            watching: makes the progress display of all tasks.
        """
        every = {task.key: task for tasks in wanted for task in tasks}
        decompositions = list(self._decompositions.values())
        first = {task.key for task in decompositions}
        others = [task for key, task in every.items() if key not in first]
        ended = watching([*decompositions, *others])
        for tasks in (decompositions, others):
            found = sweep(tasks, workers, store, fresh=fresh, ended=ended)
            self._found |= {task.key: result for task, result in zip(tasks, found, strict=True)}
        return [[self._found[task.key] for task in tasks] for tasks in wanted]
