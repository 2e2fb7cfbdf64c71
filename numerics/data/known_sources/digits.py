"""`digits:3,5`: two of scikit-learn's bundled handwritten digits.

8 x 8 grey pixels. The paper standardizes each channel; a grey image has one, so there is one mean and one deviation,
over all pixels of all 1,797 images.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from numerics.data.dataset import Dataset
from numerics.data.source import Source
from numerics.data.subset import Subset
from numerics.data.tables.channels import Channels
from numerics.data.tables.pair import parse_pair, two_digits


@cache
def bundled() -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The pixels of all images, one row each, and the digits that they show.

    They are read out of scikit-learn's folder, as its own `load_digits` does: to import it takes longer than most of
    what is done with them. They are kept, and nobody may write on them.

    Examples:
        >>> [part.shape for part in bundled()]
        [(1797, 64), (1797,)]
    """
    spec = find_spec("sklearn")
    assert spec is not None, "scikit-learn is a dependency"
    assert spec.origin is not None
    table = np.loadtxt(Path(spec.origin).parent / "datasets" / "data" / "digits.csv.gz", delimiter=",")
    table.flags.writeable = False  # all share it
    return table[:, :-1], table[:, -1].astype(np.int64)


def _parse(text: str) -> tuple[int, int]:
    return two_digits(parse_pair(text))


def _load(name: str, pair: tuple[int, int], subset: Subset) -> Dataset:
    pixels, classes = bundled()
    images = pixels[:, np.newaxis, :]
    rows, labels = subset.two_classes(name, classes, pair, (f"digit {pair[0]}", f"digit {pair[1]}"))
    return Dataset(
        name,
        Channels.of(images).standardize(images[rows]),
        labels,
        f"handwritten digits {pair[0]} (+1) and {pair[1]} (-1), pixels standardized",
        classes[rows],
    )


SOURCE = Source(
    form="digits:A,B",
    example="digits:3,5",
    summary="scikit-learn's handwritten digits A (label +1) and B (label -1), pixels standardized",
    parse=_parse,
    load=_load,
)
