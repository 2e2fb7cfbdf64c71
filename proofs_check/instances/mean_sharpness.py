"""Expected sharpness of the two-layer model, enclosed where all singular values are equal.

There the Hessian's top eigenvalue depends on `c = Pi_W u` through `rho = ||c||` and the labels alone. With
`(rho / a, v / b) = t (sin q, cos q)`, `t^2` has the mean `r + 1` and is independent of `q`, whose density on [0, pi] is
proportional to `sin^(r-1) q`: an expectation of something that scales with `t^2` is one integral of an analytic
function, which Arb encloses.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from flint import acb, arb, fmpq

Angle = Callable[[acb, acb, bool], acb]
"""Function of sine, cosine and whether it must be analytic there."""


def initial_sharpness(rank: int, singular_value: fmpq, label_norm: arb, alpha: fmpq, beta: fmpq, n_samples: int) -> arb:
    """Ball for `E S` at `u ~ N(0, alpha^2 I)`, `v ~ N(0, beta^2)`, where every singular value is the same, `s`.

    Without labels `N S = s^2 lambda`, the top eigenvalue of `[[v^2, 2 v rho], [2 v rho, rho^2]]`. Labels add the border
    `-s d`, of spectral norm `s ||d||` (Lemma B.1), so by Weyl's inequality `N E S` rises by at most that. It does not
    fall, for the top eigenvalue is convex in the labels and their sign does not matter. And the quotient at
    `(-d/||d||, 1) / sqrt 2` gives `N E S >= s^2 (b^2 + r a^2) / 2 + s ||d||`.
    """
    square = arb(singular_value) ** 2
    shift = arb(singular_value) * label_norm
    without_labels = square * unlabelled_sharpness(rank, alpha, beta)
    tested = square * (arb(beta) ** 2 + rank * arb(alpha) ** 2) / 2 + shift
    lower = without_labels if without_labels >= tested else tested
    if label_norm == 0:
        return without_labels / n_samples
    return lower.lower().union((without_labels + shift).upper()) / n_samples


@cache
def unlabelled_sharpness(rank: int, alpha: fmpq, beta: fmpq) -> arb:
    """`E lambda` without labels, for singular values 1."""
    a, b = acb(alpha), acb(beta)

    def top(sine: acb, cosine: acb, analytic: bool) -> acb:
        first, second = (b * cosine) ** 2, (a * sine) ** 2
        radicand = (first - second) ** 2 / 4 + 4 * first * second
        return (first + second) / 2 + radicand.sqrt(analytic=analytic)

    return (rank + 1) * mean_over_angles(rank, top, acb.pi() / 2)


@cache
def mean_absolute_imbalance(rank: int, alpha: fmpq, beta: fmpq) -> arb:
    """`E |C|` for `C = ||Pi_W u||^2 - v^2`."""
    a, b = acb(alpha), acb(beta)
    turn = (b / a).atan()  # where C changes its sign

    def imbalance(sine: acb, cosine: acb, analytic: bool) -> acb:
        return (a * sine) ** 2 - (b * cosine) ** 2

    return (rank + 1) * mean_over_angles(rank, imbalance, turn, -1)


def mean_over_angles(rank: int, function: Angle, split: acb, sign_before: int = 1) -> arb:
    """Mean of an even function of the cosine over the angle; its sign is turned before the split."""

    def density(angle: acb, analytic: bool) -> acb:
        return angle.sin() ** (rank - 1)

    def weighted(angle: acb, analytic: bool) -> acb:
        return function(angle.sin(), angle.cos(), analytic) * density(angle, analytic)

    def over(integrand: Any, low: acb, high: acb) -> arb:
        return acb.integral(integrand, low, high).real

    end = acb.pi() / 2
    parts = sign_before * over(weighted, acb(0), split) + over(weighted, split, end)
    return parts / over(density, acb(0), end)


def limit_sharpness(rank: int, singular_value: fmpq, label_norm: fmpq, alpha: fmpq, beta: fmpq, n_samples: int) -> arb:
    """Ball for `E S` at the limit of gradient flow, where every singular value is the same, `s`.

    There `N S = s^2 V + ||y||^2 / V = s^2 sqrt(C^2 + 4Q)` exactly, with `Q = (||y|| / s)^2`.
    """
    return arb(singular_value) ** 2 * mean_radical(rank, label_norm / singular_value, alpha, beta) / n_samples


def mean_radical(rank: int, root_difficulty: fmpq, alpha: fmpq, beta: fmpq) -> arb:
    """Ball for `E sqrt(C^2 + 4Q)`: between the larger of `E|C|` and `2 sqrt Q`, and `E|C| + 2 sqrt Q`.

    For large Q it is at most `2 sqrt Q + E C^2 / (4 sqrt Q)`, too.
    """
    absolute, twice = mean_absolute_imbalance(rank, alpha, beta), arb(2 * root_difficulty)
    squared = squared_imbalance(rank, alpha, beta)
    lower = absolute if absolute >= twice else twice
    upper, other = absolute + twice, twice + arb(squared) / (2 * twice)
    return lower.lower().union((other if other <= upper else upper).upper())


def squared_imbalance(rank: int, alpha: fmpq, beta: fmpq) -> fmpq:
    """`E C^2`, summed over pairs of entries: `E x^4 = 3 sigma^4`, and two different entries are independent."""
    variances = [alpha**2] * rank + [beta**2]
    signs = [1] * rank + [-1]
    total = fmpq(0)
    for i, (first, sign) in enumerate(zip(variances, signs, strict=True)):
        for j, (second, other) in enumerate(zip(variances, signs, strict=True)):
            total += sign * other * first * second * (3 if i == j else 1)
    return total
