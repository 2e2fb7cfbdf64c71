"""The data that the paper's experiments draw from, where a folder holds them."""

from __future__ import annotations

from collections.abc import Sequence
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
        source: as `numerics.data.load` takes it, of a place.
        places: where a folder may hold it, as patterns, the best first.
        marks: what is there then.
    """

    key: str
    name: str
    source: str
    places: Sequence[str] = ()
    marks: Sequence[str] = ()

    def find(self, folder: Path) -> str | None:
        """Give the source that a folder holds, if it does."""
        for pattern in self.places:
            for place in [folder] if pattern == "." else sorted(folder.glob(pattern), reverse=True):
                if all((place / mark).exists() for mark in self.marks):
                    return self.source.format(place)
        return None


PAPER_DATA = {
    data.key: data
    for data in (
        PaperData("cifar10", "CIFAR10", "cifar10:{}:cat,dog", ["cifar-10-batches-py", "."], ["batches.meta"]),
        PaperData("svhn", "SVHN", "svhn:{}/train_32x32.mat:3,5", [".", "svhn", "SVHN"], ["train_32x32.mat"]),
        PaperData("speech", "Google speech commands", "speech:{}:yes,no", [".", "*speech*commands*"], ["yes", "no"]),
    )
}
SENTENCES = PaperData("sst2", "SST-2", "sst2:{}", ["SST-2", "glue_data/SST-2", "."], ["train.tsv"])
BUNDLED = PaperData("digits", "handwritten digits (bundled)", "digits:3,5")

GRAMMAR = "sentences:1000"
"""What stands in for SST-2."""


def find_sentences(folder: Path | None) -> str:
    """Give the source of SST-2's sentences, where a folder holds GLUE's, else of those that stand in for them."""
    return (folder and SENTENCES.find(folder)) or GRAMMAR


def find_pools(folder: Path | None) -> dict[str, Pool]:
    """Load every data set of the paper that a folder holds, by key; the bundled digits where it holds none.

    Raises:
        DataFileError: a data set is there but damaged.
    """
    found = {key: folder and data.find(folder) for key, data in PAPER_DATA.items()}
    pools = {key: Pool.of(PAPER_DATA[key].name, source) for key, source in found.items() if source}
    return pools or {BUNDLED.key: Pool.of(BUNDLED.name, BUNDLED.source)}
