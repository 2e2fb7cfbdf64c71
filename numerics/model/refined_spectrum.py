"""Singular values and label coefficients of float64 data to any number of bits.

The eigenvectors E of `G = X X^T` (or `X^T X`, whichever is smaller) that float64 finds are refined by the iteration
of Ogita and Aishima. With the residual `Q = G E - E Lambda` and `R_jj = 1 - |e_j|^2`, the step `E + E F`,

    F_ij = (E^T Q)_ij / (lambda_j - lambda_i),    F_jj = R_jj / 2,    lambda_j + (E^T Q)_jj / |e_j|^2,

squares the error. Only Q is computed with all bits: it is small, and so is F, so that the other two products need
half of them. The last step makes no new E, since the eigenvalues of a Rayleigh quotient are as good as the squares of
the vectors, and `d = (E + E F)^T y` is a vector.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, isqrt, log2
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.base import Arithmetic, Vector
from numerics.model.wide_matrix import (
    DIGIT_BITS,
    Floats,
    WideMatrix,
    carried,
    gram,
    quotients,
    residual,
    squared_columns,
)
from theory.errors import DegenerateDataError, NotFiniteError, ShapeError

_MOST_STEPS = 40
_SPARE_BITS = 12


def refined_spectrum(X: Any, y: Any, arithmetic: Arithmetic) -> tuple[Vector, Vector]:
    """Give `s_i`, descending, and `d_i = e_i^T y`, both of shape `(r,)`, right to about the arithmetic's last bit.

    Args:
        X: data, shape `(N, d)`, float64 numbers that are taken as exact; the smaller of N and d must be its rank.
        y: labels, shape `(N,)`.
        arithmetic: what the result is rounded to.

    >>> from numerics.arithmetic import Mpfr
    >>> s, d = refined_spectrum([[3.0, 0.0], [4.0, 0.0], [0.0, 1.0]], [5.0, 0.0, 2.0], Mpfr(200))
    >>> [float(abs(x)) for x in (*s, *d)]
    [5.0, 1.0, 3.0, 2.0]

    Raises:
        ShapeError: X is no matrix, or y does not fit it.
        NotFiniteError: NaN or infinity in X or y, or numbers over more than 300 powers of ten.
        DegenerateDataError: X is rank-deficient or two singular values are too close for float64 to tell apart.
    """
    data, labels = np.asarray(X, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if data.ndim != 2 or labels.shape != (len(data),) or not data.size:
        raise ShapeError(f"X of shape {data.shape} does not fit y of shape {labels.shape}; give (N, d) and (N,)")
    if not (np.isfinite(data).all() and np.isfinite(labels).all()):
        raise NotFiniteError("X or y holds NaN or infinity; remove those rows")
    tall = data.shape[0] > data.shape[1]
    scale = int(np.frexp(np.abs(data).max())[1])
    data = np.ldexp(data, -scale)  # no square leaves the range of float64
    # G of the tall case has the right singular vectors w_i; then d_i = w_i^T X^T y / s_i.
    rows, targets = _exact(data.T if tall else data), _exact(labels[:, None])
    if tall:
        targets = rows @ targets
    left, s, _ = np.linalg.svd(data.T if tall else data, full_matrices=False)
    condition = s[0] / s[-1] if s[-1] > 0 else np.inf
    if not condition < 1e7:
        raise DegenerateDataError("X is rank-deficient, or nearly so; take the spectrum from Spectrum.from_data")
    bits = arithmetic.bits + _SPARE_BITS
    refined = _refined(gram(rows), left, s, bits + ceil(2 * log2(condition)))
    roots = [_root(square, bits) * Fraction(2) ** scale for square in refined.values]
    before = refined.vectors.transposed @ targets
    after = before + refined.correction.transposed @ before
    unit = Fraction(2) ** (DIGIT_BITS * after.low)
    parts = [unit * x for x in after.integers()]
    order = sorted(range(len(roots)), key=lambda j: -roots[j])
    return (
        arithmetic.vector([roots[j] for j in order]),
        arithmetic.vector([parts[j] * Fraction(2) ** scale / roots[j] if tall else parts[j] for j in order]),
    )


@dataclass(frozen=True, eq=False)
class _Refined:
    """Eigenvalues of G; its eigenvectors are `vectors (1 + correction)`."""

    values: list[Fraction]
    vectors: WideMatrix
    correction: WideMatrix


def _refined(G: WideMatrix, left: Floats, s: Floats, bits: int) -> _Refined:
    """Refine until eigenvalues are right to `2^-bits` of the largest, and eigenvectors to `2^-bits`."""
    count = len(s)
    E, values = WideMatrix.from_floats(left, low=-3), WideMatrix.from_floats(s[None, :] ** 2)
    apart = _bits_apart(s * s, values)
    known = 20.0
    for _ in range(_MOST_STEPS):
        # How finely F is to be known: what its square leaves in the next step, or what is asked for.
        wanted = min(4 * known + _SPARE_BITS, bits + _SPARE_BITS)
        values, F = _step(G, E, values, wanted, apart)
        small = -F.size
        enough = wanted == bits + _SPARE_BITS
        if enough and 2 * small - apart - log2(count) >= bits:
            break
        if small < 8:
            raise DegenerateDataError("two singular values are too close to be told apart; change the data a little")
        known = max(known + 1, min(small, wanted / 2))
        grid = -ceil((2 * known + _SPARE_BITS) / DIGIT_BITS)
        E = (E + E.cut(grid + int(small / DIGIT_BITS)) @ F.cut(grid)).cut(grid)
    else:
        raise DegenerateDataError("the singular vectors cannot be refined; two singular values are too close")
    unit = Fraction(2) ** (DIGIT_BITS * values.low)
    return _Refined([unit * x for x in values.integers()], E, F)


def _step(
    G: WideMatrix, E: WideMatrix, values: WideMatrix, wanted: float, apart: float
) -> tuple[WideMatrix, WideMatrix]:
    """Give better eigenvalues and F to the lowest place that `wanted` bits need."""
    count = E.digits.shape[1]
    # E^T Q is divided by differences that are at least 2^-apart of the largest eigenvalue.
    fine = floor((values.size - wanted - apart - log2(count)) / DIGIT_BITS)
    values = values.placed(fine)
    Q = residual(G.placed(fine), E, values).cut(fine)
    W = (E.cut(fine - ceil(Q.size / DIGIT_BITS)).transposed @ Q).cut(fine)
    lengths = squared_columns(E)
    values = _rayleigh(values, W.diagonal, lengths)
    F = quotients(W, values, -ceil(wanted / DIGIT_BITS))
    return values, F + _halves(WideMatrix.from_integers([1] * count, 0) + -lengths)


def _rayleigh(values: WideMatrix, corrections: WideMatrix, lengths: WideMatrix) -> WideMatrix:
    """Add `(E^T Q)_jj / |e_j|^2`."""
    up = DIGIT_BITS * -lengths.low
    parts = [(w << up) // length for w, length in zip(corrections.integers(), lengths.integers(), strict=True)]
    return values + WideMatrix.from_integers(parts, corrections.low)


def _halves(row: WideMatrix) -> WideMatrix:
    """Give the diagonal matrix of half the numbers in a row."""
    digits = np.zeros((len(row.digits), row.digits.shape[2], row.digits.shape[2]))
    at = np.arange(row.digits.shape[2])
    digits[:, at, at] = row.digits[:, 0] * 2.0 ** (DIGIT_BITS - 1)
    return carried(digits, row.low - 1)


def _bits_apart(squares: Floats, values: WideMatrix) -> float:
    """Tell how many powers of two the least difference of eigenvalues is below the largest."""
    if len(squares) == 1:
        return 0.0
    least = float(np.diff(np.sort(squares)).min())
    if not least > 0:
        raise DegenerateDataError("two singular values are too close to be told apart; change the data a little")
    return max(0.0, values.size - log2(least))


def _exact(data: NDArray[np.float64]) -> WideMatrix:
    """Take floats exactly."""
    nonzero = np.abs(data[data != 0])
    if nonzero.size and log2(nonzero.max()) - log2(nonzero.min()) > 950:
        raise NotFiniteError("the data range over more than 300 powers of ten; rescale them")
    return WideMatrix.from_floats(data)


def _root(square: Fraction, bits: int) -> Fraction:
    """Give a square root to `bits` bits."""
    if square <= 0:
        raise DegenerateDataError("X is rank-deficient; take the spectrum from Spectrum.from_data")
    up = 2 * bits + square.denominator.bit_length() + 2
    up += up % 2
    return Fraction(isqrt((square.numerator << up) // square.denominator), 1 << up // 2)
