"""The random problems of the wide test, fixed by a seed alone.

Every attribute is drawn uniformly and independently from its list, so that well-conditioned data, where precision
changes little, have their share.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic import Float64
from numerics.finite_precision.problem import Problem
from numerics.model.base import State
from numerics.model.initialization import initialize
from numerics.model.reduced import ReducedModel
from numerics.sharpness import sharpness
from theory import Spectrum

RANKS = (2, 3, 5, 10, 20, 50)
DEPTHS = (2, 3, 4)
DECAYS = ("gaussian", "power 1/2", "power 1", "power 2", "geometric 10", "geometric 100")
LABELS = ("normal", "like the singular values", "small along e_1", "zero along e_1")
SAMPLES_PER_RANK = (1, 10)
INITIALIZATIONS = ("default", "alpha-beta", "balanced", "balanced:0.3")
EDGES = (0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, eq=False)
class Case:
    """One random problem.

    Attributes:
        number: its place in the population.
        decay: how its singular values fall.
        labels: how its label coefficients are drawn.
        initialization: how its weights start.
        edge: `2/eta` as a share of the sharpness at the limit of gradient flow from the same start.
        problem: the problem itself.
    """

    number: int
    decay: str
    labels: str
    initialization: str
    edge: float
    problem: Problem

    def description(self) -> dict[str, object]:
        """Give what JSON keeps of it."""
        return {
            "case": self.number,
            "rank": self.problem.spectrum.rank,
            "depth": self.problem.depth,
            "n_samples": int(self.problem.spectrum.n_samples),
            "decay": self.decay,
            "labels": self.labels,
            "initialization": self.initialization,
            "edge": self.edge,
            "step_size": float(self.problem.step_size),
        }


def draw(number: int, seed: int) -> Case:
    """Draw one case, which depends on no other.

    >>> [draw(number, seed=0).problem.depth for number in range(3)]
    [4, 3, 3]
    """
    random = np.random.Generator(np.random.Philox(key=seed, counter=[0, 0, 2, number]))

    def one_of(values: tuple[object, ...]) -> int:
        return int(random.integers(len(values)))

    rank, depth = RANKS[one_of(RANKS)], DEPTHS[one_of(DEPTHS)]
    decay, labels = DECAYS[one_of(DECAYS)], LABELS[one_of(LABELS)]
    n_samples = rank * SAMPLES_PER_RANK[one_of(SAMPLES_PER_RANK)]
    form, edge = INITIALIZATIONS[one_of(INITIALIZATIONS)], EDGES[one_of(EDGES)]
    s = _singular_values(random, decay, rank)
    s = s * (n_samples**0.5 / s[0])
    d = _label_coefficients(random, labels, s)
    d = d * (n_samples**0.5 / np.linalg.norm(d))
    spectrum = Spectrum(s, d, n_samples=n_samples)
    start = int(random.integers(2**31))
    coefficients, layers = (np.asarray(part) for part in initialize(form, np.eye(rank), depth, start))
    step_size = Fraction(2 / (edge * flow_limit_sharpness(spectrum, depth, coefficients, layers)))
    return Case(number, decay, labels, form, edge, Problem(spectrum, depth, step_size, coefficients, layers))


def _singular_values(random: np.random.Generator, decay: str, rank: int) -> NDArray[np.float64]:
    kind, _, rate = decay.partition(" ")
    if kind == "gaussian":
        return np.asarray(np.linalg.svd(random.normal(size=(rank, 2 * rank)), compute_uv=False), dtype=np.float64)
    place = np.arange(rank)
    if kind == "power":
        return np.asarray((place + 1.0) ** -float(Fraction(rate)), dtype=np.float64)
    return np.asarray(float(rate) ** (-place / (rank - 1)), dtype=np.float64)


def _label_coefficients(random: np.random.Generator, labels: str, s: NDArray[np.float64]) -> NDArray[np.float64]:
    d = random.normal(size=len(s))
    if labels == "like the singular values":
        d = d * s
    elif labels != "normal":
        d[0] *= 0.01 if labels.startswith("small") else 0.0
    return d


def flow_limit_sharpness(
    spectrum: Spectrum, depth: int, coefficients: NDArray[np.float64], layers: NDArray[np.float64]
) -> float:
    """Give the sharpness at the global minimizer that has the imbalances of a start (Lemma 5.2).

    There `c_i = d_i / (s_i P)`, so `m = ||c||^2` solves `m prod_j (m - C_j) = Q` with the imbalances
    `C_j = ||c(0)||^2 - v_j(0)^2` that gradient flow keeps.

    >>> flow_limit_sharpness(Spectrum([2.0], [6.0], n_samples=4), 2, np.array([1.0]), np.array([1.0]))
    6.0
    """
    imbalances = float(coefficients @ coefficients) - layers**2
    low = max(0.0, float(imbalances.max()))
    high = low + 1.0
    while high * np.prod(high - imbalances) < spectrum.difficulty:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if middle * np.prod(middle - imbalances) < spectrum.difficulty else (low, middle)
    sizes = np.sqrt(np.maximum(high - imbalances, 0.0))
    outputs = np.asarray(spectrum.label_coefficients) / np.prod(sizes)
    return float(sharpness(ReducedModel.from_spectrum(spectrum, depth, Float64()), State(outputs, tuple(sizes))))
