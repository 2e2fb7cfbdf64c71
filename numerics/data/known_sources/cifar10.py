"""`cifar10:DIR:cat,dog`: two classes of CIFAR-10 from the data set's own Python batch files.

`DIR` is the folder `cifar-10-batches-py` with `batches.meta` and `data_batch_1` to `data_batch_5`, or a part of it
that holds fewer images. An image is a row of 3 x 1024 bytes: red, green, blue.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from numerics.data.dataset import Dataset
from numerics.data.formats.batch_unpickler import StoredArray, read_batch
from numerics.data.source import Source
from numerics.data.subset import Subset
from numerics.data.tables.channels import Channels
from numerics.data.tables.pair import parse_place_and_pair
from theory.did_you_mean import did_you_mean
from theory.errors import DataFileError

_CHANNELS, _PIXELS = 3, 1024
# Of the 50,000 training images, so that a folder with a part of them gives those images the same features.
_TRAINING_SET = Channels(
    mean=(125.306918046875, 122.950394140625, 113.86538318359375),
    deviation=(62.99321927813685, 62.088707640014405, 66.70489964063101),
)
_BATCHES = tuple(f"data_batch_{number}" for number in range(1, 6))


def _load(name: str, request: tuple[Path, tuple[str, str]], subset: Subset) -> Dataset:
    folder, names = request
    if not folder.is_dir():
        raise DataFileError(f"{folder}: no such folder; give the data set's folder cifar-10-batches-py")
    known = _class_names(folder / "batches.meta")
    for wanted in names:
        if wanted not in known:
            there_are = f"{', '.join(known)}{did_you_mean(wanted, known)}"
            raise DataFileError(f"{name}: no class {wanted!r} in this data set; its classes are {there_are}")
    pair = known.index(names[0]), known.index(names[1])
    batches = [_read(folder / batch, len(known), pair) for batch in _BATCHES]
    images, classes = map(np.concatenate, zip(*batches, strict=True))
    rows, labels = subset.two_classes(name, classes, pair, names)
    return Dataset(
        name,
        _TRAINING_SET.standardize(images[rows].astype(np.float64)),
        labels,
        f"CIFAR-10 images of {names[0]} (+1) and {names[1]} (-1), channels standardized",
        classes[rows],
    )


def _class_names(path: Path) -> list[str]:
    names = read_batch(path).get("label_names")
    if not isinstance(names, list) or not names or not all(isinstance(name, (str, bytes)) for name in names):
        raise DataFileError(f"{path}: no list of class names; take the file from the data set's own archive")
    return [name.decode("latin1") if isinstance(name, bytes) else name for name in names]


def _read(path: Path, n_classes: int, pair: tuple[int, int]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """The images (n, 3, 1024) and classes (n,) of one batch that are of a pair of classes."""
    batch = read_batch(path)
    stored, labels = batch.get("data"), batch.get("labels")
    try:
        if not isinstance(stored, StoredArray):
            raise ValueError("it has no pixels under 'data'")
        pixels = stored.bytes_matrix()
        if pixels.shape[1] != _CHANNELS * _PIXELS:
            raise ValueError(f"an image has {pixels.shape[1]} bytes, not {_CHANNELS * _PIXELS}")
        if not isinstance(labels, list) or not all(
            isinstance(label, int) and 0 <= label < n_classes for label in labels
        ):
            raise ValueError(f"'labels' is not a list of whole numbers from 0 to {n_classes - 1}")
        if len(labels) != len(pixels):
            raise ValueError(f"{len(pixels)} images but {len(labels)} labels")
    except ValueError as reason:
        raise DataFileError(f"{path}: {reason}; take the file from the data set's own archive") from None
    classes = np.array(labels, dtype=np.int64)
    of_the_pair = np.isin(classes, pair)
    return pixels[of_the_pair].reshape(-1, _CHANNELS, _PIXELS), classes[of_the_pair]


SOURCE = Source(
    form="cifar10:DIR:CLASS,CLASS",
    example="cifar10:cifar-10-batches-py:cat,dog",
    summary="two classes of CIFAR-10 (labels +1, -1) from the data set's Python batch files, channels standardized",
    parse=partial(parse_place_and_pair, what="the folder or the two classes"),
    load=_load,
)
