"""What `sharpness bounds` finds out about one data set."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

import numpy as np

from numerics.data import Dataset
from numerics.data.first_look import first_look
from theory import Spectrum
from theory.bounds import (
    Bounds,
    balanced_minimizer,
    convergence,
    initialization,
    minimizer_sharpness,
    predicted_sharpness,
    two_layer_minimizer,
)


@dataclass(frozen=True)
class DepthBounds:
    """The sharpness at the minimizer of one depth: `S` itself, with the factor 1/N."""

    depth: int
    predicted: float
    lower: float
    upper: float
    exact: float


def in_float64(spectrum: Spectrum) -> Spectrum:
    """Round a spectrum of exact rationals, whose roots need not be rational.

    Examples:
        >>> in_float64(Spectrum([2], [6], n_samples=1)).difficulty
        9.0
    """
    s, d = (np.asarray(values, dtype=np.float64) for values in (spectrum.singular_values, spectrum.label_coefficients))
    return replace(spectrum, singular_values=s, label_coefficients=d)


def at_depth(spectrum: Spectrum, depth: int, imbalance: float = 0.0) -> DepthBounds:
    """Definition 5.8, Theorem 4.3 (two layers) or 4.6 (more), and the exact sharpness.

    Raises:
        ParameterError: depth below 2, or an imbalance with more than two layers.

    Examples:
        >>> at_depth(Spectrum([2.0], [6.0], n_samples=1), 2)
        DepthBounds(depth=2, predicted=12.0, lower=24.0, upper=24.0, exact=24.0)
    """
    bounds = two_layer_minimizer(spectrum, imbalance) if depth == 2 else balanced_minimizer(spectrum, depth)
    return DepthBounds(
        depth,
        float(predicted_sharpness(spectrum, depth)),
        float(bounds.lower),
        float(bounds.upper),
        float(minimizer_sharpness(spectrum, depth=depth, imbalance=imbalance)),
    )


@dataclass(frozen=True)
class AlphaBeta:
    """The initialization of Assumption 5.5 and what it leads to, in expectation, for two layers."""

    alpha: float
    beta: float
    initialization: Bounds
    convergence: Bounds


@dataclass(frozen=True)
class BoundsReport:
    """Every number that the command shows."""

    dataset: Dataset
    spectrum: Spectrum
    imbalance: float | None
    depths: tuple[DepthBounds, ...]
    alpha_beta: AlphaBeta | None

    def record(self) -> dict[str, object]:
        """Give the JSON record, its keys in the order in which people read it."""
        record: dict[str, object] = {
            "dataset": self.dataset.name,
            "understood": [f"{word}: {what}" for word, what in first_look(self.dataset)],
            "n_samples": self.dataset.n_samples,
            "n_features": self.dataset.n_features,
            "rank": int(self.spectrum.rank),
            "label_residual_share": float(self.spectrum.label_residual_share),
            "difficulty": float(self.spectrum.difficulty),
            "imbalance_threshold": float(self.spectrum.imbalance_threshold),
            "depths": [asdict(depth) for depth in self.depths],
        }
        if self.alpha_beta is not None:
            record["initialization"] = _interval(self.alpha_beta.initialization)
            record["convergence"] = _interval(self.alpha_beta.convergence)
        return record


def from_alpha_beta(spectrum: Spectrum, alpha: float, beta: float) -> AlphaBeta:
    """Theorems 5.6 and 5.7.

    Raises:
        ParameterError: alpha or beta is not positive.
    """
    return AlphaBeta(alpha, beta, initialization(spectrum, alpha, beta), convergence(spectrum, alpha, beta))


def _interval(interval: Bounds) -> dict[str, float]:
    return {"lower": float(interval.lower), "upper": float(interval.upper)}
