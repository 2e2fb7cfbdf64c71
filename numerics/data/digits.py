"""`digits:3,5`: two of scikit-learn's bundled handwritten digits.

8 x 8 grey pixels. The paper standardizes each channel; a grey image has one, so there is one mean and one deviation,
over all pixels of all 1,797 images.
"""

from __future__ import annotations

import numpy as np

from numerics.data.channels import Channels
from numerics.data.dataset import Dataset
from numerics.data.source import Source
from numerics.data.subset import Subset
from numerics.data.two_class_images import parse_pair, two_class_dataset

_DIGITS = tuple("0123456789")


def _parse(text: str) -> tuple[int, int]:
    first, second = parse_pair(text)
    for digit in (first, second):
        if digit not in _DIGITS:
            raise ValueError(f"{digit!r} is not a digit from 0 to 9")
    return int(first), int(second)


def _load(name: str, pair: tuple[int, int], subset: Subset) -> Dataset:
    from sklearn.datasets import load_digits  # here, because importing it takes a second

    pixels, classes = load_digits(return_X_y=True)
    images = np.asarray(pixels, dtype=np.float64)[:, np.newaxis, :]
    return two_class_dataset(
        name,
        images,
        Channels.of(images),
        np.asarray(classes, dtype=np.int64),
        pair,
        (f"digit {pair[0]}", f"digit {pair[1]}"),
        subset,
        f"handwritten digits {pair[0]} (+1) and {pair[1]} (-1), pixels standardized",
    )


SOURCE = Source(
    scheme="digits",
    form="digits:A,B",
    example="digits:3,5",
    summary="scikit-learn's handwritten digits A (label +1) and B (label -1), pixels standardized",
    parse=_parse,
    load=_load,
)
