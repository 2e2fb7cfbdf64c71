"""How much a correlation of a few draws says, by Fisher's transformation.

`artanh r` of n draws is nearly normal with the variance `1/(n - 3)`, exactly so in the limit for normal pairs.
"""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from theory.errors import ParameterError

_NORMAL_95 = NormalDist().inv_cdf(0.975)
_WITHOUT_SPREAD = 3


def of_draws(some: NDArray[np.float64], others: NDArray[np.float64]) -> float | None:
    """Give the correlation r of two numbers a draw; None for fewer than three draws, or where one of them is constant.

    Args:
        some: one of them, shape `(n,)`.
        others: the other, likewise.

    Examples:
        >>> of_draws(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0]))
        1.0
        >>> of_draws(np.array([0.1, 0.1, 0.1]), np.array([2.0, 4.0, 6.0]))
    """
    if len(some) <= 2 or min(np.ptp(some), np.ptp(others)) == 0:
        return None
    found = float(np.corrcoef(some / np.ptp(some), others / np.ptp(others))[0, 1])  # squares in the range of float64
    return found if math.isfinite(found) else None


def interval(correlation: float, draws: int) -> tuple[float, float]:
    """Give the ends of the 95 % confidence interval: `tanh(artanh r +- 1.96 / sqrt(n - 3))`.

    Fewer than four draws say nothing: the interval is then from -1 to 1.

    Args:
        correlation: r, that of the draws at hand.
        draws: n.

    Raises:
        ParameterError: r is not between -1 and 1.

    Examples:
        >>> [round(end, 3) for end in interval(0.9, 50)]
        [0.829, 0.942]
        >>> interval(0.9, 3)
        (-1.0, 1.0)
    """
    middle = _transformed(correlation)
    if draws <= _WITHOUT_SPREAD:
        return -1.0, 1.0
    half = _NORMAL_95 / math.sqrt(draws - _WITHOUT_SPREAD)
    return math.tanh(middle - half), math.tanh(middle + half)


def errors_apart(
    correlation: float, draws: int, other: float, other_draws: int, rounded_by: float = 0.0
) -> float | None:
    """Give how far two correlations are apart, in standard errors of their difference; None for too few draws.

    `|artanh r - artanh s| / sqrt(1/(n - 3) + 1/(m - 3))`. Beyond 1.96 they differ at the level of 5 %. Of a rounded s
    the nearest number to r is taken that it can stand for.

    Args:
        correlation: r.
        draws: n.
        other: s.
        other_draws: m.
        rounded_by: how far the number that s stands for may be from it.

    Raises:
        ParameterError: a correlation is not between -1 and 1.

    Examples:
        >>> round(errors_apart(0.84, 50, 0.9, 50), 2)
        1.22
        >>> errors_apart(0.9985, 50, 1.0, 50, rounded_by=0.005)
        0.0
    """
    nearest = max(other - rounded_by, min(other + rounded_by, correlation))
    apart = abs(_transformed(correlation) - _transformed(nearest))
    if min(draws, other_draws) <= _WITHOUT_SPREAD:
        return None
    variance = 1 / (draws - _WITHOUT_SPREAD) + 1 / (other_draws - _WITHOUT_SPREAD)
    return apart / math.sqrt(variance)


def at_spread(correlation: float, spread: float, other_spread: float) -> float:
    """Give the correlation where the first quantity spreads otherwise, about the same line with the same scatter.

    `k r / sqrt(1 + (k^2 - 1) r^2)` with k the quotient of the spreads: what spreads more correlates better.

    Args:
        correlation: r.
        spread: standard deviation of the first quantity, for r.
        other_spread: another one.

    Examples:
        >>> round(at_spread(0.8, 1.0, 2.0), 3)
        0.936
    """
    k = other_spread / spread
    return k * correlation / math.sqrt(1 + (k**2 - 1) * correlation**2)


def _transformed(correlation: float) -> float:
    if not abs(correlation) <= 1:
        raise ParameterError(f"a correlation is between -1 and 1, not {correlation}")
    return math.atanh(max(-1 + 1e-15, min(1 - 1e-15, correlation)))
