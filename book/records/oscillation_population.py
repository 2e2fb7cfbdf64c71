"""The random problems of the law of oscillations, fixed by a seed alone.

Rank 2 to 20, depth 2 or 3, three kinds of singular values in equal shares: of a Gaussian matrix, spread over half a
decade, spread over two decades. The later layers start at 1/2, the first at 0.1 times a normal vector; `2/eta` lies
between 0.6 and 0.9 of the ceiling at the start.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from numerics.finite_precision.problem import Problem
from numerics.oscillation.ceiling import ceiling
from theory import Spectrum

KINDS = ("gaussian", "half a decade", "two decades")
_SAMPLES_PER_RANK = 4
_DECADES = {"half a decade": 0.5, "two decades": 2.0}


@dataclass(frozen=True, eq=False)
class Case:
    """One random problem, its kind of singular values and `2/eta` as a share of the ceiling at the start."""

    number: int
    kind: str
    share: float
    problem: Problem


def draw(number: int, seed: int) -> Case:
    """Draw one case; it does not depend on the others.

    Examples:
        >>> draw(0, seed=1).problem.depth in (2, 3)
        True
    """
    random = np.random.Generator(np.random.Philox(key=seed, counter=[0, 0, 3, number]))
    rank, depth = int(random.integers(2, 21)), int(random.integers(2, 4))
    kind = KINDS[int(random.integers(len(KINDS)))]
    n_samples = _SAMPLES_PER_RANK * rank
    if kind == "gaussian":
        left, s, _ = np.linalg.svd(random.normal(size=(n_samples, rank)), full_matrices=False)
        d = left.T @ random.normal(size=n_samples)
    else:
        s = np.sort(10 ** (_DECADES[kind] * random.uniform(-0.5, 0.5, size=rank)))[::-1].copy()
        d = random.normal(size=rank)
    spectrum = Spectrum(s, d, n_samples=n_samples)
    coefficients, layers = 0.1 * random.normal(size=rank), np.full(depth - 1, 0.5)
    share = float(random.uniform(0.6, 0.9))
    start = ceiling(spectrum, (coefficients @ coefficients - layers**2).tolist())
    return Case(number, kind, share, Problem(spectrum, depth, Fraction(2 / (share * start)), coefficients, layers))
