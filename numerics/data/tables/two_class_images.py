"""Two classes of images with labels +1 and -1: what the digits and CIFAR-10 have in common."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from numerics.data.dataset import Dataset
from numerics.data.subset import Subset
from numerics.data.tables.channels import Channels


def parse_pair(text: str) -> tuple[str, str]:
    """Two different names separated by a comma.

    Raises:
        ValueError: there are not two, one is empty, or they are the same.

    Examples:
        >>> parse_pair("cat, dog")
        ('cat', 'dog')
    """
    names = [part.strip() for part in text.split(",")]
    if len(names) != 2 or not all(names):
        raise ValueError(f"{text!r} does not name two classes")
    first, second = names
    if first == second:
        raise ValueError(f"the two classes are both {first!r}")
    return first, second


def two_class_dataset(
    name: str,
    images: NDArray[np.uint8] | NDArray[np.float64],
    channels: Channels,
    classes: NDArray[np.int64],
    pair: tuple[int, int],
    names: tuple[str, str],
    subset: Subset,
    description: str,
) -> Dataset:
    """Keep the two classes, draw the subset, and standardize each channel.

    Args:
        name: what the user wrote.
        images: (N, channels, pixels) of any classes.
        channels: the data set's mean and deviation of each channel.
        classes: (N,) the class of each image.
        pair: the class of label +1, then that of label -1.
        names: what people call those two.
        subset: which samples to take.
        description: one line for people.
    """
    of_the_pair = np.flatnonzero(np.isin(classes, pair))
    drawn = of_the_pair[subset.balanced_rows(name, classes[of_the_pair], *pair, names)]
    return Dataset(
        name,
        channels.standardize(images[drawn].astype(np.float64)),
        np.where(classes[drawn] == pair[0], 1.0, -1.0),
        description,
        classes[drawn],
    )
