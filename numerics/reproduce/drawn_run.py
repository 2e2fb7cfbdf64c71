"""Something trained on a random subset of a data set, as a task."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from numerics.work.task import Arrays, Task

if TYPE_CHECKING:
    from numerics.reproduce.reproduction import Reproduction


@dataclass(frozen=True)
class DrawnRun(ABC):
    """What is trained, on which draw.

    Attributes:
        data: key of the data set, or a source as `numerics.data.load` takes it.
        samples: how many.
        seed: of the draw, of the start and of the batches.
        function: what trains, as `Task` takes it; everything here but `data` is its configuration.
    """

    data: str
    samples: int
    seed: int = field(default=0, kw_only=True)
    function: ClassVar[str]

    @property
    @abstractmethod
    def cost(self) -> float:
        """About how many seconds it takes."""

    @property
    def draw(self) -> int:
        """The draw's seed."""
        return self.seed

    @property
    def configuration(self) -> Mapping[str, Any]:
        """What makes the run again, on the same arrays, with any `data`."""
        return {name: value for name, value in asdict(self).items() if name != "data"}

    def task(self, reproduction: Reproduction) -> Task:
        """Make the task, whose arrays are `X`, shape `(N, d)`, and `y`, shape `(N,)`."""
        pool = reproduction.pool(self.data)

        def arrays() -> Arrays:
            X, y = pool.draw(self.samples, self.draw)
            return {"X": X, "y": y}

        return Task(self.function, self.configuration, pool.dataset.digest, arrays, self.cost)

    def on_decomposition(self, reproduction: Reproduction, names: Iterable[str]) -> Task:
        """Make the task, whose arrays are those of the draw's decomposition with these names."""
        where = self.data, self.samples, self.draw

        def arrays() -> Arrays:
            return {name: reproduction.draw(*where)[name] for name in names}

        before = reproduction.decomposition(*where)
        return Task(self.function, self.configuration, before.key, arrays, self.cost)


AnyRun = TypeVar("AnyRun", bound=DrawnRun)
