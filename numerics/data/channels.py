"""Images as the paper prepares them: each colour channel standardized."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


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
    def of(cls, images: NDArray[np.float64]) -> Channels:
        """Measure them on images of shape (N, channels, pixels).

        Examples:
            >>> Channels.of(np.array([[[0.0, 2.0]], [[2.0, 0.0]]]))
            Channels(mean=(1.0,), deviation=(1.0,))
        """
        return cls(tuple(images.mean(axis=(0, 2)).tolist()), tuple(images.std(axis=(0, 2)).tolist()))

    def standardize(self, images: NDArray[np.float64]) -> NDArray[np.float64]:
        """Subtract the mean and divide by the deviation: (N, channels, pixels) to (N, channels * pixels).

        Examples:
            >>> Channels((1.0,), (2.0,)).standardize(np.array([[[0.0, 2.0]], [[5.0, 1.0]]])).tolist()
            [[-0.5, 0.5], [2.0, 0.0]]
        """
        mean, deviation = np.array(self.mean)[:, np.newaxis], np.array(self.deviation)[:, np.newaxis]
        standardized: NDArray[np.float64] = ((images - mean) / deviation).reshape(len(images), -1)
        return standardized
