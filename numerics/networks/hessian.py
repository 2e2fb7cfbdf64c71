"""Sharpness of a network at any weights: Lanczos' iteration on exact Hessian-vector products in float64."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.float64 import Float64
from numerics.model.base import Model, State
from numerics.networks.lanczos import Eigenvalues, largest_eigenvalues
from numerics.networks.network import Network, split
from numerics.networks.passes import backward, hessian_product
from numerics.trajectory.observers import Observer
from theory.errors import NotFiniteError, ParameterError

Array = NDArray[np.float64]


class NetworkSharpness(Observer):
    """`S = lambda_max(Hess L)` of a network at its weights rounded to float64."""

    name = "sharpness"

    def observe(self, model: Model, state: State) -> float:
        """Compute the sharpness, to 1e-9 of itself; infinity where float64 cannot hold it."""
        if not isinstance(model, Network):
            raise ParameterError("this observer is for networks; use numerics.trajectory.observers.Sharpness")
        try:
            return float(top_of_hessian(model, state).values[0])
        except NotFiniteError:
            return math.inf


def top_of_hessian(network: Network, state: State, count: int = 1) -> Eigenvalues:
    """Give the largest eigenvalues of the Hessian of `||f - y||^2 / (2N)`, their residuals and unit eigenvectors.

    Args:
        network: in any arithmetic.
        state: its weights.
        count: how many.

    Raises:
        NotFiniteError: the Hessian leaves the range of float64.
        NotConvergedError: the iteration did not converge.
    """
    product = HessianProduct(network, state)
    return largest_eigenvalues(product, product.size, count)


class HessianProduct:
    """Hessian of the loss times a direction: the derivative of the gradient along it, forward through both passes.

    Attributes:
        shapes: of the layers' matrices.
        size: number of weights.
    """

    def __init__(self, network: Network, state: State) -> None:
        double, to_float = Float64(), network.arithmetic.to_float

        def rounded(values: NDArray[np.object_]) -> Array:
            if values.dtype == np.float64:
                return np.asarray(values, dtype=np.float64)
            flat = [to_float(value) for value in values.ravel()]
            return np.array(flat, dtype=np.float64).reshape(values.shape)

        data, labels = (rounded(np.asarray(values)) for values in (network.data, network.labels))
        model = Network(double, network.widths, network.activation, data, labels)
        self.shapes = network.shapes
        self.size = sum(rows * columns for rows, columns in self.shapes)
        self._weights = [rounded(matrix) for matrix in network.weights(state)]
        with double.active():
            self._passed = model.forward(self._weights)
            self._below = backward(double, self._weights, self._passed)
            self._residual = self._passed.outputs - labels

    def __call__(self, direction: Array) -> Array:
        """Multiply the Hessian by a direction, shape `(size,)`: layer after layer, each row after row."""
        moves = split(np.asarray(direction, dtype=np.float64).ravel(), self.shapes)
        with Float64().active():
            found = hessian_product(self._weights, moves, self._passed, self._below, self._residual)
        return np.concatenate([matrix.ravel() for matrix in found])
