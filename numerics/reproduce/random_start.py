"""What Tables 11 to 15 show: Theorems 5.6 and 5.7 at the variances of PyTorch's initialization.

`alpha^2 = 1/(3d)` and `beta^2 = 1/3`, as Assumption 5.5 with `d` features. The decomposition of a draw holds `d`.
"""

from __future__ import annotations

from numerics.reproduce.decomposition import spectrum_of
from numerics.reproduce.table import Row
from numerics.work.task import Arrays
from theory.bounds import Bounds, convergence, initialization

ALL_DATA = ("cifar10", "svhn", "speech")


def deviations(n_features: int) -> tuple[float, float]:
    """Give `alpha` and `beta`.

    Examples:
        >>> alpha, beta = deviations(12)
        >>> round(1 / alpha**2), round(1 / beta**2)
        (36, 3)
    """
    return float((3 * n_features) ** -0.5), float(3**-0.5)


def at_start(draw: Arrays) -> Bounds:
    """Evaluate Theorem 5.6 on a draw."""
    return initialization(spectrum_of(draw), *deviations(int(draw["n_features"])))


def at_convergence(draw: Arrays) -> Bounds:
    """Evaluate Theorem 5.7 on a draw."""
    return convergence(spectrum_of(draw), *deviations(int(draw["n_features"])))


def rows(label: str) -> list[Row]:
    """Give a row for each data set."""
    return [Row(key, label) for key in ALL_DATA]
