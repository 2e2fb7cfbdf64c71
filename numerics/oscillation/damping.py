"""How fast small oscillations about the edge turn and decay, wherever the ceiling is.

With `g` the gradient of the sharpness and `H` the Hessian of the loss, both across the sharpest direction, and `a^2`
the squared amplitude at which the oscillation balances progressive sharpening, small deviations of the slow weights
and of `log a^2` from there (own-damping) go like `e^(s t)`, `t` in steps, with

    s + eta^2 a^2 g^T (s + eta H)^(-1) g = 0,    a^2 = 2 alpha / ||g||^2,    alpha = -grad L . g.

Where `H` is not negative no root has a positive real part: there `(s + eta H)^(-1)` would have a nonnegative one too.
On the imaginary axis there is a root only if `g` lies in the null space of `H`. With `H = 0` it is
`s^2 = -2 eta^2 alpha`, the cycle of self-stabilization, for ever.
"""

from __future__ import annotations

import cmath
import math
from dataclasses import dataclass

import numpy as np

from numerics.oscillation.weights import Floats, Here
from theory import Spectrum
from theory.formulas.sharpness_gradient import Direction, sharpness_gradient

_TO_THE_VALLEY, _NEWTON = 3, 80
_STARTS = np.geomspace(1e-5, 1.0, 40)
_FOUND = 1e-10


@dataclass(frozen=True)
class SmallOscillations:
    """One turn of a small oscillation.

    Attributes:
        period: steps from a peak to the next one.
        decrement: logarithm of the ratio of the heights of two peaks above `2/eta`, positive where they decay.
    """

    period: float
    decrement: float


def small_oscillations(spectrum: Spectrum, weights: Floats, step_size: float) -> SmallOscillations | None:
    """Predict them at weights near the edge; None where the sharpness does not rise there, or nothing turns.

    Args:
        spectrum: the data, in float64.
        weights: `(c, v)`, shape `(r + D - 1,)`.
        step_size: `eta`.
    """
    for _ in range(_TO_THE_VALLEY):
        here = Here.at(spectrum, weights)
        weights = weights - here.sharpest * (here.sharpest @ here.gradient) / here.sharpness
    here, rank = Here.at(spectrum, weights), spectrum.rank
    across = np.eye(len(weights)) - np.outer(here.sharpest, here.sharpest)
    parts = sharpness_gradient(
        np.asarray(spectrum.singular_values),
        np.asarray(spectrum.label_coefficients),
        spectrum.n_samples,
        weights[:rank],
        weights[rank:],
        Direction(here.sharpest[:rank], here.sharpest[rank:]),
    )
    slope = across @ np.concatenate([parts.first_layer, parts.later_layers])
    sharpening = -float(here.gradient @ slope)
    if not sharpening > 0:
        return None
    rates, modes = np.linalg.eigh(across @ here.hessian @ across)
    strength = 2 * step_size**2 * sharpening / float(slope @ slope)
    return _slowest_to_decay(step_size * rates, strength * (modes.T @ slope) ** 2)


def _slowest_to_decay(rates: Floats, weights: Floats) -> SmallOscillations | None:
    """The root of `s + sum_k w_k / (s + lambda_k) = 0` off the real axis that decays most slowly."""
    best: complex | None = None
    for start in _STARTS:
        s = complex(-0.1 * start, start)
        for _ in range(_NEWTON):
            s -= (s + (weights / (s + rates)).sum()) / (1 - (weights / (s + rates) ** 2).sum())
        found = cmath.isfinite(s) and abs(s + (weights / (s + rates)).sum()) < _FOUND and abs(s.imag) > _FOUND
        if found and (best is None or s.real > best.real):
            best = s
    if best is None:
        return None
    period = 2 * math.pi / abs(best.imag)
    return SmallOscillations(period, -best.real * period)
