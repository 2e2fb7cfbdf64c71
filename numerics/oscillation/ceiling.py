"""The ceiling: the sharpness at the minimizer with given imbalances, where gradient flow would end."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from theory import Spectrum
from theory.formulas.imbalanced_minimizer import layer_sizes
from theory.formulas.parameter_checks import check_depth
from theory.formulas.secular_equation import top_eigenvalue

Floats = NDArray[np.float64]
_SEARCHES = 100
_GOLDEN = (math.sqrt(5) - 1) / 2


def ceiling(spectrum: Spectrum, imbalances: Sequence[float]) -> float:
    """Sharpness `S_inf` at a global minimizer with the imbalances `C_j`, at any depth.

    There the tangent kernel is `P^2 X X^T + (sum_j 1/v_j^2) y y^T` (own-minimizer), with the layers of
    `theory.formulas.imbalanced_minimizer.layer_sizes`; `S_inf` is its top eigenvalue, divided by N.

    Args:
        spectrum: the data, in float64.
        imbalances: `C_j = ||Pi_W u||^2 - v_j^2`, shape `(D-1,)`.

    Raises:
        ParameterError: there is no imbalance, or the labels are 0.
        NotFiniteError: an imbalance is not finite.

    Examples:
        >>> round(ceiling(Spectrum([2.0], [6.0], n_samples=1), [0.0]), 12)
        24.0
        >>> round(ceiling(Spectrum([1.0], [8.0], n_samples=1), [0.0, 0.0]), 12)
        48.0
    """
    size, squares = layer_sizes(float(spectrum.difficulty), imbalances)
    return _of_kernel(spectrum, float(spectrum.difficulty) / size, sum(1 / square for square in squares))


def ceilings(spectrum: Spectrum, coefficients: Floats, layers: Floats) -> Floats:
    """The ceiling at each of many weights: of `c`, shape `(K, r)`, and `v`, shape `(K, D-1)`; infinite where they are.

    Examples:
        >>> weights = np.array([[1.0], [3.0]])
        >>> ceilings(Spectrum([2.0], [6.0], n_samples=1), weights, weights).round(12).tolist()
        [24.0, 24.0]
    """
    imbalances = (coefficients**2).sum(axis=1)[:, None] - layers**2
    finite = np.isfinite(imbalances).all(axis=1)
    rows = zip(imbalances.tolist(), finite, strict=True)
    return np.array([ceiling(spectrum, row) if good else math.inf for row, good in rows])


def flattest(spectrum: Spectrum, depth: int) -> float:
    """Sharpness `S_min` of the flattest of all global minimizers, whatever its imbalances.

    The minimum over `q = P^2` of the top eigenvalue of `q X X^T + (D-1) q^(-1/(D-1)) y y^T`, divided by N: among the
    layers of one product the sum of `1/v_j^2` is least where they are equal. The eigenvalue is convex in `q`, falls up
    to `||y||^2`'s share of it, and rises from balanced layers on (own-ceiling-convex, for two layers).

    Where `2/eta` is below it no minimizer is stable (own-stable-limit).

    Examples:
        >>> flattest(Spectrum([2.0], [6.0], n_samples=1), 2)
        24.0
        >>> round(flattest(Spectrum([5.0, 4.0], [0.0, 15.0], n_samples=2), 2), 6)
        60.0
    """
    check_depth(depth)
    later = depth - 1

    def at(log_square: float) -> float:
        return _of_kernel(spectrum, math.exp(log_square), later * math.exp(-log_square / later))

    high = math.log(spectrum.difficulty) * later / depth
    balanced = at(high)
    low = later * math.log(later * float(spectrum.label_norm_squared) / (balanced * float(spectrum.n_samples)))
    for _ in range(_SEARCHES):
        left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        low, high = (low, right) if at(left) <= at(right) else (left, high)
    return min(balanced, at((low + high) / 2))


def _of_kernel(spectrum: Spectrum, first: float, second: float) -> float:
    return float(top_eigenvalue(spectrum, first, second)) / float(spectrum.n_samples)
