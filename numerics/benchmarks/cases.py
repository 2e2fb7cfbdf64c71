"""The three cases that everything is measured on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.base import Arithmetic
from numerics.model.base import State
from numerics.model.reduced import ReducedModel

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Case:
    """A data set, a start and a step size.

    Attributes:
        name: `a` (r=2, N=100, D=2), `b` (r=100, N=100, d=200, D=2) or `c` (r=500, N=500, d=3072, D=3).
    """

    name: str
    X: Floats
    y: Floats
    singular_values: Floats
    label_coefficients: Floats
    coefficients: Floats
    layers: Floats
    step_size: float

    @property
    def first_layer(self) -> Floats:
        """`u` in the row space of the data, shape `(d,)`."""
        return np.asarray(np.linalg.svd(self.X, full_matrices=False)[2].T @ self.coefficients)

    def model(self, arithmetic: Arithmetic) -> tuple[ReducedModel, State]:
        """Make the reduced model and its start in an arithmetic."""
        model = ReducedModel(
            arithmetic,
            len(self.layers) + 1,
            len(self.y),
            arithmetic.vector(self.singular_values),
            arithmetic.vector(self.label_coefficients),
        )
        return model, model.state(self.coefficients, self.layers)


def cases() -> dict[str, Case]:
    """Make the cases from a fixed seed: Appendix D.1's spectrum, and two of Gaussian data."""
    rng = np.random.default_rng(0)
    left, right = np.linalg.qr(rng.normal(size=(100, 2)))[0], np.linalg.qr(rng.normal(size=(2, 2)))[0]
    X = (left * np.array([5.477, 0.233])) @ right.T
    made = {"a": _case("a", X, left @ np.array([0.3, 1.414]), right @ np.array([0.1, 0.1]), [0.5], 0.5e-4)}
    for name, n, d, layers, eta in (("b", 100, 200, [0.5], 0.05e-4), ("c", 500, 3072, [0.5, 0.6], 0.02e-4)):
        X, y, u = rng.normal(size=(n, d)), rng.normal(size=n), rng.normal(size=d) / d**0.5
        made[name] = _case(name, X, y, u, layers, eta)
    return made


def _case(name: str, X: Floats, y: Floats, u: Floats, layers: list[float], step_size: float) -> Case:
    left, s, right = np.linalg.svd(X, full_matrices=False)
    return Case(name, X, y, s, left.T @ y, right @ u, np.array(layers), step_size)


def write_peer_case(case: Case, path: str) -> None:
    """Write a case as the peers read it: sizes, then step size, X, y, u, v, s, d, c as float64."""
    n, d = case.X.shape
    sizes = np.array([n, d, len(case.singular_values), len(case.layers) + 1], dtype=np.int64)
    with open(path, "wb") as stream:
        sizes.tofile(stream)
        for part in (
            np.array([case.step_size]),
            case.X,
            case.y,
            case.first_layer,
            case.layers,
            case.singular_values,
            case.label_coefficients,
            case.coefficients,
        ):
            np.ascontiguousarray(part, dtype=np.float64).tofile(stream)
