"""The spectrum of data in balls, from what float64 finds and an account of its errors.

With the singular value decomposition that LAPACK gives, let `E = X - U diag(s) V^T`, and let U and V^T be nearly
orthonormal. There are orthonormal factors as near, so that X differs from a matrix with exactly these singular values
by at most

    e = ||E|| + s_1 (||U^T U - 1|| + ||V^T V - 1|| + their product) + (what float64 had to round in X),

in the Frobenius norm. Each singular value is right to e (Weyl), and the space of some of them to the angle
`sqrt(2) e / gap` (Wedin). Small singular values that lie close make a poor sum `Q = sum d_i^2 / s_i^2` of that, though
Q itself is well determined: it comes from the least squares solution instead (`least_squares.py`), whose errors are
nearly those of float64 squared.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from flint import arb

from numerics.arithmetic.ball import Ball
from numerics.spectrum.enclosed_spectrum import EnclosedSpectrum, NearbySpectrum
from numerics.spectrum.float64_decomposition import Decomposition
from numerics.spectrum.least_squares import Residuals, difficulty_and_outside, residuals_of_rows, square
from numerics.spectrum.numbers import Numbers
from numerics.spectrum.split_products import ROUNDOFF, TINY, distance_to_product, exponent, length

BITS = 160
"""Of the balls that hold the results; what is not known costs far more than they do."""


@dataclass(frozen=True)
class Account:
    """How far the modes that float64 found are from those of the data.

    Args:
        rank: how many of them count.
        error: e, see above.
        near_left: `||U^T U - 1||`.
        lowest: no singular value of these is below it.
    """

    rank: int
    error: float
    near_left: float
    lowest: float

    @classmethod
    def of(cls, found: Decomposition, rank: int, shift: float) -> Account | None:
        """Account for a decomposition; None where the errors leave it open whether some singular value is 0.

        Args:
            found: the decomposition.
            rank: how many modes count.
            shift: how far the decomposed matrix is from the data, in the Frobenius norm.
        """
        left, values, right = found.left[:, :rank], found.values[:rank], found.right[:rank]
        top = float(values[0])
        near_left = distance_to_product(np.eye(rank), left.T, left, 1)
        near_right = distance_to_product(np.eye(rank), right, right.T, 1)
        if not max(near_left, near_right) < 0.01:
            return None
        error = distance_to_product(found.X, left, values[:, np.newaxis] * right, exponent(top * 1.01))
        error += top * (near_left + near_right + near_left * near_right) + shift
        lowest = (float(values[-1]) - error) * (1 - 4 * ROUNDOFF)
        return cls(rank, error, near_left, lowest) if lowest > TINY else None


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
    shift, label_shift = rounded_in_data(numbers, length(found.y))
    account = Account.of(found, rank, shift)
    if account is None:
        return None
    with Ball(BITS).active():
        whole = square(found.y) + arb(0, label_shift * (2 * length(found.y) + label_shift))
        if not complete:
            return enclosed(found, account, len(found.y), label_shift, whole)
        left, values, right = found.left[:, :rank], found.values[:rank], found.right[:rank]
        w = right.T @ ((left.T @ found.y) / values)
        q = right.T @ ((right @ w) / values**2)
        part = residuals_of_rows({"data": 0, "labels": 0}, {"X": found.X, "y": found.y, "w": w, "q": q})
        residuals = Residuals.of_all(w, q, [part])
        difficulty, outside = difficulty_and_outside(residuals, float(values[0]), account.lowest, shift, label_shift)
        if rank == len(found.y) or (not outside > 0 and numbers.decidable and numbers.exact.labels_inside):
            outside = arb(0)
        angle = 0.0 if rank == len(found.y) else min(1.0, 1.5 * account.error / account.lowest)
        return enclosed(found, account, len(found.y), label_shift, whole, (difficulty, outside), angle)


def rounded_in_data(numbers: Numbers, label_length: float) -> tuple[float, float]:
    """Bound what float64 had to round in X and y, scaled so that their largest entries are about 1."""
    if numbers.exact_reading is None:
        return TINY, TINY
    return numbers.exact_reading.distance, 2.0**-52 * label_length


def enclosed(
    found: Decomposition,
    account: Account,
    n_samples: int,
    label_shift: float,
    whole: arb,
    known: tuple[arb, arb] | None = None,
    angle: float = 0.0,
) -> EnclosedSpectrum:
    """Put balls around what float64 found.

    Args:
        found: the decomposition of X, or of `R = Q^T X` with the labels `Q^T y`.
        account: of its errors.
        n_samples: N.
        label_shift: a bound on the distance of the labels that were decomposed from the true ones.
        whole: the squared length of y, scaled.
        known: Q and the squared length of the part of y outside the column space, scaled, where there are no other
            modes.
        angle: a bound on the sine of the angle between the column spaces of X and of what was decomposed.
    """
    values = found.values[: account.rank]
    data_unit, label_unit = arb(2) ** found.data_scale, arb(2) ** found.label_scale
    spaces = found.spaces(account.rank, 2.1 * account.error)
    roots, coefficients = _modes(found, spaces, account, label_shift)
    nearby = known_difficulty = known_inside = None
    share = 1 - sum((one * one for one in coefficients), arb(0)) / whole
    if known is not None:
        difficulty, outside = known
        share = outside / whole
        known_difficulty = difficulty * (label_unit / data_unit) ** 2
        nearby = NearbySpectrum(
            [arb(value) * data_unit for value in values.tolist()],
            [one * label_unit for one in _coefficients(found, account)],
            n_samples=n_samples,
            difficulty_of_data=known_difficulty,
            distance=account.error / (float(values[0]) - account.error) * (1 + 8 * ROUNDOFF),
            angle=min(1.0, angle + float((label_shift / whole.sqrt().lower()).upper())),
        )
        known_inside = (whole - outside) * label_unit**2
    return EnclosedSpectrum(
        [root * data_unit for root in roots],
        [one * label_unit for one in coefficients],
        n_samples=n_samples,
        label_residual_share=share,
        bits=BITS,
        known_difficulty=known_difficulty,
        known_label_norm_squared=known_inside,
        tied=len(spaces[0]),
        nearby=nearby,
    )


def _coefficients(found: Decomposition, account: Account) -> list[arb]:
    """The coefficients of the labels in the orthonormal vectors next to those of LAPACK, scaled."""
    size = length(found.y)
    error = account.near_left * size + (len(found.y) + 2) * ROUNDOFF * size * 1.01
    return [arb(value, error) for value in (found.left[:, : account.rank].T @ found.y).tolist()]


def _modes(
    found: Decomposition, spaces: list[range], account: Account, label_shift: float
) -> tuple[list[arb], list[arb]]:
    """Give each mode's singular value and coefficient, scaled."""
    values, error = found.values, account.error
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
        inside = arb(float(part[0])) if len(space) == 1 else square(part).sqrt()
        inside += arb(0, (2 * angle + account.near_left) * size + len(space) * rounded)
        roots += [arb(first, error).union(arb(last, error))] * len(space)
        coefficients += [inside if len(space) == 1 else inside.nonnegative_part()] + [arb(0)] * (len(space) - 1)
    return roots, coefficients
