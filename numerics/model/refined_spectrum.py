"""Singular values and label coefficients of float64 data to any number of bits.

The eigenvectors of `G = X X^T` (or `X^T X`, whichever is smaller) that float64 finds are refined in fixed-point
integers by the iteration of Ogita and Aishima: with `R = I - E^T E` and `S = E^T G E`, the step `E + E F` with

    lambda_j = S_jj / (1 - R_jj),    F_ij = (S_ij + lambda_j R_ij) / (lambda_j - lambda_i),    F_jj = R_jj / 2

squares the error. Each step works with as many bits as its result deserves; the last one needs no new E, since the
eigenvalues of a Rayleigh quotient are as good as the squares of the vectors, and `d = (E + E F)^T y` is a vector.
"""

from __future__ import annotations

from fractions import Fraction
from math import frexp, isqrt
from typing import Any

import numpy as np
from flint import fmpz_mat
from numpy.typing import NDArray

from numerics.arithmetic.base import Arithmetic, Vector
from theory.errors import DegenerateDataError, NotFiniteError, ShapeError

_MOST_STEPS = 30
_SPARE_BITS = 40


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
        NotFiniteError: NaN or infinity in X or y.
        DegenerateDataError: X is rank-deficient or two singular values are too close for float64 to tell apart.
    """
    data, labels = np.asarray(X, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if data.ndim != 2 or labels.shape != (len(data),) or not data.size:
        raise ShapeError(f"X of shape {data.shape} does not fit y of shape {labels.shape}; give (N, d) and (N,)")
    if not (np.isfinite(data).all() and np.isfinite(labels).all()):
        raise NotFiniteError("X or y holds NaN or infinity; remove those rows")
    tall = data.shape[0] > data.shape[1]
    # G of the tall case has the right singular vectors w_i; then d_i = w_i^T X^T y / s_i.
    rows, down = _integers(data.T if tall else data)
    small = len(rows)
    gram = _matrix(rows) * _matrix(rows).transpose()
    targets, target_down = _integers(labels[None, :])
    target = _matrix(targets).transpose()
    if tall:
        target, target_down = _matrix(rows) * target, target_down + down

    left, s, _ = np.linalg.svd(data.T if tall else data, full_matrices=False)
    condition = s[0] / s[-1] if s[-1] > 0 else np.inf
    if not condition < 1e7:
        raise DegenerateDataError("X is rank-deficient, or nearly so; take the spectrum from Spectrum.from_data")
    bits = arithmetic.bits + _SPARE_BITS + 2 * frexp(condition)[1]
    size = max(int(abs(entry)).bit_length() for entry in gram.entries())
    vectors, held = _fixed(left, 60), 60

    known = 20
    for _ in range(_MOST_STEPS):
        precision = min(2 * known + 2 * _SPARE_BITS, bits + _SPARE_BITS)
        vectors, held = _moved(vectors, precision - held), precision
        G = _moved(gram, precision - size)
        values, F = _correction(G, vectors, precision)
        worst = max(int(abs(entry)).bit_length() for row in F for entry in row) - precision
        if precision == bits + _SPARE_BITS and 2 * -worst >= bits - _SPARE_BITS // 2:
            break
        if worst > -8:
            raise DegenerateDataError("two singular values are too close to be told apart; change the data a little")
        vectors = vectors + _moved(vectors * _matrix(F), -precision)
        known = max(known, min(-2 * worst - 8, precision - _SPARE_BITS))
    else:
        raise DegenerateDataError("the singular vectors cannot be refined; two singular values are too close")

    projections = [int(x) for x in (vectors.transpose() * target).entries()]  # 2^(held + target_down) e^T target
    squares = [Fraction(value, 1 << held) * Fraction(2) ** (size - 2 * down) for value in values]
    roots = [_root(square, bits) for square in squares]
    order = sorted(range(small), key=lambda j: -roots[j])
    label_coefficients = []
    for j in order:
        sum_of_parts = (projections[j] << held) + sum(row[j] * p for row, p in zip(F, projections, strict=True))
        coefficient = Fraction(sum_of_parts, 1 << 2 * held) / Fraction(2) ** target_down
        label_coefficients.append(coefficient / roots[j] if tall else coefficient)
    return arithmetic.vector([roots[j] for j in order]), arithmetic.vector(label_coefficients)


def _correction(G: Any, E: Any, precision: int) -> tuple[list[int], list[list[int]]]:
    """Give the eigenvalues and F, all times `2^precision`."""
    transposed, count = E.transpose(), E.ncols()
    one = 1 << precision
    overlap = [[int(x) for x in row] for row in _moved(transposed * E, -precision).tolist()]
    S = [[int(x) for x in row] for row in _moved(transposed * _moved(G * E, -precision), -precision).tolist()]
    values = [(S[j][j] << precision) // overlap[j][j] for j in range(count)]
    F = []
    for i in range(count):
        own, near = values[i], overlap[i]
        F.append(
            [
                (one - near[j]) // 2
                if i == j
                else ((entry << precision) - values[j] * near[j]) // ((values[j] - own) or 1)
                for j, entry in enumerate(S[i])
            ]
        )
    return values, F


def _integers(data: NDArray[np.float64]) -> tuple[list[list[int]], int]:
    """Give integers and the least power with `data = integers / 2^power`, exactly."""
    nonzero = np.abs(data[data != 0])
    least = int(np.frexp(nonzero.min())[1]) - 53 if nonzero.size else 0
    if nonzero.size and int(np.frexp(nonzero.max())[1]) - least > 1000:
        raise NotFiniteError("the data range over more than 300 powers of ten; rescale them")
    mantissas, exponents = np.frexp(data)
    whole = np.ldexp(mantissas, 53).astype(np.int64)
    shifts = np.maximum(exponents - 53 - least, 0)
    rows = zip(whole.tolist(), shifts.tolist(), strict=True)
    return [[m << e for m, e in zip(*row, strict=True)] for row in rows], -least


def _matrix(rows: list[list[int]]) -> Any:
    return fmpz_mat(rows)


def _fixed(data: NDArray[np.float64], precision: int) -> Any:
    return _matrix([[int(x) for x in row] for row in np.ldexp(data, precision).tolist()])


def _moved(matrix: Any, bits: int) -> Any:
    """Multiply every entry by `2^bits`, rounding down."""
    if bits >= 0:
        return matrix * (1 << bits)
    return fmpz_mat(matrix.nrows(), matrix.ncols(), [x >> -bits for x in matrix.entries()])


def _root(square: Fraction, bits: int) -> Fraction:
    """Give a square root to `bits` bits."""
    if square <= 0:
        raise DegenerateDataError("X is rank-deficient; take the spectrum from Spectrum.from_data")
    up = 2 * bits + square.denominator.bit_length() + 2
    up += up % 2
    return Fraction(isqrt((square.numerator << up) // square.denominator), 1 << up // 2)
