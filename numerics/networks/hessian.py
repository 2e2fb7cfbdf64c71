"""Sharpness of a network at any weights: Lanczos' iteration on exact Hessian-vector products in float64."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.float64 import Float64
from numerics.arithmetic.numpy_float import NumpyFloat
from numerics.model.base import Model, State
from numerics.networks.lanczos import Eigenvalues, largest_eigenvalues
from numerics.networks.network import Network, split
from numerics.networks.passes import backward, pull_back, tangent_kernel
from numerics.trajectory.observers import Observer, floats
from theory.errors import NotFiniteError, ParameterError

Array = NDArray[np.float64]
_DOUBLE = Float64()


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


def top_of_hessian(
    network: Network, state: State, count: int = 1, tolerance: float = 1e-9, arithmetic: NumpyFloat = _DOUBLE
) -> Eigenvalues:
    """Give the largest eigenvalues of the Hessian of `||f - y||^2 / (2N)`, their residuals and unit eigenvectors.

    The iteration starts near the first eigenvector at zero residual, which the tangent kernel gives.

    Args:
        network: in any arithmetic.
        state: its weights.
        count: how many.
        tolerance: greatest residual, relative to the largest eigenvalue by size.
        arithmetic: in which the products are made: float64, or float32 where that does.

    Raises:
        NotFiniteError: the Hessian leaves the range of float64.
        NotConvergedError: the iteration did not converge.
    """
    product = HessianProduct(network, state, arithmetic)
    return largest_eigenvalues(product, product.size, count, tolerance, product.near_the_first())


class HessianProduct:
    """Hessian of the loss times a direction: the derivative of the gradient along it, forward through both passes.

    Attributes:
        shapes: of the layers' matrices.
        size: number of weights.
    """

    def __init__(self, network: Network, state: State, arithmetic: NumpyFloat = _DOUBLE) -> None:
        def rounded(values: Any) -> Array:
            return floats(network, np.asarray(values)).astype(arithmetic.dtype, copy=False)

        data, labels = (rounded(values) for values in (network.data, network.labels))
        model = Network(arithmetic, network.widths, network.activation, data, labels)
        self.shapes = network.shapes
        self.size = sum(rows * columns for rows, columns in self.shapes)
        self._arithmetic = arithmetic
        self._weights = [rounded(matrix) for matrix in network.weights(state)]
        with arithmetic.active():
            self._passed = model.forward(self._weights)
            self._below = backward(arithmetic, self._weights, self._passed)
            self._behind = [matrix.T @ delta for matrix, delta in zip(self._weights, self._below, strict=True)]
            self._residual = self._passed.outputs - labels

    def __call__(self, direction: Array) -> Array:
        """Multiply the Hessian by a direction, shape `(size,)`: layer after layer, each row after row."""
        moves = split(np.asarray(direction, dtype=self._arithmetic.dtype).ravel(), self.shapes)
        with self._arithmetic.active():
            return np.concatenate([matrix.ravel() for matrix in self._of(moves)])

    def _of(self, moves: Sequence[Array]) -> list[Array]:
        weights, (inputs, activated, _), count = self._weights, self._passed, len(self._residual)
        signal_moves, layer_moves = [np.zeros_like(inputs[0])], []
        for k, (matrix, move, signal) in enumerate(zip(weights, moves, inputs, strict=True)):
            layer_moves.append(move @ signal + matrix @ signal_moves[-1] if k else move @ signal)
            if k < len(activated):
                signal_moves.append(activated[k].first * layer_moves[-1])
        slope = self._residual / count
        delta, delta_move = np.broadcast_to(slope, (1, count)), layer_moves[-1] / count
        found = []
        for k in range(len(weights) - 1, -1, -1):
            both = np.concatenate([inputs[k], signal_moves[k]], axis=1)
            found.append(np.concatenate([delta_move, delta], axis=1) @ both.T)
            if k:
                error_move = moves[k].T @ delta + weights[k].T @ delta_move
                error, below = self._behind[k] * slope, activated[k - 1]
                delta = self._below[k - 1] * slope
                delta_move = error_move * below.first + error * below.second * layer_moves[k - 1]
        return found[::-1]

    def near_the_first(self) -> Array | None:
        """Give `J^T a`, the Hessian's first eigenvector at zero residual, with `a` the tangent kernel's.

        None where there are more samples than neurons, so that the kernel costs too much, or where it is not finite.
        """
        if len(self._residual) > sum(rows for rows, _ in self.shapes):
            return None
        with self._arithmetic.active():
            kernel = tangent_kernel(self._passed, self._below).astype(np.float64)
            if not np.isfinite(kernel).all():
                return None
            mode: Array = np.asarray(np.linalg.eigh(kernel)[1][:, -1], dtype=self._arithmetic.dtype)
            found = pull_back(self._arithmetic, self._passed, self._below, mode)
        return np.concatenate([matrix.ravel() for matrix in found])
