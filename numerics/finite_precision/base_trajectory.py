"""A stretch of gradient descent, step by step, that small displacements are followed along."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from numerics.finite_precision.linearization import Jacobian, Point
from numerics.finite_precision.rounded_sharpness import Floats
from numerics.finite_precision.rounding import Rounding
from theory import Spectrum


@dataclass(frozen=True, eq=False)
class BaseTrajectory:
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
        return equal_to(self.layers[0])

    def jacobian(self, steps: int | slice) -> Jacobian:
        """Linearize a step, or many."""
        return Jacobian.at(self._point(steps), self.step_size)

    def rounding(self, steps: int | slice) -> Rounding:
        """Give what the operations of a step round off, or those of many; at the last step nothing moves."""
        after = self._next_outputs[steps], self._next_layers[steps]
        return Rounding.at(self._point(steps), self.step_size, after, self.equal_layers)

    def _point(self, steps: int | slice) -> Point:
        return Point.at(self.spectrum, self.outputs[steps], self.layers[steps])

    @cached_property
    def _next_outputs(self) -> Floats:
        return np.concatenate([self.outputs[1:], self.outputs[-1:]])

    @cached_property
    def _next_layers(self) -> Floats:
        return np.concatenate([self.layers[1:], self.layers[-1:]])


def equal_to(layers: Floats) -> list[int]:
    """For every layer, give the first one that has the same value: equal layers stay equal in any arithmetic.

    >>> equal_to(np.array([0.5, 0.3, 0.5]))
    [0, 1, 0]
    """
    values = layers.tolist()
    return [values.index(value) for value in values]
