"""The spectrum of a matrix of many rows, by way of `X = Q R`: R is small, and the rest is as for any matrix.

X is read twice, a block of rows at a time, for `X^T X` and for the residuals of the least squares solution. The Gram
matrix in nearly 80 bits gives R as well as Householder's reflections do, with a bound on what is rounded in it. Sums
over blocks are whoever's work, in any order.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np
from flint import arb

from numerics.arithmetic.ball import Ball
from numerics.spectrum.enclosed_spectrum import EnclosedSpectrum
from numerics.spectrum.float64_decomposition import Decomposition
from numerics.spectrum.float64_enclosure import BITS, Account, enclosed, rounded_in_data
from numerics.spectrum.large_matrices.block_work import BlockWork
from numerics.spectrum.large_matrices.gram import ROWS, Gram, GramSum, Scale, bits_for
from numerics.spectrum.large_matrices.triangular_factor import solved, triangular_factor
from numerics.spectrum.least_squares import Residuals, difficulty_and_outside, square
from numerics.spectrum.numbers import Numbers
from numerics.spectrum.split_products import length

_MANY = 1 << 24  # numbers of X; fewer are decomposed as a whole in less time than anyone minds
_GRAM = "numerics.spectrum.large_matrices.gram:gram_of_rows"
_RESIDUALS = "numerics.spectrum.least_squares:residuals_of_rows"
_TALL = 3  # so many times more rows than columns


def is_large(numbers: Numbers) -> bool:
    """Whether a matrix has so many more rows than columns that it is best reduced first."""
    rows, columns = numbers.X.shape
    return bool(rows * columns > _MANY) and rows >= _TALL * columns


def reduced_spectrum(numbers: Numbers, work: BlockWork) -> EnclosedSpectrum | None:
    """Enclose the spectrum of a matrix of more rows than columns.

    Args:
        numbers: the data, not 0.
        work: who sums over rows.

    Returns:
        None where float64 cannot tell every singular value from 0.

    Examples:
        >>> X, y = np.random.default_rng(0).standard_normal((300, 2)), np.ones(300)
        >>> found = reduced_spectrum(Numbers(X, y), BlockWork(rows=100))
        >>> s = np.linalg.svd(X)[1]
        >>> [value.overlaps(arb(float(true), 1e-13)) for value, true in zip(found.singular_values, s)]
        [True, True]
    """
    X, y = numbers.X, numbers.y
    used = np.flatnonzero(
        np.logical_or.reduce([X[first : first + ROWS].any(axis=0) for first in range(0, len(X), ROWS)])
    )
    scale = Scale(*(int(np.frexp(max(abs(float(one.min())), abs(float(one.max()))))[1]) for one in (X, y)))
    over_rows = partial(work.over_rows, X=X, y=y, columns=used)
    scales = {"data": scale.data, "labels": scale.labels}
    parts = over_rows("reducing", _GRAM, {**scales, "bits": bits_for(len(X))})
    factor = triangular_factor(_gram(parts, len(used), len(X)))
    if factor is None:
        return None
    work.heard("decomposing", 0, 1)
    found = Decomposition(factor.R, factor.z, scale.data, scale.labels, *np.linalg.svd(factor.R))
    rank = len(factor.R)
    first = Account.of(found, rank, 0.0)
    distances = None if first is None else factor.distances(first.lowest)
    if first is None or distances is None:
        return None
    labels = np.ldexp(y, -scale.labels)
    data_shift, rounded = rounded_in_data(numbers, length(labels))
    shift, label_shift = distances[0] + data_shift, distances[1] + rounded
    account = Account(rank, first.error + shift, first.near_left, (first.lowest - shift) * (1 - 2.0**-50))
    if not account.lowest > 0:
        return None
    w = solved(factor.R, factor.z)
    q = solved(factor.R, solved(factor.R, w, transposed=True))
    residuals = Residuals.of_all(w, q, over_rows("solving", _RESIDUALS, scales, more={"w": w, "q": q}))
    with Ball(BITS).active():
        whole = square(labels) + arb(0, rounded * (2 * length(labels) + rounded))
        known = difficulty_and_outside(residuals, float(found.values[0]) + shift, account.lowest, data_shift, rounded)
        angle = min(1.0, 1.5 * data_shift / account.lowest)
        return enclosed(found, account, len(y), label_shift, whole, known, angle)


def _gram(parts: Iterable[GramSum], size: int, rows: int) -> Gram:
    """Add up what the blocks give; the sums are as large as a block, and go when this returns."""
    total = GramSum.of_none(size)
    for part in parts:
        total.add(part)
    return total.total(rows)
