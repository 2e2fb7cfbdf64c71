"""The spectrum of exact data in balls, to any number of bits.

The eigenvectors E of the smaller Gram matrix G are found without care for error, and what they are worth is then
enclosed. With `F = E^T E` close to 1, the columns of `W = E F^(-1/2)` are orthonormal, and `M = W^T G W`, which is
close to `T = E^T G E`, has the eigenvalues of G. So each eigenvalue lies within `||M - diag(T)||` of an entry of the
diagonal (Weyl), and the space of some of them within that norm over the gap to the others of the space of their columns
of W (Davis and Kahan). The rank is that of whole numbers, and the eigenvalues beyond it are 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import flint
import numpy as np
from flint import acb_mat, arb, arb_mat, fmpq

from numerics.arithmetic.ball import Ball
from numerics.spectrum.canonical import Array, canonical
from numerics.spectrum.enclosed_spectrum import EnclosedSpectrum
from numerics.spectrum.exact_data import ExactData

BITS_TRIED = (128, 256, 512, 1024, 2048, 4096)
MOST_MODES = 128
"""Samples or features, whichever are fewer, of data that are decomposed with many bits: 128 take some ten seconds, and
twice as many eight times as long."""

_middles = np.frompyfunc(arb.mid, 1, 1)


def ball(value: Fraction) -> arb:
    """The ball of a rational at the current precision."""
    return arb(fmpq(value.numerator, value.denominator))


@dataclass(frozen=True, eq=False)
class _Eigenspaces:
    """Columns of `vectors`, in the order of falling eigenvalues, up to the rank.

    Args:
        vectors: E, shape `(k, k)`, exact.
        values: balls that hold the eigenvalues, where they are in that order.
        spaces: which columns belong together, as ranges: the balls of one space overlap, those of two do not.
        angles: for each space a bound on the sine of the angle between it and the space of its columns.
    """

    vectors: Any
    values: list[arb]
    spaces: list[range]
    angles: list[arb]


def ball_spectrum(data: ExactData, bits: int) -> EnclosedSpectrum | None:
    """Enclose the spectrum of exact data.

    Args:
        data: X and y, neither of them 0, nor y orthogonal to the columns of X.
        bits: to compute with. The balls are the wider, the larger the square of X's condition.

    Returns:
        None where so few bits cannot tell every singular value from 0.

    Examples:
        >>> import numpy as np
        >>> found = ball_spectrum(ExactData.of_floats(np.eye(2), np.array([3.0, 4.0])), 100)
        >>> [x.str(5, radius=False) for x in (*found.singular_values, *found.label_coefficients)]
        ['1.0000', '1.0000', '5.0000', '0']
    """
    with Ball(bits).active():
        found = _eigenspaces(data, bits)
        return None if found is None else _spectrum(data, found)


def canonical_modes(data: ExactData, bits: int) -> tuple[EnclosedSpectrum, Array, Array] | None:
    """Enclose the spectrum of exact data, and give `d_i` and `w_i^T` of the canonical decomposition as exact balls.

    Returns:
        The spectrum; `d_i`, shape `(r,)`; `w_i^T` as rows, shape `(r, d)`: right to about the spectrum's own
        coefficients. None where `ball_spectrum` gives none.
    """
    with Ball(bits).active():
        found = _eigenspaces(data, bits)
        if found is None:
            return None
        rank, tall = len(found.values), data.shape[0] >= data.shape[1]
        roots = np.array([value.sqrt() for value in found.values])
        targets = arb_mat(data.correlations if tall else data.labels)
        along = np.array((found.vectors.transpose() * targets).entries()[:rank])
        vectors = found.vectors if tall else arb_mat(data.matrix.transpose()) * found.vectors
        right = np.array(vectors.transpose().tolist())[:rank]
        if tall:
            along /= roots
        else:
            right /= roots[:, np.newaxis]
        right, coefficients = canonical(_middles(right), _middles(along), found.spaces)
        return _spectrum(data, found), coefficients * ball(data.label_unit), right


def told_apart(data: ExactData, spectrum: EnclosedSpectrum) -> bool:
    """Whether singular values whose balls overlap are the same."""
    spaces = 1 + sum(1 for larger, value in pairwise(spectrum.singular_values) if value < larger)
    return spaces == spectrum.rank or spaces == data.distinct_singular_values


def _spectrum(data: ExactData, found: _Eigenspaces) -> EnclosedSpectrum:
    rows, columns = data.shape
    tall = rows >= columns
    targets = arb_mat(data.correlations if tall else data.labels)
    length = _norm(targets)
    along = found.vectors.transpose() * targets
    unit, label_unit = ball(data.unit), ball(data.label_unit)
    roots, coefficients = [], []
    for space, angle in zip(found.spaces, found.angles, strict=True):
        value = found.values[space[0]]
        for place in space[1:]:
            value = value.union(found.values[place])
        root = value.sqrt()
        inside = along[space[0], 0] if len(space) == 1 else _norm_of([along[place, 0] for place in space])
        inside += arb(0, 2 * angle.upper() * length.upper())
        if len(space) > 1:
            inside = inside.nonnegative_part()
        roots += [root * unit] * len(space)
        coefficients += [inside / root * label_unit if tall else inside * label_unit] + [arb(0)] * (len(space) - 1)
    whole = _norm(arb_mat(data.labels)) * label_unit
    share = arb(0) if data.labels_inside else 1 - sum((d * d for d in coefficients), arb(0)) / (whole * whole)
    return EnclosedSpectrum(
        roots,
        coefficients,
        n_samples=rows,
        label_residual_share=share,
        bits=flint.ctx.prec,
        known_label_norm_squared=whole * whole if data.labels_inside else None,
        tied=len(found.spaces[0]),
    )


def _eigenspaces(data: ExactData, bits: int) -> _Eigenspaces | None:
    gram = arb_mat(data.gram)
    size, rank = gram.nrows(), data.rank
    vectors = _orthonormal(*_approximate(gram), bits)
    transformed = vectors.transpose() * gram * vectors
    order = sorted(range(size), key=lambda place: transformed[place, place].mid(), reverse=True)
    vectors = arb_mat([[vectors[row, place] for place in order] for row in range(size)])
    diagonal = [transformed[place, place].mid() for place in order]
    off = arb_mat(transformed)
    for place in range(size):
        off[place, place] -= transformed[place, place].mid()
    squares = vectors.transpose() * vectors
    for place in range(size):
        squares[place, place] -= 1
    epsilon = _norm(squares).upper()
    if not epsilon < arb(0.5):
        return None
    eta = epsilon / (1 - epsilon)
    error = (_norm(off) + (2 * eta + eta * eta) * _norm(transformed)).upper()
    values = [arb(value, error) for value in diagonal[:rank]]
    if not values[-1] > 0:
        return None
    ends = [0, *(place for place in range(1, rank) if values[place] < values[place - 1]), rank]
    spaces = [range(first, last) for first, last in pairwise(ends)]
    angles = []
    for space in spaces:
        gaps = []
        if space.start > 0:
            gaps.append((values[space.start - 1] - values[space.start]).lower())
        below = values[space.stop] if space.stop < rank else arb(0)
        if space.stop < size:
            gaps.append((values[space.stop - 1] - below).lower())
        angles.append(_ratio(error, gaps) + 2 * eta)
    return _Eigenspaces(vectors, values, spaces, angles)


def _ratio(error: arb, gaps: list[arb]) -> arb:
    angle = arb(0)
    for gap in gaps:
        angle = angle.max(error / gap if gap > 0 else arb(1))
    return angle.min(arb(1))


def _approximate(gram: Any) -> tuple[list[arb], list[list[arb]]]:
    """Eigenvalues and eigenvectors as floats of many bits, largest first, whose errors are anyone's guess."""
    size = gram.nrows()
    if size == 1:
        return [gram[0, 0]], [[arb(1)]]
    found, right = acb_mat(gram).eig(right=True, algorithm="approx")
    order = sorted(range(size), key=lambda place: found[place].real.mid(), reverse=True)
    values = [found[place].real.mid() for place in order]
    return values, [[right[row, place].real.mid() for row in range(size)] for place in order]


