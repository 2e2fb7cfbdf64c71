"""Random states, most of them awkward, and their sharpness as a dense eigensolver at 55 digits finds it."""

from collections.abc import Iterator
from fractions import Fraction
from functools import cache

import mpmath
import numpy as np

from numerics.arithmetic import Mpmath
from tests.effort import usually

N_SAMPLES = 3
Case = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]  # type: ignore[type-arg]


def hessian(case: Case) -> list[list[Fraction]]:
    """Transcribe the Hessian of Section 0 in `(c, v)` coordinates, exactly."""
    s, d, f, v = ([Fraction(float(x)) for x in values] for values in case)
    n_layers, rank = len(v), len(s)

    def others(*skip: int) -> Fraction:
        result = Fraction(1)
        for j in range(n_layers):
            if j not in skip:
                result *= v[j]
        return result

    P, without = others(), [others(j) for j in range(n_layers)]
    squares, residuals = sum(x**2 for x in f), sum(x * (P * x - y) for x, y in zip(f, d, strict=True))
    H = [[Fraction(0)] * (rank + n_layers) for _ in range(rank + n_layers)]
    for i in range(rank):
        H[i][i] = P**2 * s[i] ** 2
        for j in range(n_layers):
            H[i][rank + j] = H[rank + j][i] = without[j] * s[i] * (2 * f[i] * P - d[i])
    for j in range(n_layers):
        for k in range(n_layers):
            H[rank + j][rank + k] = without[j] * without[k] * squares
            if j != k:
                H[rank + j][rank + k] += others(j, k) * residuals
    return [[entry / N_SAMPLES for entry in row] for row in H]


def dense_top(case: Case) -> Fraction:
    # Not flint's approximate eigenvalues: they were 2% off at a repeated one.
    context = mpmath.MPContext()
    context.dps = 55
    rows = [[context.mpf(x.numerator) / x.denominator for x in row] for row in hessian(case)]
    top = max(context.eigsy(context.matrix(rows), eigvals_only=True))
    return Mpmath(250).to_fraction(top)


@cache
def exact_cases() -> list[tuple[Case, Fraction]]:
    """Random states, and the sharpness of each: solved once for all the tests that look at them."""
    return [(case, dense_top(case)) for case in random_cases(usually(200, thoroughly=2000), seed=1)]


def random_cases(count: int, seed: int) -> Iterator[Case]:
    rng = np.random.default_rng(seed)
    for number in range(count):
        rank, n_layers = int(rng.integers(1, 5)), 1 + number % 7
        s = 10 ** rng.uniform(-2, 2, rank)
        if rng.random() < 0.4:  # clustered
            s[1:] = s[0] * (1 - 10.0 ** rng.uniform(-17, -3, rank - 1))
        s = np.sort(s)[::-1].copy()
        if rng.random() < 0.1:
            s[:] = s[0]
        d = rng.normal(size=rank) * 10 ** rng.uniform(-3, 3)
        v = rng.normal(size=n_layers) * 10 ** rng.uniform(-1, 1)
        kind = rng.random()
        if kind < 0.2:
            v[:] = v[0]
        elif kind < 0.4:
            v = abs(v[0]) * rng.choice([-1.0, 1.0], n_layers)
        elif kind < 0.6:
            v[rng.integers(n_layers)] = 0
        elif kind < 0.7:
            v[rng.choice(n_layers, min(n_layers, 2), replace=False)] = 0
        elif kind < 0.8:
            v *= 10 ** rng.uniform(-12, 2, n_layers)
        elif kind < 0.83:
            v[:] = 0
        P = float(np.prod(v))
        f = rng.normal(size=rank) * 10 ** rng.uniform(-2, 2)
        place = rng.random()
        if P != 0 and place < 0.3:  # near a minimizer
            f = d / P * (1 + rng.normal(size=rank) * 10 ** rng.uniform(-16, 0))
        elif P != 0 and place < 0.4:  # where the border vanishes
            f = d / P / 2
        elif place < 0.6:
            f[rng.integers(rank)] = 0
        if np.abs(f).max() < 1e60:
            yield s, d, f, v


def float_hessian(case: Case) -> np.ndarray:  # type: ignore[type-arg]
    s, d, f, v = case
    P, z = np.prod(v), np.prod(v) * f - d
    border = s * (z + P * f)
    layers = (f @ f) * np.outer(P / v, P / v) + (f @ z) * (P / np.outer(v, v)) * (1 - np.eye(len(v)))
    return np.block([[np.diag((P * s) ** 2), np.outer(border, P / v)], [np.outer(P / v, border), layers]]) / N_SAMPLES
