"""Gradient and sharpest direction at weights `(c, v)`, one vector of shape `(r + D - 1,)`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from theory import Spectrum
from theory.formulas.deep_model import reduced_hessian
from theory.formulas.dynamics import later_layers, mode_gradient

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Here:
    """The loss around weights.

    Attributes:
        gradient: in `(c, v)`.
        sharpness: top eigenvalue of the Hessian.
        sharpest: its eigenvector, a unit vector of any sign.
        hessian: shape `(r + D - 1, r + D - 1)`.
    """

    gradient: Floats
    sharpness: float
    sharpest: Floats
    hessian: Floats

    @classmethod
    def at(cls, spectrum: Spectrum, weights: Floats) -> Here:
        """Evaluate.

        Examples:
            >>> here = Here.at(Spectrum([2.0], [6.0], n_samples=4), np.array([1.0, 3.0]))
            >>> round(here.sharpness, 12), here.gradient.tolist()
            (10.0, [0.0, 0.0])
        """
        rank = spectrum.rank
        coefficients, layers = weights[:rank], weights[rank:]
        slope = mode_gradient(spectrum, coefficients, later_layers(layers))
        blocks = reduced_hessian(spectrum, coefficients, layers)
        hessian = np.zeros((len(weights), len(weights)))  # by hand: `np.block` takes longer than all the rest
        hessian.flat[: rank * (len(weights) + 1) : len(weights) + 1] = blocks.diagonal
        hessian[:rank, rank:], hessian[rank:, :rank] = blocks.border, blocks.border.T
        hessian[rank:, rank:] = blocks.corner
        values, vectors = np.linalg.eigh(hessian)
        return cls(np.concatenate([slope.first_layer, slope.later_layers]), float(values[-1]), vectors[:, -1], hessian)

    def towards(self, direction: Floats) -> Floats:
        """The sharpest direction with the sign that makes it go along another."""
        return self.sharpest if self.sharpest @ direction >= 0 else -self.sharpest
