"""`svhn:FILE:3,5`: two digits of the Street View House Numbers from the data set's own `train_32x32.mat`.

The file holds `X`, of shape (32, 32, 3, N), and `y`, of shape (N, 1), where the digit 0 is written as 10. It is a
MATLAB file of level 5 and may come from anyone: `numerics.data.formats.mat_file` reads it without trusting it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from numerics.data.dataset import Dataset
from numerics.data.formats.mat_file import read_matrices
from numerics.data.source import Source
from numerics.data.subset import Subset
from numerics.data.tables.channels import Channels
from numerics.data.tables.pair import parse_place_and_pair, two_digits
from theory.errors import DataFileError

_SIDE, _CHANNELS = 32, 3
_REMEDY = "take the file from the data set's own site"


def _parse(text: str) -> tuple[Path, tuple[int, int]]:
    file, pair = parse_place_and_pair(text, "the file or the two digits")
    return file, two_digits(pair)


def _load(name: str, request: tuple[Path, tuple[int, int]], subset: Subset) -> Dataset:
    file, pair = request
    stored = read_matrices(file, ("X", "y"), _REMEDY)
    try:
        pixels, digits = _checked(stored["X"], stored["y"])
        channels = _channels(pixels)
    except ValueError as reason:
        raise DataFileError(f"{file}: {reason}; {_REMEDY}") from None
    rows, labels = subset.two_classes(name, digits, pair, (f"digit {pair[0]}", f"digit {pair[1]}"))
    images = pixels[:, :, :, rows].transpose(3, 2, 0, 1).astype(np.float64)
    return Dataset(
        name,
        channels.standardize(images.reshape(-1, _CHANNELS, _SIDE * _SIDE)),
        labels,
        f"house numbers {pair[0]} (+1) and {pair[1]} (-1), channels standardized",
        digits[rows],
    )


def _checked(pixels: NDArray[np.generic], labels: NDArray[np.generic]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    if pixels.dtype != np.uint8:
        raise ValueError(f"the pixels are of type {pixels.dtype.name}, not bytes")
    if pixels.ndim != 4 or pixels.shape[:3] != (_SIDE, _SIDE, _CHANNELS):
        raise ValueError(f"X has shape {pixels.shape}, not ({_SIDE}, {_SIDE}, {_CHANNELS}, N)")
    if labels.dtype.kind not in "uif" or labels.size != pixels.shape[3] or max(labels.shape, default=0) != labels.size:
        raise ValueError(f"y of shape {labels.shape} does not give one number for each of {pixels.shape[3]} images")
    digits = labels.ravel().astype(np.float64)
    if not np.isin(digits, np.arange(11)).all():
        raise ValueError("y holds numbers that are no digits")
    return pixels.astype(np.uint8, copy=False), (digits % 10).astype(np.int64)


def _channels(pixels: NDArray[np.uint8]) -> Channels:
    """Mean and deviation of each channel over all images, from counts: the pixels need no copy as floats."""
    means, deviations = [], []
    values = np.arange(256, dtype=np.float64)
    for channel in range(_CHANNELS):
        counts = np.zeros(256)
        for row in range(_SIDE):
            counts += np.bincount(pixels[row, :, channel].ravel(), minlength=256)
        mean = float(counts @ values / counts.sum())
        means.append(mean)
        deviations.append(float(np.sqrt(counts @ (values - mean) ** 2 / counts.sum())))
    if min(deviations) == 0:
        raise ValueError("a colour channel is constant")
    return Channels(tuple(means), tuple(deviations))


SOURCE = Source(
    form="svhn:FILE:A,B",
    example="svhn:train_32x32.mat:3,5",
    summary="two digits of SVHN (labels +1, -1) from its file train_32x32.mat, channels standardized",
    parse=_parse,
    load=_load,
)
