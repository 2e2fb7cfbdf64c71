"""Top eigenvalue of a diagonal matrix plus a matrix of rank one, from its secular equation.

With `p_i = A s_i^2`, the top eigenvalue of `diag(p) + B d d^T` is `A s_1^2 + B mu`, where `mu >= 0` is the root of

    sum_i d_i^2 / (mu + gap_i) = 1,    gap_i = A (s_1^2 - s_i^2) / B >= 0,

or `mu = 0` where the left side stays below 1 for every `mu > 0`. The left side falls in `mu`; its inverse rises and
is concave, so Newton's method on `1/f = 1` reaches the root from the left after at most one step.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from theory.errors import NumberKindError
from theory.language.numbers import BALL, FLOAT, MPMATH, SYMBOLIC, Number, kind, plain, square, vector
from theory.spectrum import Spectrum

Array = np.ndarray[Any, Any]

_ITERATIONS = 10_000  # far beyond need: the convergence is quadratic after one step


def top_eigenvalue(spectrum: Spectrum, diagonal: Number, rank_one: Number) -> Number:
    """Top eigenvalue of `A diag(s_i^2) + B d d^T`, with `A`, `B` positive; no factor 1/N.

    Args:
        spectrum: gives the `s_i` and `d_i`, shape `(r,)`.
        diagonal: `A`.
        rank_one: `B`.

    Raises:
        NumberKindError: rationals or symbols, where the rank is above 1.

    Examples:
        >>> top_eigenvalue(Spectrum([2.0, 1.0], [0.0, 3.0], n_samples=1), 1.0, 1.0)
        10.0
    """
    s, d = spectrum.singular_values, spectrum.label_coefficients
    if spectrum.rank == 1:
        return diagonal * s[0] ** 2 + rank_one * square(d[0])
    # The product form of s_1^2 - s_i^2 loses no digits where singular values cluster.
    gaps = vector([diagonal * (s[0] - value) * (s[0] + value) / rank_one for value in s])
    of_kind = kind(diagonal)
    if of_kind == SYMBOLIC or of_kind not in (FLOAT, MPMATH, BALL):
        raise NumberKindError(
            f"the exact sharpness of rank {spectrum.rank} is a root of degree {spectrum.rank}, which {of_kind} numbers "
            "do not hold: give float64, mpmath.mpf or flint.arb"
        )
    if of_kind == FLOAT:
        # Label and root in another unit, a power of two, so that no square of a small or large one leaves the range.
        unit = 2.0 ** math.frexp(max(abs(value) for value in d))[1]
        root = _newton(vector([square(value / unit) for value in d]), gaps / unit / unit)
        return plain(diagonal * s[0] ** 2 + rank_one * unit * root * unit)
    weights = vector([square(value) for value in d])
    root = _enclose_root(weights, gaps) if of_kind == BALL else _newton(weights, gaps)
    return plain(diagonal * s[0] ** 2 + rank_one * root)


def _newton(weights: Array, gaps: Array) -> Number:
    """Root of `sum weights / (mu + gaps) = 1` over `mu >= 0`, or 0 where there is none."""
    present = np.array([bool(weight > 0) for weight in weights])
    weights, gaps = weights[present], gaps[present]
    at_pole = np.array([not bool(gap > 0) for gap in gaps])
    root = sum(weights[at_pole], start=weights[0] * 0)  # the left side is at least 1 here
    if not at_pole.any() and np.sum(weights / gaps) <= 1:
        return root
    for _ in range(_ITERATIONS):
        shifted = root + gaps
        value = np.sum(weights / shifted)
        slope = np.sum(weights / shifted**2)
        following = root + value * (value - 1) / slope
        if not following > root:  # monotone from the left: rounding alone can turn it around
            return root
        root = following
    return root


def _enclose_root(weights: Array, gaps: Array) -> Number:
    """Ball that contains the root for every choice of weights and gaps inside their balls.

    The root lies between 0 (or the weight at the pole) and the sum of all weights. From a root found at the
    midpoints, an interval grows until the left side is surely above 1 at its lower end and surely below 1 at its
    upper end.
    """
    from flint import arb, ctx

    present = np.array([not weight.is_zero() for weight in weights])
    weights, gaps = weights[present], gaps[present]
    if all(gap > 0 for gap in gaps) and _left_side(weights, gaps, arb(0)) < 1:
        return arb(0)
    ceiling = sum(weights, start=arb(0))
    gaps = vector([gap if gap > 0 else arb(0).union(gap) for gap in gaps])
    middle = _newton(
        vector([weight.mid() if weight.mid() > 0 else arb(0) for weight in weights]),
        vector([gap.mid() if gap > 0 else arb(0) for gap in gaps]),
    ).mid()
    lower, upper = arb(0), ceiling
    fine = arb(2) ** -ctx.prec
    radius = middle.max((ceiling * fine).mid()) * fine
    while radius < ceiling:
        below, above = (middle - radius).lower(), (middle + radius).upper()
        if lower == 0 and below > 0 and _left_side(weights, gaps, below) > 1:
            lower = below
        if upper is ceiling and _left_side(weights, gaps, above) < 1:
            upper = above
        if lower > 0 and upper is not ceiling:
            break
        radius *= 4
    return lower.union(upper)


def _left_side(weights: Array, gaps: Array, position: Number) -> Number:
    return sum((weight / (position + gap) for weight, gap in zip(weights, gaps, strict=True)), start=weights[0] * 0)
