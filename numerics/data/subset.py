"""Which samples of a source are taken: all of them, or a seeded draw."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

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
        if self.samples is not None and not (_is_whole(self.samples) and self.samples >= 1):
            raise ParameterError(f"samples is {self.samples!r}; give a whole number of at least 1")
        if not (_is_whole(self.seed) and self.seed >= 0):
            raise ParameterError(f"seed is {self.seed!r}; give a whole number of at least 0")

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

    def balanced_rows(
        self, name: str, classes: NDArray[np.int64], first: int, second: int, names: tuple[str, str]
    ) -> NDArray[np.int64]:
        """Indices with both classes equally often, in increasing order; an odd one goes to the first class.

        Args:
            name: the source, for the error message.
            classes: (N,) the class of each sample, `first` or `second`.
            first: the class of label +1.
            second: the class of label -1.
            names: what people call the two classes.

        Raises:
            ParameterError: more are asked for than there are, of one class or in total.
        """
        if self.samples is None:
            return np.arange(len(classes))
        generator = self._generator()
        wanted = ((self.samples + 1) // 2, self.samples // 2)
        members = (np.flatnonzero(classes == first), np.flatnonzero(classes == second))
        if any(want > len(member) for want, member in zip(wanted, members, strict=True)):
            raise ParameterError(
                f"{name}: {self.samples} samples asked for, half of each class, but there are "
                f"{len(members[0])} of {names[0]} and {len(members[1])} of {names[1]}; "
                f"ask for at most {min(2 * len(members[0]), 2 * len(members[1]) + 1)}"
            )
        drawn = [generator.choice(member, want, replace=False) for want, member in zip(wanted, members, strict=True)]
        return np.sort(np.concatenate(drawn))

    def _generator(self) -> np.random.Generator:
        return np.random.default_rng([self.seed, _DRAW])


def _is_whole(value: object) -> bool:
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool)