def _orthonormal(values: list[arb], vectors: list[list[arb]], bits: int) -> Any:
    """Make vectors orthonormal to nearly the last bit, each only by those of about the same value."""
    close = values[0].abs_upper() * arb(2) ** -(bits // 3)
    made: list[list[arb]] = []
    for place, vector in enumerate(vectors):
        for _ in range(2):
            for before in range(place - 1, -1, -1):
                if values[before] - values[place] > close:
                    break
                along = _dot(made[before], vector)
                vector = [(x - along * w).mid() for x, w in zip(vector, made[before], strict=True)]
            length = _norm_of(vector)
            vector = [(x / length).mid() for x in vector]
        made.append(vector)
    E = arb_mat(made).transpose()
    for _ in range(2):  # each step squares what is left of E^T E - 1
        correction = E.transpose() * E
        for place in range(len(made)):
            correction[place, place] -= 3
        E = (E * correction / arb(-2)).mid()
    return E


def _dot(first: list[arb], second: list[arb]) -> arb:
    return sum((x * y for x, y in zip(first, second, strict=True)), arb(0)).mid()


def _norm_of(values: list[arb]) -> arb:
    return sum((x * x for x in values), arb(0)).nonnegative_part().sqrt()


def _norm(matrix: Any) -> arb:
    return _norm_of(matrix.entries())
