"""The minimalist model as the paper runs it: all the weights, all the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.base import Arithmetic, Number, Vector
from numerics.model.base import Model, State, check_depth
from numerics.model.products import product, products_of_others
from numerics.model.sharpness_equation import SharpnessEquation
from theory import Spectrum
from theory.errors import ShapeError


@dataclass(frozen=True, eq=False)
class FullModel(Model):
    """`f(X; theta) = (X u) v_1 ... v_{D-1}` with weights `u`, shape `(d,)`: a step costs O(N d) (equation 1).

    Loss and steps are of the arithmetic's precision. Sharpness and imbalance look at the state through the right
    singular vectors of X, which are known to 53 bits unless `right_singular_vectors` are given better.

    >>> from numerics.arithmetic import Float64
    >>> model = FullModel.from_data([[2.0, 0.0], [0.0, 1.0]], [1.0, 3.0], 2, Float64())
    >>> model.loss(model.state([0.5, 3.0], [1.0]))
    np.float64(0.0)
    """

    arithmetic: Arithmetic
    depth: int
    data: Vector
    labels: Vector
    singular_values: Vector
    right_singular_vectors: Vector

    def __post_init__(self) -> None:
        check_depth(self.depth)

    @classmethod
    def from_data(cls, X: Any, y: Any, depth: int, arithmetic: Arithmetic) -> FullModel:
        """Take data `X`, shape `(N, d)`, and labels `y`, shape `(N,)`."""
        spectrum = Spectrum.from_data(np.asarray(X, dtype=np.float64), np.asarray(y, dtype=np.float64))
        right = np.asarray(spectrum.right_singular_vectors, dtype=np.float64)
        return cls(
            arithmetic,
            depth,
            arithmetic.matrix(X),
            arithmetic.vector(y),
            arithmetic.vector(spectrum.singular_values),
            arithmetic.matrix(right),
        )

    @property
    def n_samples(self) -> int:  # type: ignore[override]
        """Number of samples `N`."""
        return len(self.labels)

    def state(self, weights: Sequence[object] | NDArray[Any], layers: Sequence[object] | NDArray[Any]) -> State:
        """Make a state from `u`, shape `(d,)`, and the `D - 1` layers `v_j`.

        Raises:
            ShapeError: not d weights, or not D - 1 layers.
        """
        features = self.data.shape[1]
        if len(weights) != features:
            raise ShapeError(f"{len(weights)} weights u do not fit {features} features; give {features}")
        if len(layers) != self.depth - 1:
            raise ShapeError(f"{len(layers)} layers v do not fit depth {self.depth}; give {self.depth - 1}")
        return State(self.arithmetic.vector(weights), tuple(self.arithmetic.vector(list(layers))))

    def coefficients(self, state: State) -> Vector:
        """Give `c_i = w_i^T u`, shape `(r,)`."""
        with self.arithmetic.active():
            return self.arithmetic.apply(self.right_singular_vectors, state.first_layer)

    def rates(self, step: Number, batch_size: int) -> Number:
        """Give `step / batch_size`."""
        return step / self.arithmetic.number(batch_size)

    def increments(self, state: State, rates: Number, batch: NDArray[np.intp] | None = None) -> State:
        """Give the step size times the gradient: forward through `X u`, back through `X^T z`."""
        a = self.arithmetic
        data, labels = (self.data, self.labels) if batch is None else (self.data[batch], self.labels[batch])
        P = product(state.layers)
        outputs = a.apply(data, state.first_layer)
        residual = P * outputs - labels
        slope = rates * a.total(residual * outputs)
        layers = tuple(slope if p is None else slope * p for p in products_of_others(state.layers))
        return State(np.asarray(a.apply(data.T, residual) * (rates * P)), layers)

    def loss(self, state: State) -> Number:
        """Give `L = ||X u P - y||^2 / (2 N)`."""
        a = self.arithmetic
        with a.active():
            z = product(state.layers) * a.apply(self.data, state.first_layer) - self.labels
            return a.total(z * z) / a.number(2 * self.n_samples)

    def imbalance(self, state: State) -> tuple[Number, ...]:
        """Give every layer's imbalance `||Pi_W u||^2 - v_j^2`, `D - 1` numbers."""
        c = self.coefficients(state)
        with self.arithmetic.active():
            squared = self.arithmetic.total(c * c)
            return tuple(squared - v * v for v in state.layers)

    def sharpness_equation(self, state: State, arithmetic: Arithmetic) -> SharpnessEquation:
        """Set up the sharpness equation in a (wider) arithmetic."""
        s = arithmetic.widened(self.singular_values)
        right = arithmetic.widened(self.right_singular_vectors)
        left = arithmetic.apply(arithmetic.widened(self.data), right.T) / s
        return SharpnessEquation.of(
            arithmetic,
            s,
            arithmetic.apply(left.T, arithmetic.widened(self.labels)),
            s * arithmetic.apply(right, arithmetic.widened(state.first_layer)),
            tuple(arithmetic.widened(np.asarray(state.layers))),
        )
