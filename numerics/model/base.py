"""What an optimizer may ask of a model."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.base import Arithmetic, Number, Vector
from numerics.model.sharpness_equation import SharpnessEquation
from theory.errors import ParameterError


class Rates(NamedTuple):
    """A step size and `1 / batch_size` folded into the constants of a step."""

    first_layer: Number | Vector
    """What the first layer's increments are multiplied by; in reduced coordinates `s_i^2 eta / B`, shape `(r,)`."""
    layers: Number
    """`eta / B`."""


@dataclass(frozen=True, eq=False)
class State:
    """Weights of a model, or an increment of them.

    Attributes:
        first_layer: `u`, shape `(d,)`, in full coordinates; `f_i = s_i c_i = e_i^T X u`, shape `(r,)`, in reduced
            ones, where steps act on `f` rather than on `c` since that saves a multiplication for each mode.
        layers: `v_1, ..., v_{D-1}`.
    """

    first_layer: Vector
    layers: tuple[Number, ...]

    def minus(self, increment: State) -> State:
        """Subtract an increment. Call it inside `arithmetic.active()`."""
        layers = tuple(v - dv for v, dv in zip(self.layers, increment.layers, strict=True))
        return State(np.asarray(self.first_layer - increment.first_layer), layers)


class Model(ABC):
    """The minimalist model in one choice of coordinates, and everything that a run needs of it."""

    arithmetic: Arithmetic
    depth: int
    n_samples: int

    @abstractmethod
    def rates(self, step: Number, batch_size: int) -> Rates:
        """Fold a step size and `1 / batch_size` into the constants of `increments`."""

    @abstractmethod
    def increments(self, state: State, rates: Rates, batch: NDArray[np.intp] | None = None) -> State:
        """Give the step size times the gradient of the loss over a batch of samples, or over all of them.

        Call it inside `arithmetic.active()`.
        """

    @abstractmethod
    def loss(self, state: State) -> Number:
        """Give `L = ||f(X) - y||^2 / (2 N)`."""

    @abstractmethod
    def imbalance(self, state: State) -> tuple[Number, ...]:
        """Give the layer imbalance of each of the `D - 1` layers."""

    @abstractmethod
    def sharpness_equation(self, state: State, arithmetic: Arithmetic) -> SharpnessEquation:
        """Set up the sharpness equation in a (wider) arithmetic. Call it inside its `active()`."""


MOST_LAYERS = 999_999


def check_depth(depth: int) -> None:
    """Refuse a depth that is not a whole number of at least 2, or that no memory holds."""
    if isinstance(depth, bool) or not isinstance(depth, int) or depth < 2:
        raise ParameterError(f"the depth is {depth}; give a whole number of at least 2")
    if depth > MOST_LAYERS:
        raise ParameterError(f"the depth is {depth}; give one of at most {MOST_LAYERS}")
