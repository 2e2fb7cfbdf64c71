"""A spectrum of balls that hold the true numbers, and what is known of it beyond its modes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from numerics.arithmetic.ball import Ball
from theory import Spectrum


@dataclass(frozen=True, eq=False)
class NearbySpectrum(Spectrum):
    """The spectrum of a matrix near X, known better than that of X, which vectors of close singular values leave open.

    Attributes:
        difficulty_of_data: Q of X itself.
        distance: a bound on the spectral norm of the difference of the matrices, over the largest singular value.
        angle: a bound on the sine of the angle between their column spaces.
    """

    difficulty_of_data: Any = None
    distance: float = 0.0
    angle: float = 0.0

    @cached_property
    def difficulty(self) -> Any:
        """Q of X, on which the minimizer's layers depend."""
        return self.difficulty_of_data


@dataclass(frozen=True, eq=False)
class EnclosedSpectrum(Spectrum):
    """Singular values and label coefficients as `flint.arb` balls that hold the true ones.

    Singular values whose balls overlap are one space: their balls are the same, the first of their coefficients is the
    norm of the projection of y on the whole space, the others are 0. That is what tied singular values come down to in
    every formula, and for singular values that differ by less than the balls say it is another pair of enclosures of
    the same sums over modes.

    Attributes:
        bits: the precision at which what follows from the modes is computed.
        known_difficulty: another ball for Q, from a least squares solution.
        known_label_norm_squared: another ball for the squared norm of the part of y in the column space.
        tied: how many singular values share the largest one's space.
        nearby: the spectrum of a matrix near X, where that is known better.
    """

    bits: int = 53
    known_difficulty: Any = None
    known_label_norm_squared: Any = None
    tied: int = 1
    nearby: NearbySpectrum | None = None

    @cached_property
    def difficulty(self) -> Any:
        """Q, from its modes and from what is known."""
        with Ball(self.bits).active():
            return _both(super().difficulty, self.known_difficulty)

    @cached_property
    def label_norm_squared(self) -> Any:
        """`||y||^2` of the part of y in the column space, likewise."""
        with Ball(self.bits).active():
            return _both(super().label_norm_squared, self.known_label_norm_squared)

    @cached_property
    def label_norm(self) -> Any:
        """The root of that."""
        with Ball(self.bits).active():
            return super().label_norm

    @cached_property
    def imbalance_threshold(self) -> Any:
        """T_1, from its modes and from Q."""
        s = self.singular_values[0]
        if self.tied == self.rank:
            return 0 * s.mid()
        with Ball(self.bits).active():
            return _both(super().imbalance_threshold, self.difficulty * s / self.label_norm - self.label_norm / s)


def _both(first: Any, second: Any) -> Any:
    """Intersect two balls that hold the same number."""
    return first if second is None else first.intersection(second)
