"""`svhn:FILE:3,5`: two digits of the Street View House Numbers from the data set's own `train_32x32.mat`.

The file holds `X`, of shape (32, 32, 3, N), and `y`, of shape (N, 1), where the digit 0 is written as 10. It is a
MATLAB file of level 5 and may come from anyone: `numerics.data.formats.mat_file` reads it without trusting it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from numerics.data.dataset import Dataset
from numerics.data.formats.files import parse_path
from numerics.data.formats.mat_file import read_matrices
from numerics.data.source import Source
from numerics.data.subset import Subset
from numerics.data.tables.channels import Channels
from numerics.data.tables.two_class_images import parse_pair, two_class_dataset
from theory.errors import DataFileError

_SIDE, _CHANNELS = 32, 3
_DIGITS = tuple("0123456789")
_REMEDY = "take the file from the data set's own site"


@dataclass(frozen=True)
class _Request:
    file: Path
    pair: tuple[int, int]


def _parse(text: str) -> _Request:
    file, colon, digits = text.rpartition(":")  # the last colon, because a path may hold others
    if not (colon and file):
        raise ValueError("the file or the two digits are missing")
    pair = parse_pair(digits)
    for digit in pair:
        if digit not in _DIGITS:
            raise ValueError(f"{digit!r} is not a digit from 0 to 9")
    return _Request(parse_path(file), (int(pair[0]), int(pair[1])))


def _load(name: str, request: _Request, subset: Subset) -> Dataset:
    stored = read_matrices(request.file, ("X", "y"), _REMEDY)
    try:
        pixels, digits = _checked(stored["X"], stored["y"])
        channels = _channels(pixels)
    except ValueError as reason:
        raise DataFileError(f"{request.file}: {reason}; {_REMEDY}") from None
    first, second = request.pair
    of_the_pair = np.isin(digits, request.pair)
    images = pixels[:, :, :, of_the_pair].transpose(3, 2, 0, 1)
    return two_class_dataset(
        name,
        np.ascontiguousarray(images).reshape(-1, _CHANNELS, _SIDE * _SIDE),
        channels,
        digits[of_the_pair],
        request.pair,
        (f"digit {first}", f"digit {second}"),
        subset,
        f"house numbers {first} (+1) and {second} (-1), channels standardized",
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
    scheme="svhn",
    form="svhn:FILE:A,B",
    example="svhn:train_32x32.mat:3,5",
    summary="two digits of SVHN (labels +1, -1) from its file train_32x32.mat, channels standardized",
    parse=_parse,
    load=_load,
)
