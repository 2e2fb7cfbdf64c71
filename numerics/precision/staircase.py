"""What round to nearest does to slow weights: it is a staircase, and increments below half a unit are lost.

A stored weight w is a p-bit number, and so is the next one: with an increment g it becomes `w + u round(g / u)`, u its
unit in the last place. Where g is a small multiple of u and hardly changes from step to step, the error is no noise
but a drift, the same at every step; below `u/2` the weight stands still. Where g fluctuates by a unit or more, as it
does for weights that the top mode shakes, the mean of the error is zero.

The mean displacement is carried along the reference like noise is, with these mean errors, and with what p bits make
of the data and of the start.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from numerics.precision.path import Path
from numerics.precision.problem import Problem, at_precision
from numerics.precision.recording import Floats
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
    past_stair = increments - np.rint(increments)
    spread = np.maximum(fluctuation, _STILL)
    stairs = np.arange(_STAIRS)[:, None] + 0.5
    up, down = ndtr((past_stair - stairs) / spread), ndtr((-past_stair - stairs) / spread)
    return np.asarray((up - down).sum(axis=0) - past_stair)


def mean_displacements(problem: Problem, path: Path, fluctuation: Floats, bits: int, stop: tuple[int, float]) -> Floats:
    """Give the mean displacement of a run at p bits from the reference at the steps 0, 1, ..

    Args:
        problem: what is run.
        path: the reference.
        fluctuation: of its increments (`Noise.fluctuation`).
        bits: p, at most 44.
        stop: a step, and a share: from that step on, stop where the part that changes sign from step to step is
            larger than that share of the smallest layer.

    Returns:
        Shape `(T' + 1, r + D - 1)`, with `T'` the last step of the path, or where it stops.
    """
    arithmetic = at_precision(bits)
    model = problem.model(arithmetic)
    start, to_float = problem.start(model), arithmetic.to_float
    with arithmetic.active():
        rates = model.rates(arithmetic.number(problem.step_size), model.n_samples)
    spectrum, rank = path.spectrum, path.rank
    s, d = np.asarray(spectrum.singular_values), np.asarray(spectrum.label_coefficients)
    per_sample = path.step_size / spectrum.n_samples
    modes = s**2 * per_sample
    label_errors = model.rounded_spectrum[1] - d
    mode_errors = np.array([to_float(rate) for rate in rates.modes]) - modes
    layer_error = to_float(rates.layers) - per_sample
    started = np.array([to_float(value) for value in (*start.first_layer, *start.layers)])
    started[:rank] /= s

    scale = np.concatenate([1 / s, np.ones(path.layers.shape[1])])
    displaced = started - path.weights[0]
    found = [displaced]
    for step in range(path.last_step):
        before = found[-2] if step else displaced
        if step >= stop[0] and not np.linalg.norm(displaced - before) / 2 <= stop[1] * path.smallest_layers[step]:
            break
        outputs, layers = path.outputs[step], path.layers[step]
        rounding = path.rounding(step)
        P, others = float(np.prod(layers)), rounding.others
        z = P * outputs - d
        of_data = np.concatenate(
            [
                (modes * P * label_errors - mode_errors * P * z) / s,
                others * (per_sample * float(label_errors @ outputs) - layer_error * float(z @ outputs)),
            ]
        )
        after = path.jacobian(step).times(displaced) + of_data
        increments = path.weights[step + 1] - path.weights[step] + after - displaced
        units = np.ldexp(last_place(np.concatenate([outputs, layers])), -bits) * scale
        spread = np.ldexp(fluctuation[step], -bits)
        slow = spread < _SHAKEN * units
        after[slow] += units[slow] * mean_rounding(increments[slow] / units[slow], spread[slow] / units[slow])
        displaced = after
        found.append(displaced)
    return np.array(found)
