"""What is to be known of a trajectory in balls, step by step, and how that is had in coordinates of the spectrum."""

from __future__ import annotations

from abc import ABC, abstractmethod
from fractions import Fraction

from numerics.arithmetic.ball import Ball
from numerics.arithmetic.base import Number
from numerics.exact_trajectory.ball_step import BallStep
from numerics.exact_trajectory.escape import EscapeRegion
from numerics.exact_trajectory.inertia import sharpness_exceeds
from numerics.exact_trajectory.sharpness_record import sharpness_text
from numerics.model.base import State
from numerics.model.reduced import ReducedModel


class EnclosedRun(ABC):
    """A run in balls of one precision. Use it inside `ball.active()`.

    Attributes:
        ball: the arithmetic.
        start: the exact start.
    """

    ball: Ball
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
    def sharpness_text(self, state: State, digits: int) -> str | None:
        """Round the sharpness to `digits` digits; None where the balls are too wide for that."""

    def escaped(self, state: State) -> bool | None:
        """Tell whether the weights are surely in a region that they never leave (True), surely not, or neither."""
        return False

    def floor(self, quantity: str, state: State) -> Number | None:
        """Give what loss or sharpness is never below again, once the weights are in that region."""
        return None


class SpectrumRun(EnclosedRun):
    """A run in the coordinates of the singular values, one number each."""

    def __init__(self, model: ReducedModel, start: State, step_size: Fraction) -> None:
        assert isinstance(model.arithmetic, Ball)
        self.ball, self.model, self.start = model.arithmetic, model, start
        self.advance = BallStep.of(model, step_size)
        self.region = EscapeRegion.of(model, self.advance.rate)

    def step(self, state: State) -> State:
        """Enclose the weights after one step."""
        return self.advance(state)

    def weights(self, state: State) -> tuple[Number, ...]:
        """Give the coefficients `c_i` and the layers."""
        return (*self.model.coefficients(state), *state.layers)

    def loss(self, state: State) -> Number:
        """Enclose the loss."""
        return self.model.loss(state)

    def sharpness_exceeds(self, state: State, scaled_level: Number) -> bool | None:
        """Tell the side by inertia."""
        return sharpness_exceeds(self.model, state, scaled_level)

    def sharpness_text(self, state: State, digits: int) -> str | None:
        """Round the sharpness."""
        return sharpness_text(self.model, state, digits)

    def escaped(self, state: State) -> bool | None:
        """Tell whether the weights are in the escape region."""
        return self.region.holds(state)

    def floor(self, quantity: str, state: State) -> Number | None:
        """Give the floor of that region."""
        floors = {"loss": self.region.loss_floor, "sharpness": self.region.sharpness_floor}
        return floors[quantity](state)
