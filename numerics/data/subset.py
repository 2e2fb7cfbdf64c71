"""Which samples of a source are taken: all of them, or a seeded draw."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.whole_numbers import whole
from numerics.data.reading import Reading
from theory.errors import ParameterError

_DRAW = 1  # keeps the stream that draws samples apart from the one that a synthetic source is made of


@dataclass(frozen=True)
class Subset:
    """A request for `samples` rows (None: all of them), drawn without replacement from `seed`.

    Args:
        samples: how many.
        seed: fixes the draw.
        reading: what the user said about the file.

    Raises:
        ParameterError: `samples` is not a whole number above 0, or `seed` not a whole number from 0.

    Examples:
        >>> Subset(2, seed=1).rows("mine", 5).size
        2
    """

    samples: int | None = None
    seed: int = 0
    reading: Reading = field(default_factory=Reading)

    def __post_init__(self) -> None:
        if self.samples is not None:
            whole(self.samples, "samples")
        whole(self.seed, "seed", 0)

    def rows(self, name: str, available: int) -> NDArray[np.int64]:
        """Indices drawn uniformly from `range(available)`, in increasing order.

        Raises:
            ParameterError: more are asked for than there are.
        """
        if self.samples is None:
            return np.arange(available)
        if self.samples > available:
            raise ParameterError(
                f"{name}: {self.samples} samples asked for, but there are {available}; ask for at most that many"
            )
        return np.sort(self._generator().choice(available, self.samples, replace=False))

    def two_classes(
        self, name: str, classes: NDArray[np.int64], pair: tuple[int, int], names: tuple[str, str]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Rows with both of two classes equally often, in increasing order, and their labels; an odd one is a first.

        Args:
            name: the source, for the error message.
            classes: (N,) the class of each sample; those of others than the two are left out.
            pair: the class of label +1, then that of label -1.
            names: what people call the two classes.

        Raises:
            ParameterError: more are asked for than there are, of one class or in total.
        """
        members = [np.flatnonzero(classes == one) for one in pair]
        if self.samples is not None:
            generator, wanted = self._generator(), ((self.samples + 1) // 2, self.samples // 2)
            if any(want > len(member) for want, member in zip(wanted, members, strict=True)):
                raise ParameterError(
                    f"{name}: {self.samples} samples asked for, half of each class, but there are "
                    f"{len(members[0])} of {names[0]} and {len(members[1])} of {names[1]}; "
                    f"ask for at most {min(2 * len(members[0]), 2 * len(members[1]) + 1)}"
                )
            members = [generator.choice(one, want, replace=False) for want, one in zip(wanted, members, strict=True)]
        rows = np.sort(np.concatenate(members))
        return rows, np.where(classes[rows] == pair[0], 1.0, -1.0)

    def _generator(self) -> np.random.Generator:
        return np.random.default_rng([self.seed, _DRAW])
