"""The numbers of a data set as its source writes them, where float64 only rounds them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.spectrum.arrays import fraction, lossy

ExactNumbers = tuple[list[list[Fraction]], list[Fraction]]
"""X as N rows of d rationals, and y as N."""


@dataclass(frozen=True)
class ExactReading:
    """How to read a data set once more, exactly: 0.1 is a tenth, which no float64 is.

    Args:
        exactly: reads X and y as rationals.
        distance: a bound on the Frobenius norm of the difference to X in float64, over the largest entry of X.
    """

    exactly: Callable[[], ExactNumbers]
    distance: float


def rounding_distance(X: NDArray[np.float64]) -> float:
    """Bound what rounding every entry to the nearest float64 has changed, over the largest entry.

    Examples:
        >>> rounding_distance(np.array([[3.0, 0.0], [0.0, 4.0]])) < 2e-16
        True
    """
    largest = float(np.abs(X).max(initial=0.0))
    if largest == 0:
        return 0.0
    return float(float(np.linalg.norm(X / largest)) * 1.2e-16 + X.size**0.5 * (2.0**-1074 / largest))


def reading_of(X: NDArray[Any], y: NDArray[Any]) -> ExactReading | None:
    """Tell how to read arrays exactly, as they are stored; None where float64 rounds nothing in them.

    Examples:
        >>> X, y = np.array([[2**53 + 1]]), np.array([1])
        >>> reading_of(X, y).exactly()
        ([[Fraction(9007199254740993, 1)]], [Fraction(1, 1)])
        >>> reading_of(X - 1, y) is None
        True
    """
    if not (lossy(X) or lossy(y)):
        return None

    def exactly() -> ExactNumbers:
        return [[fraction(value) for value in row] for row in X], [fraction(value) for value in y]

    return ExactReading(exactly, rounding_distance(X.astype(np.float64)))
