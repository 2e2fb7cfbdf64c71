"""Images as the paper prepares them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from theory.errors import DegenerateDataError


def standardize_channels(name: str, images: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give each channel mean 0 and variance 1 over all pixels of all the given images.

    The statistics are those of the images in use, after any draw of a subset: the result then depends on
    nothing but those images.

    Args:
        name: the source, for the error message.
        images: (N, channels, pixels).

    Returns:
        (N, channels * pixels) float64.

    Raises:
        DegenerateDataError: a channel is constant.

    Examples:
        >>> standardize_channels("mine", np.array([[[0.0, 2.0]], [[2.0, 0.0]]])).tolist()
        [[-1.0, 1.0], [1.0, -1.0]]
    """
    mean = images.mean(axis=(0, 2), keepdims=True)
    centred = images - mean
    deviation = np.sqrt(np.mean(centred**2, axis=(0, 2), keepdims=True))
    constant = np.flatnonzero(deviation == 0)
    if constant.size:
        raise DegenerateDataError(
            f"{name}: channel {int(constant[0]) + 1} of the images is constant and cannot be standardized; "
            "take more samples"
        )
    scaled: NDArray[np.float64] = (centred / deviation).reshape(len(images), -1)
    return scaled
