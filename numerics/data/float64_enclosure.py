"""The spectrum of data in balls, from what float64 finds and an account of its errors.

With the singular value decomposition that LAPACK gives, let `E = X - U diag(s) V^T`, and let U and V^T be nearly
orthonormal. There are orthonormal factors as near, so that X differs from a matrix with exactly these singular values
by at most

    e = ||E|| + s_1 (||U^T U - 1|| + ||V^T V - 1|| + their product) + (what float64 had to round in X),

in the Frobenius norm. Each singular value is right to e (Weyl), and the space of some of them to the angle
`sqrt(2) e / gap` (Wedin). Small singular values that lie close make a poor sum `Q = sum d_i^2 / s_i^2` of that, though
Q itself is well determined. It comes from the least squares solution instead: for any w and q, with
`rho = y - X w`, `c = X^T rho` and `eta = w - X^T X q`,

    Q = ||w||^2 + 2 q c + (an error of at most ||eta||^2 + 2 ||eta|| ||c|| / s_r^2 + ||c||^2 / s_r^4),

and `||y - P y||^2` lies between `||rho||^2 - ||c||^2 / s_r^2` and `||rho||^2`. The residuals are computed in more than
float64's precision, so that the errors are nearly those of float64 squared.
"""

from __future__ import annotations

from itertools import pairwise
from math import sqrt

import numpy as np
from flint import arb
from numpy.typing import NDArray

from numerics.arithmetic.ball import Ball
from numerics.data.enclosed_spectrum import EnclosedSpectrum, NearbySpectrum
from numerics.data.float64_decomposition import Decomposition
from numerics.data.numbers import Numbers
from numerics.data.split_products import ROUNDOFF, TINY, Pair, SplitMatrix, distance_to_product, exponent, length

Floats = NDArray[np.float64]

BITS = 160
"""Of the balls that hold the results; what is not known costs far more than they do."""


def float64_spectrum(numbers: Numbers, found: Decomposition, complete: bool) -> EnclosedSpectrum | None:
    """Enclose the spectrum, or the part of it that stands out of float64's noise.

    Args:
        numbers: the data; what float64 had to round in them counts.
        found: their decomposition.
        complete: whether the data have no other singular values than the visible ones.

    Returns:
        None where the errors leave it open whether some singular value is 0.
    """
    rank = found.visible_rank
    left, values, right = found.left[:, :rank], found.values[:rank], found.right[:rank]
    top = float(values[0])
    shift, label_shift = (
        (TINY, TINY) if numbers.exact_reading is None else (numbers.exact_reading.distance, 2.0**-52 * length(found.y))
    )
    near_left = distance_to_product(np.eye(rank), left.T, left, 1)
    near_right = distance_to_product(np.eye(rank), right, right.T, 1)
    if not max(near_left, near_right) < 0.01:
        return None
    error = distance_to_product(found.X, left, values[:, np.newaxis] * right, exponent(top * 1.01))
    error += top * (near_left + near_right + near_left * near_right) + shift
    lowest = (float(values[-1]) - error) * (1 - 4 * ROUNDOFF)
    if not lowest > TINY:
        return None
    with Ball(BITS).active():
        data_unit, label_unit = arb(2) ** found.data_scale, arb(2) ** found.label_scale
        spaces = _spaces(values, error)
        roots, coefficients = _modes(found, spaces, error, near_left, label_shift)
        nearby = None
        known_difficulty = known_inside = None
        whole = _square(found.y) + arb(0, label_shift * (2 * length(found.y) + label_shift))
        share = 1 - sum((one * one for one in coefficients), arb(0)) / whole
        if complete:
            difficulty, outside = _least_squares(found, rank, lowest, shift, label_shift)
            if rank == len(found.y) or (not outside > 0 and numbers.decidable and numbers.exact.labels_inside):
                outside = arb(0)
            share = outside / whole
            known_difficulty = difficulty * (label_unit / data_unit) ** 2
            nearby = NearbySpectrum(
                [arb(value) * data_unit for value in values.tolist()],
                [one * label_unit for one in _coefficients(found, rank, near_left, label_shift)],
                n_samples=len(found.y),
                difficulty_of_data=known_difficulty,
                distance=error / (top - error) * (1 + 8 * ROUNDOFF),
                angle=0.0 if rank == len(found.y) else min(1.0, 1.5 * error / lowest),
            )
            known_inside = (whole - outside) * label_unit**2
        return EnclosedSpectrum(
            [root * data_unit for root in roots],
            [one * label_unit for one in coefficients],
            n_samples=len(found.y),
            label_residual_share=share,
            bits=BITS,
            known_difficulty=known_difficulty,
            known_label_norm_squared=known_inside,
            tied=len(spaces[0]),
            nearby=nearby,
        )


