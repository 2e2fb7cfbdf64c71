"""A stretch of gradient descent, step by step, that small displacements are followed along."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from numerics.precision.linearization import Jacobian
from numerics.precision.rounded_sharpness import Floats
from numerics.precision.rounding import Rounding
from theory import Spectrum


@dataclass(frozen=True, eq=False)
class Path:
    """The weights of a run at the steps 0 .. T, in float64.

    Displacements are in the coordinates `(c_1, .., c_r, v_1, .., v_(D-1))`.

    Attributes:
        spectrum: the data.
        step_size: `eta`.
        outputs: the `f_i`, shape `(T + 1, r)`.
        layers: the `v_j`, shape `(T + 1, D - 1)`.
    """

    spectrum: Spectrum
    step_size: float
    outputs: Floats
    layers: Floats

    @property
    def last_step(self) -> int:
        """T."""
        return len(self.layers) - 1

    @property
    def rank(self) -> int:
        """Rank r of the data."""
        return int(self.outputs.shape[1])

    @cached_property
    def layer_rate(self) -> float:
        """`eta / N`."""
        return float(self.step_size / self.spectrum.n_samples)

    @cached_property
    def mode_rates(self) -> Floats:
        """The `s_i^2 eta / N`, shape `(r,)`."""
        return np.asarray(self.spectrum.singular_values) ** 2 * self.layer_rate

    @cached_property
    def weights(self) -> Floats:
        """The `(c, v)`, shape `(T + 1, r + D - 1)`."""
        return np.concatenate([self.outputs / np.asarray(self.spectrum.singular_values), self.layers], axis=1)

    @cached_property
    def smallest_layers(self) -> Floats:
        """`min_j |v_j|`, shape `(T + 1,)`."""
        return np.asarray(np.abs(self.layers).min(axis=1))

    @cached_property
    def equal_layers(self) -> list[int]:
        """For every layer, the first one that starts with the same value: equal layers stay equal in any arithmetic."""
        start = self.layers[0].tolist()
        return [start.index(value) for value in start]

    def jacobian(self, step: int) -> Jacobian:
        """Linearize a step."""
        return Jacobian.at(self.spectrum, self.step_size, self.outputs[step], self.layers[step])

    def rounding(self, step: int) -> Rounding:
        """Give what the operations of a step round off."""
        after = min(step + 1, self.last_step)
        return Rounding.at(
            self.spectrum,
            self.step_size,
            (self.outputs[step], self.layers[step]),
            (self.outputs[after], self.layers[after]),
            self.equal_layers,
        )

    def moved(self, step: int, displacement: Floats) -> Path:
        """Give one step, or the last weights alone, all displaced alike."""
        kept, s = slice(step, step + 2), np.asarray(self.spectrum.singular_values)
        outputs = self.outputs[kept] + s * displacement[: self.rank]
        moved = Path(self.spectrum, self.step_size, outputs, self.layers[kept] + displacement[self.rank :])
        moved.__dict__["equal_layers"] = self.equal_layers
        return moved

    def displaced(self, displacements: Floats) -> Path:
        """Add displacements, shape `(T' + 1, r + D - 1)` with `T' <= T`: a path up to T'."""
        kept, s = slice(0, len(displacements)), np.asarray(self.spectrum.singular_values)
        return Path(
            self.spectrum,
            self.step_size,
            self.outputs[kept] + s * displacements[:, : self.rank],
            self.layers[kept] + displacements[:, self.rank :],
        )
