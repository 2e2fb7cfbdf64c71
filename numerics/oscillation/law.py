"""The law of the peaks: from the weights around one crossing of `2/eta`, when the next peak comes and how high it is.

Nothing is fitted. The weights are the sum of a slow part and of an oscillation `a` along the sharpest direction.

1. *Crossing.* Around it a step multiplies the oscillation by nearly -1: differences of high order keep it and lose the
   slow part.
2. *Quiet.* The slow part takes steps of gradient descent, except along the sharpest direction, where it goes to the
   bottom of the valley by a step of Newton's. The oscillation is multiplied by `1 - eta S` in each, and rounding adds
   noise to it, of the variance that storing a weight and forming a residual have at 53 bits.
3. *Loud.* Once the oscillation reaches 2^-8 of the smallest layer the weights are followed as they are, until the
   sharpness is below `2/eta` and the oscillation below half of that again: then they are quiet anew.

While they are loud the imbalance changes, and with it the ceiling (own-ceiling-slope). So the law goes on from peak to
peak, to the end of the run.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from numerics.oscillation.weights import Floats, Here
from theory import Spectrum

WINDOW = 17
"""How many states around the crossing the law takes, where there are so many; a mode that shrinks by 0.9 a step is left
with 1e-21 of itself."""
LOUD = 2.0**-8
"""The share of the smallest layer from which on an oscillation is followed as it is; see `finite_precision.law`."""
_ESCAPED = 1e4


@dataclass(frozen=True, eq=False)
class Prediction:
    """What the law predicts, step by step from the crossing on.

    Attributes:
        sharpness: shape `(K,)`; fewer than asked for where the run diverges.
        weights: the slow part where it is quiet, all of it where it is loud, shape `(K, r + D - 1)`.
    """

    sharpness: Floats
    weights: Floats


@dataclass(frozen=True, eq=False)
class _Quiet:
    """A slow part and an oscillation: its mean, along a direction, and the variance that rounding gave it."""

    slow: Floats
    direction: Floats
    amplitude: float
    variance: float = 0.0

    def size(self) -> float:
        """How large the oscillation is."""
        return math.hypot(self.amplitude, math.sqrt(self.variance))

    def weights(self) -> Floats:
        """The weights with the oscillation."""
        moved: Floats = self.slow + math.copysign(self.size(), self.amplitude) * self.direction
        return moved

    def after(self, here: Here, step_size: float) -> _Quiet:
        """One step later."""
        direction = here.towards(self.direction)
        along = float(direction @ here.gradient)
        slow = self.slow - step_size * (here.gradient - along * direction) - along / here.sharpness * direction
        factor, moved = 1 - step_size * here.sharpness, step_size * here.sharpness
        # An error of u^2/12 in storing a weight, and one in its output, which a step multiplies by eta S.
        rounding = float(((direction * np.spacing(np.abs(slow))) ** 2).sum()) / 12 * (1 + moved**2)
        return _Quiet(slow, direction, self.amplitude * factor, self.variance * factor**2 + rounding)


def alternating(around: Floats) -> Floats:
    """The part of many states that changes its sign from step to step, at the middle one: a difference of high order.

    Examples:
        >>> alternating(np.array([[1.0], [5.0], [1.0], [5.0], [1.0]])).tolist()
        [-2.0]
    """
    order = len(around) - 1
    signed = [math.comb(order, place) * (-1) ** (place + order // 2) for place in range(order + 1)]
    part: Floats = np.array(signed) @ around / 2.0**order
    return part


def follow(spectrum: Spectrum, step_size: float, around: Floats, steps: int) -> Prediction:
    """Predict the sharpness of so many steps from a crossing on.

    Args:
        spectrum: the data, in float64.
        step_size: `eta`.
        around: the weights `(c, v)` at an odd number of steps around the crossing, shape `(W, r + D - 1)`.
        steps: how many.

    Examples:
        >>> still = np.tile([1.0, 3.0], (3, 1))
        >>> follow(Spectrum([2.0], [6.0], n_samples=4), 0.1, still, steps=2).sharpness.round(6).tolist()
        [10.0, 10.0]
    """
    rank, middle = spectrum.rank, around[len(around) // 2]
    here = Here.at(spectrum, middle)
    amplitude = float(here.sharpest @ alternating(around))
    quiet: _Quiet | None = _Quiet(middle - amplitude * here.sharpest, here.sharpest, amplitude)
    weights, largest = middle, max(1.0, float(np.abs(middle).max()))
    sharpness: list[float] = []
    visited: list[Floats] = []
    while len(sharpness) < steps:
        if quiet is not None:
            if quiet.size() >= LOUD * np.abs(quiet.slow[rank:]).min():
                weights, quiet = quiet.weights(), None
            else:
                weights = quiet.slow
        here = Here.at(spectrum, weights)
        sharpness.append(here.sharpness)
        visited.append(weights)
        if quiet is None:
            displacement = float(here.sharpest @ here.gradient) / here.sharpness
            small = abs(displacement) < LOUD / 2 * np.abs(weights[rank:]).min()
            if small and step_size * here.sharpness < 2:
                quiet = _Quiet(weights - displacement * here.sharpest, here.sharpest, displacement)
                quiet = replace(quiet.after(Here.at(spectrum, quiet.slow), step_size), variance=0.0)
            else:
                weights = weights - step_size * here.gradient
                if not np.abs(weights).max() < _ESCAPED * largest:
                    break
        else:
            quiet = quiet.after(here, step_size)
    return Prediction(np.array(sharpness), np.array(visited))