def _spaces(values: Floats, error: float) -> list[range]:
    """Give the singular values that belong together, because their balls overlap."""
    ends = [0, *(np.flatnonzero(values[:-1] - values[1:] > 2.1 * error) + 1).tolist(), len(values)]
    return [range(first, last) for first, last in pairwise(ends)]


def _coefficients(found: Decomposition, rank: int, near_left: float, label_shift: float) -> list[arb]:
    """The coefficients of y in the orthonormal vectors next to those of LAPACK, scaled."""
    size = length(found.y)
    error = near_left * size + (len(found.y) + 2) * ROUNDOFF * size * 1.01 + label_shift
    return [arb(value, error) for value in (found.left[:, :rank].T @ found.y).tolist()]


def _modes(
    found: Decomposition, spaces: list[range], error: float, near_left: float, label_shift: float
) -> tuple[list[arb], list[arb]]:
    """Give each mode's singular value and coefficient, scaled."""
    values = found.values
    size = length(found.y)
    along = found.left.T @ found.y
    rounded = (len(found.y) + 2) * ROUNDOFF * size * 1.01 + label_shift
    roots: list[arb] = []
    coefficients: list[arb] = []
    for space in spaces:
        first, last = float(values[space[0]]), float(values[space[-1]])
        gap = last - (float(values[space.stop]) if space.stop < spaces[-1].stop else 0.0)
        gap = min(gap, float(values[space.start - 1]) - first if space.start else gap) - error
        angle = min(1.0, sqrt(2) * error / gap * (1 + 8 * ROUNDOFF)) if gap > 0 else 1.0
        part = along[space.start : space.stop]
        inside = arb(float(part[0])) if len(space) == 1 else _square(part).sqrt()
        inside += arb(0, (2 * angle + near_left) * size + len(space) * rounded)
        roots += [arb(first, error).union(arb(last, error))] * len(space)
        coefficients += [inside if len(space) == 1 else inside.nonnegative_part()] + [arb(0)] * (len(space) - 1)
    return roots, coefficients


def _least_squares(found: Decomposition, rank: int, lowest: float, shift: float, label_shift: float) -> tuple[arb, arb]:
    """Give Q and the squared length of the part of y outside the column space, scaled."""
    left, values, right = found.left[:, :rank], found.values[:rank], found.right[:rank]
    X, y = SplitMatrix(found.X), found.y
    w = right.T @ ((left.T @ y) / values)
    q = right.T @ ((right @ w) / values**2)
    nothing = np.zeros_like
    rho = X.residual(Pair.of(y), Pair.of(w))
    minus_c = X.transposed.residual(Pair.of(nothing(w)), rho)
    minus_t = X.residual(Pair.of(nothing(y)), Pair.of(q))
    eta = X.transposed.residual(Pair.of(w), minus_t.negated)
    # What float64 had to round in X and y.
    rho_shift = shift * length(w) + label_shift
    top = float(values[0]) * 1.01
    c_length = arb(minus_c.length) + arb(shift) * rho.length + arb(top) * rho_shift
    eta_length = arb(eta.length) + arb(shift) * minus_t.length + arb(shift) * (top + shift) * length(q)
    c_shift = (
        arb(length(q)) * (arb(shift) * rho.length + minus_c.error) + (minus_t.length + shift * length(q)) * rho_shift
    )
    sigma = arb(lowest)
    first_order = -2 * _product(q, minus_c)
    second_order = 2 * eta_length * c_length / sigma**2 + (c_length / sigma**2) ** 2 + eta_length**2
    difficulty = _square(w) + first_order + arb(0, (2 * c_shift + second_order).upper())
    rho_length = _square(rho.high, rho.low).sqrt() + arb(0, rho.error + rho_shift)
    outside = (rho_length * rho_length).nonnegative_part()
    below = (outside - (c_length / sigma) ** 2).nonnegative_part()
    return difficulty, below.union(outside)


def _square(high: Floats, low: Floats | None = None) -> arb:
    """The squared length of `high + low`."""
    if low is None:
        return sum((arb(x) * arb(x) for x in high.tolist()), arb(0))
    return sum(((arb(x) + arb(e)) ** 2 for x, e in zip(high.tolist(), low.tolist(), strict=True)), arb(0))


def _product(values: Floats, pair: Pair) -> arb:
    """The inner product with `high + low`."""
    rows = zip(values.tolist(), pair.high.tolist(), pair.low.tolist(), strict=True)
    return sum((arb(value) * (arb(high) + arb(low)) for value, high, low in rows), arb(0))
