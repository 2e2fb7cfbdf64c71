"""What round to nearest does to slow weights: it is a staircase, and increments below half a unit are lost.

A stored weight w is a p-bit number, and so is the next one: with an increment g it becomes `w + u round(g / u)`, u its
unit in the last place. Where g is a small multiple of u and hardly changes from step to step, the error is no noise
but a drift, the same at every step; below `u/2` the weight stands still. Where g fluctuates by a unit or more, as it
does for weights that the top mode shakes, the mean of the error is zero.

What is left of a run is gradient descent with these mean errors, from what p bits make of the data and of the start.
"""

from __future__ import annotations

from math import erfc

import numpy as np

from numerics.finite_precision.stretch import Floats

RESOLVED_BITS = 44
"""More bits than these leave increments that float64 knows too coarsely for their place on a stair."""

SHAKEN = 0.6
"""Deviations of the increments, in units in the last place, that leave a mean error below 0.001."""

STILL = 1e-12
"""Smaller deviations are taken for this."""

FAR = 9
"""Deviations: what lies beyond is below the last place of a mean error."""

_STAIRS = np.arange(8)[:, None] + 0.5


def rounding_errors(increments: Floats, fluctuation: Floats) -> tuple[Floats, Floats]:
    """Give mean and variance of the error of rounding increments to whole numbers, if they fluctuate as Gaussian ones.

    With `g = n + x`, n whole and `|x| <= 1/2`, the mean is the sum over all stairs `k + 1/2` of the probability to be
    above the one at that height less the probability to be below the one at that depth, less x. The variance is 1/12
    where increments fluctuate by a unit or more; without a fluctuation every error is the mean one.

    Args:
        increments: in units in the last place.
        fluctuation: their standard deviations, at most 1.

    >>> [errors.round(6).tolist() for errors in rounding_errors(np.array([0.4, 0.5, 0.7]), np.zeros(3))]
    [[-0.4, 0.0, 0.3], [0.0, 0.25, 0.0]]
    >>> mean, variance = rounding_errors(np.array([0.4]), np.array([0.8]))
    >>> bool(abs(mean[0]) < 1e-4), bool(abs(variance[0] - 1 / 12) < 1e-4)
    (True, True)
    """
    past_stair = increments - np.rint(increments)
    spread = np.maximum(fluctuation, STILL)
    distances = (np.array([past_stair, -past_stair])[:, None] - _STAIRS) / spread  # to those above and below
    (above, below), densities = _below(distances), np.exp(-(distances**2) / 2)
    # Of the rounded number r: its mean, the mean of its square, and how it goes with the fluctuation.
    mean = (above - below).sum(axis=0)
    square = (2 * _STAIRS * (above + below)).sum(axis=0)
    slope = (densities[0] + densities[1]).sum(axis=0) / np.sqrt(2 * np.pi)
    variance = np.maximum(square - mean**2 - 2 * spread * slope + spread**2, 0.0)
    return np.asarray(mean - past_stair), np.asarray(variance)


def _below(deviations: Floats) -> Floats:
    """Give the probability that a Gaussian number is below, for no positive deviations; scipy takes long to load."""
    found = np.zeros(deviations.shape)
    near = deviations > -FAR
    found[near] = [erfc(x) / 2 for x in (deviations[near] * -(0.5**0.5)).tolist()]
    return found
