"""The data that the paper's experiments draw from, where a folder holds them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from numerics.data import Dataset, Subset, load

Labelled = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Features, shape `(N, d)`, and labels, shape `(N,)`."""


@dataclass(frozen=True, eq=False)
class Pool:
    """Everything of two classes (or of any other data set), from which subsets are drawn.

    Attributes:
        name: what tables call it, such as `CIFAR10`.
        source: the text that `numerics.data.load` takes, with paths as the user wrote them.
        dataset: all the samples.
    """

    name: str
    source: str
    dataset: Dataset

    @classmethod
    def of(cls, name: str, source: str) -> Pool:
        """Load a source whole.

        Examples:
            >>> Pool.of("digits", "digits:3,5").largest
            365
        """
        return cls(name, source, load(source))

    @property
    def digest(self) -> str:
        """SHA-256 of all features and labels, as float64, and of their shape."""
        return self.dataset.digest

    @property
    def largest(self) -> int:
        """The most samples that can be drawn, half of each class where there are two."""
        classes = self.dataset.classes
        if classes is None:
            return self.dataset.n_samples
        first, second = int((self.dataset.y > 0).sum()), int((self.dataset.y < 0).sum())
        return min(2 * first, 2 * second + 1)

    def draw(self, samples: int, seed: int) -> Labelled:
        """Give what `load(source, samples=samples, seed=seed)` gives, without reading the files again."""
        data, subset = self.dataset, Subset(samples, seed)
        if data.classes is None:
            rows = subset.rows(data.name, data.n_samples)
        else:
            pair = int(data.classes[np.argmax(data.y > 0)]), int(data.classes[np.argmax(data.y < 0)])
            rows, _ = subset.two_classes(data.name, data.classes, pair, (str(pair[0]), str(pair[1])))
        return data.X[rows], data.y[rows]


@dataclass(frozen=True)
class PaperData:
    """A data set of the paper.

    Attributes:
        key: its name in the file of published values.
        name: what tables call it.
        find: the sources that a folder holds, as texts for `load`, the best first.
    """

    key: str
    name: str
    find: Callable[[Path], Iterator[str]]


def _cifar10(folder: Path) -> Iterator[str]:
    for place in (folder / "cifar-10-batches-py", folder):
        if (place / "batches.meta").is_file():
            yield f"cifar10:{place}:cat,dog"


def _svhn(folder: Path) -> Iterator[str]:
    for place in (folder, folder / "svhn", folder / "SVHN"):
        if (place / "train_32x32.mat").is_file():
            yield f"svhn:{place / 'train_32x32.mat'}:3,5"


def _speech(folder: Path) -> Iterator[str]:
    for place in (folder, *sorted(folder.glob("*speech*commands*"), reverse=True)):
        if (place / "yes").is_dir() and (place / "no").is_dir():
            yield f"speech:{place}:yes,no"


PAPER_DATA = {
    data.key: data
    for data in (
        PaperData("cifar10", "CIFAR10", _cifar10),
        PaperData("svhn", "SVHN", _svhn),
        PaperData("speech", "Google speech commands", _speech),
    )
}
BUNDLED = PaperData("digits", "handwritten digits (bundled)", lambda folder: iter(["digits:3,5"]))

GRAMMAR = "sentences:1000"
"""What stands in for SST-2."""


def find_sentences(folder: Path | None) -> str:
    """Give the source of SST-2's sentences, where a folder holds GLUE's, else of those that stand in for them."""
    places = () if folder is None else (folder / "SST-2", folder / "glue_data" / "SST-2", folder)
    return next((f"sst2:{place}" for place in places if (place / "train.tsv").is_file()), GRAMMAR)


def find_pools(folder: Path | None) -> dict[str, Pool]:
    """Load every data set of the paper that a folder holds, by key; the bundled digits where it holds none.

    Raises:
        DataFileError: a data set is there but damaged.
    """
    found = {}
    for data in PAPER_DATA.values() if folder is not None else ():
        source = next(data.find(Path(folder or ".")), None)
        if source is not None:
            found[data.key] = Pool.of(data.name, source)
    return found or {BUNDLED.key: Pool.of(BUNDLED.name, "digits:3,5")}
