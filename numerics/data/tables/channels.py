"""Images as the paper prepares them: each colour channel standardized."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.data.tables.on_disk import blocks, in_blocks, room_for
from theory.errors import DegenerateDataError, ParameterError

_MOST_CHANNELS = 4


@dataclass(frozen=True)
class Channels:
    """Mean and standard deviation of each channel, over all pixels of all images of a whole data set.

    They belong to the data set, not to the samples drawn from it: an image has the same features in every draw, and
    a larger draw only adds rows. On CIFAR-10 this also comes closest to the paper's tables: with the statistics of
    each draw instead, the predicted sharpness at N = 500 is more than one standard deviation off.
    """

    mean: tuple[float, ...]
    deviation: tuple[float, ...]

    @classmethod
    def of(cls, images: NDArray[Any]) -> Channels:
        """Measure them on images of shape (N, channels, pixels, ...), a block of images at a time.

        Examples:
            >>> Channels.of(np.array([[[0.0, 2.0]], [[2.0, 0.0]]]))
            Channels(mean=(1.0,), deviation=(1.0,))
        """
        axes, count = (0, *range(2, images.ndim)), images.size // images.shape[1]
        each = (1, -1, *[1] * (images.ndim - 2))
        mean = sum(block.sum(axis=axes) for block in in_blocks(images)) / count
        squares = sum(np.square(block - mean.reshape(each)).sum(axis=axes) for block in in_blocks(images))
        return cls(tuple(mean.tolist()), tuple(np.sqrt(squares / count).tolist()))

    def standardize(self, images: NDArray[np.float64]) -> NDArray[np.float64]:
        """Subtract the mean and divide by the deviation: (N, channels, pixels) to (N, channels * pixels).

        Examples:
            >>> Channels((1.0,), (2.0,)).standardize(np.array([[[0.0, 2.0]], [[5.0, 1.0]]])).tolist()
            [[-0.5, 0.5], [2.0, 0.0]]
        """
        mean, deviation = np.array(self.mean)[:, np.newaxis], np.array(self.deviation)[:, np.newaxis]
        standardized: NDArray[np.float64] = ((images - mean) / deviation).reshape(len(images), -1)
        return standardized


def standardized_images(place: object, images: NDArray[Any]) -> NDArray[np.float64]:
    """Standardize each channel of images, over all of them; one row an image.

    Args:
        place: the file, for messages.
        images: shape (N, channels, rows, columns), (N, rows, columns, channels), or (N, rows, columns) of one channel.
            There are at most 4 channels, which tells the first two apart.

    Raises:
        ParameterError: there are no images, or either axis may be the one of the channels.
        DegenerateDataError: a channel is constant.

    Examples:
        >>> standardized_images("mine", np.arange(32).reshape(2, 4, 4)).shape
        (2, 16)
    """
    if images.ndim not in (3, 4):
        raise ParameterError(f"{place}: a table has no channels; say --standardize columns")
    channels = images[:, np.newaxis] if images.ndim == 3 else images
    first, last = channels.shape[1] <= _MOST_CHANNELS, channels.shape[3] <= _MOST_CHANNELS
    if images.ndim == 4 and first == last:
        shape = " x ".join(map(str, images.shape))
        raise ParameterError(f"{place}: which axis of {shape} has the channels? make it the second one, of 1 to 4")
    ordered = channels if images.ndim == 3 or first else np.moveaxis(channels, 3, 1)
    found = Channels.of(ordered)
    if not all(deviation > 0 for deviation in found.deviation):
        raise DegenerateDataError(f"{place}: a channel is constant; leave it out")
    made = room_for(images, (len(images), prod(images.shape[1:])))
    for rows, block in zip(blocks(ordered), in_blocks(ordered), strict=True):
        made[rows] = found.standardize(block.reshape(*block.shape[:2], -1))
    return made
