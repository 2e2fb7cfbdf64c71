"""What round to nearest does to slow weights: it is a staircase, and increments below half a unit are lost.

A stored weight w is a p-bit number, and so is the next one: with an increment g it becomes `w + u round(g / u)`, u its
unit in the last place. Where g is a small multiple of u and hardly changes from step to step, the error is no noise
but a drift, the same at every step; below `u/2` the weight stands still. Where g fluctuates by a unit or more, as it
does for weights that the top mode shakes, the mean of the error is zero.

The mean displacement is carried along the reference like noise is, with these mean errors, and with what p bits make
of the data and of the start.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from numerics.model.products import product, products_of_others
from numerics.precision.noise import DRAWS, Drawing, Noise
from numerics.precision.path import Path
from numerics.precision.problem import Problem, at_precision
from numerics.precision.rounded_sharpness import Floats
from numerics.precision.rounding import last_place

RESOLVED_BITS = 44
"""More bits than these leave increments that float64 records too coarsely for their place on a stair."""

_STILL = 1e-12
_STAIRS = 8
_SHAKEN = 0.6  # deviations of the increments, in units in the last place, that leave a mean error below 0.001


def mean_rounding(increments: Floats, fluctuation: Floats) -> Floats:
    """Give the mean error of rounding increments to whole numbers, if they fluctuate like Gaussian numbers.

    With `g = n + x`, n whole and `|x| <= 1/2`, it is the sum over all stairs `k + 1/2` of the probability to be above
    the one at that height less the probability to be below the one at that depth, less x.

    Args:
        increments: in units in the last place.
        fluctuation: their standard deviations, at most 1.

    >>> mean_rounding(np.array([0.4, 0.7]), np.zeros(2)).round(6).tolist()
    [-0.4, 0.3]
    >>> bool(abs(mean_rounding(np.array([0.4]), np.array([0.8]))) < 1e-4)
    True
    """
    from scipy.special import ndtr

    past_stair = increments - np.rint(increments)
    spread = np.maximum(fluctuation, _STILL)
    stairs = np.arange(_STAIRS)[:, None] + 0.5
    up, down = ndtr((past_stair - stairs) / spread), ndtr((-past_stair - stairs) / spread)
    return np.asarray((up - down).sum(axis=0) - past_stair)


@dataclass(frozen=True, eq=False)
class Course:
    """What runs of few bits follow.

    Attributes:
        path: the reference plus the mean displacement.
        noise: the draws about it.
        stuck_from: for each draw, the first step at which none of its increments reaches half a unit in the last place,
            so that it never moves again; a step after the last one for none; shape `(DRAWS,)`.
    """

    path: Path
    noise: Noise
    stuck_from: NDArray[np.int64]


def mean_course(problem: Problem, path: Path, bits: int, first: int, largest: float) -> Course:
    """Give what runs at p bits follow on average, and the noise about it.

    The two are carried together, since the noise decides how much of the staircase is left.

    Args:
        problem: what is run.
        path: the reference.
        bits: p, at most 44.
        first: the first step whose noise is kept.
        largest: from that step on, stop where the part of the mean displacement that changes sign from step to step is
            larger than this share of the smallest layer.

    Returns:
        The path up to its last step, or to where it stops.
    """
    stuck = np.full(DRAWS, path.last_step + 1)
    rounded = _RoundedData.of(problem, path, bits)
    scale = np.concatenate([1 / np.asarray(path.spectrum.singular_values), np.ones(path.layers.shape[1])])
    drawing = Drawing(path.weights.shape[1], path.last_step, first)
    found = [rounded.start - path.weights[0]]
    for step in range(path.last_step + 1):
        displaced, before = found[-1], found[max(0, step - 1)]
        here = path.moved(step, displaced)
        smallest = float(np.abs(here.layers[0]).min())
        drawing.keep(step, smallest)
        turning = np.linalg.norm(displaced - before) / 2
        if step == path.last_step or (step >= first and not turning <= largest * smallest):
            break
        jacobian, rounding = here.jacobian(0), here.rounding(0)
        units = np.ldexp(last_place(np.concatenate([here.outputs[0], here.layers[0]])), -bits) * scale
        spread = np.ldexp(drawing.fluctuation(jacobian, rounding), -bits)
        after = path.jacobian(step).times(displaced) + rounded.shift(step)
        increments = path.weights[step + 1] - path.weights[step] + after - displaced
        slow = spread < _SHAKEN * units
        after[slow] += units[slow] * mean_rounding(increments[slow] / units[slow], spread[slow] / units[slow])
        found.append(after)
        if step >= first:
            each = increments[:, None] + np.ldexp(drawing.increments(jacobian), -bits)
            still = (np.abs(each) < units[:, None] / 2).all(axis=0)
            stuck = np.where(still, np.minimum(stuck, step), stuck)
        drawing.advance(jacobian, rounding)
    return Course(path.displaced(np.array(found)), drawing.noise(len(found) - 1), stuck)


@dataclass(frozen=True, eq=False)
class _RoundedData:
    """What p bits make of the data, the step size and the start, next to the reference's.

    Attributes:
        path: the reference.
        start: the rounded `(c, v)`.
        labels: errors of the `d_i`.
        modes: errors of the rates `s_i^2 eta / N`.
        layers: error of `eta / N`.
    """

    path: Path
    start: Floats
    labels: Floats
    modes: Floats
    layers: float

    @classmethod
    def of(cls, problem: Problem, path: Path, bits: int) -> _RoundedData:
        arithmetic = at_precision(bits)
        model = problem.model(arithmetic)
        state, to_float = problem.start(model), arithmetic.to_float
        with arithmetic.active():
            rates = model.rates(arithmetic.number(problem.step_size), model.n_samples)
        start = np.array([to_float(value) for value in (*state.first_layer, *state.layers)])
        start[: path.rank] /= np.asarray(path.spectrum.singular_values)
        modes = np.array([to_float(rate) for rate in rates.modes])
        labels = model.rounded_spectrum[1] - np.asarray(path.spectrum.label_coefficients)
        return cls(path, start, labels, modes - path.mode_rates, to_float(rates.layers) - path.layer_rate)

    def shift(self, step: int) -> Floats:
        """Give by how much these errors move the `(c, v)` in a step."""
        path = self.path
        outputs, layers = path.outputs[step], path.layers[step]
        P, others = product(list(layers)), [1.0 if p is None else p for p in products_of_others(list(layers))]
        z = P * outputs - np.asarray(path.spectrum.label_coefficients)
        of_modes = (path.mode_rates * self.labels - self.modes * z) * P / np.asarray(path.spectrum.singular_values)
        of_layers = path.layer_rate * float(self.labels @ outputs) - self.layers * float(z @ outputs)
        return np.concatenate([of_modes, of_layers * np.array(others)])
