"""What is to be known of a trajectory in balls, step by step."""

from __future__ import annotations

from abc import ABC, abstractmethod
from fractions import Fraction

from numerics.arithmetic.ball import Ball
from numerics.arithmetic.base import Number
from numerics.exact_trajectory.decimal_record import rounded
from numerics.model.base import State
from numerics.model.products import products_of_others

_GUARD = 64


class EnclosedRun(ABC):
    """A run in balls of one precision. Use it inside `ball.active()`.

    Attributes:
        ball: the arithmetic.
        n_samples: `N`.
        start: the exact start.
    """

    ball: Ball
    n_samples: int
    start: State

    @abstractmethod
    def step(self, state: State) -> State:
        """Enclose the weights after one step."""

    @abstractmethod
    def weights(self, state: State) -> tuple[Number, ...]:
        """Give the first layer's weights, then the later layers."""

    @abstractmethod
    def loss(self, state: State) -> Number:
        """Enclose the loss."""

    @abstractmethod
    def sharpness_exceeds(self, state: State, scaled_level: Number) -> bool | None:
        """Tell whether N times the sharpness is surely above a level (True), surely below (False), or neither."""

    @abstractmethod
    def rough_sharpness(self, state: State, bits: int) -> Fraction | None:
        """Give a number near the sharpness, found with so many bits; None where a ball is not finite."""

    def sharpness_text(self, state: State, digits: int) -> str | None:
        """Round the sharpness to `digits` digits: found with few bits, then proved by two tests of inertia.

        None where the state's balls are too wide for that.
        """
        rough = self.rough_sharpness(state, _GUARD + digits * 10 // 3)
        if rough is None:
            return None
        found = rounded(rough, digits)
        low, high = (self.ball.number(self.n_samples * (found.value + side * found.reach)) for side in (-1, 1))
        proved = self.sharpness_exceeds(state, low) is True and self.sharpness_exceeds(state, high) is False
        return found.text if proved else None

    def escaped(self, state: State) -> bool | None:
        """Tell whether the weights are surely in a region that they never leave (True), surely not, or neither."""
        return False

    def floor(self, quantity: str, state: State) -> Number | None:
        """Give what loss or sharpness is never below again, once the weights are in that region."""
        return None


def layers_after(layers: tuple[Number, ...], size: Number, pull: Number) -> tuple[Number, ...]:
    """Enclose `v_j (1 - size (P/v_j)^2) + pull P/v_j`."""
    return tuple(
        v * (1 - size) + pull if rest is None else v * (1 - size * (rest * rest)) + pull * rest
        for v, rest in zip(layers, products_of_others(layers), strict=True)
    )
