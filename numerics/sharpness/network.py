"""Sharpness of a network: Lanczos iteration on exact Hessian-vector products in float64."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh
from scipy.sparse.linalg import ArpackError, LinearOperator, eigsh

from numerics.arithmetic.float64 import Float64
from numerics.model.base import Model, State
from numerics.model.silu_network import Forward, SiluNetwork
from numerics.trajectory.observers import Observer
from theory.errors import NotFiniteError, ParameterError

Array = NDArray[np.float64]
_TOLERANCE = 1e-9


class NetworkSharpness(Observer):
    """`S = lambda_max(Hess L)` of a network at its weights rounded to float64."""

    name = "sharpness"

    def observe(self, model: Model, state: State) -> float:
        """Compute the sharpness, to 1e-9 of itself; infinity where float64 cannot hold it."""
        if not isinstance(model, SiluNetwork):
            raise ParameterError("this observer is for networks; use numerics.trajectory.observers.Sharpness")
        try:
            return top_of_hessian(model, state)[0]
        except NotFiniteError:
            return math.inf


def top_of_hessian(model: SiluNetwork, state: State) -> tuple[float, Array]:
    """Give the top eigenvalue of the Hessian of the loss, and its unit eigenvector.

    The iteration starts from a fixed vector, not from an earlier eigenvector, so that a record does not depend on what
    was recorded before it.

    Args:
        model: the network, in any arithmetic.
        state: its weights.

    Raises:
        NotFiniteError: the Hessian leaves the range of float64.
    """
    product = HessianProduct(model, state)
    start = np.cos(np.arange(1.0, product.size + 1.0))  # orthogonal to nothing in particular
    operator = LinearOperator((product.size, product.size), matvec=product, dtype=np.float64)
    if not np.isfinite(product(start)).all():
        raise NotFiniteError("the Hessian leaves the range of float64")
    try:
        values, vectors = eigsh(operator, k=1, which="LA", v0=start, tol=_TOLERANCE)
    except ArpackError:  # a Hessian that is zero along the start, or eigenvalues too close for the iteration
        dense = np.array([product(direction) for direction in np.eye(product.size)])
        if not np.isfinite(dense).all():
            raise NotFiniteError("the Hessian leaves the range of float64") from None
        values, vectors = eigh(dense)
        return float(values[-1]), np.asarray(vectors[:, -1])
    return float(values[0]), np.asarray(vectors[:, 0])


class HessianProduct:
    """Hessian of the loss times a direction: the derivative of the gradient along it, forward through both passes.

    Attributes:
        size: number of weights.
    """

    def __init__(self, model: SiluNetwork, state: State) -> None:
        double, to_float = Float64(), model.arithmetic.to_float

        def rounded(values: NDArray[np.object_]) -> Array:
            flat = [to_float(value) for value in values.ravel()]
            return np.array(flat, dtype=np.float64).reshape(values.shape)

        data, labels = (rounded(np.asarray(values)) for values in (model.data, model.labels))
        self._model = SiluNetwork(double, model.depth, model.width, data, labels)
        hidden, last = model.matrices(state)
        self._hidden, self._last = [rounded(matrix) for matrix in hidden], rounded(last)
        with double.active():
            self._passed: Forward = self._model.forward(self._hidden, self._last)
        self._slope = (self._passed.outputs - labels) / len(labels)
        self._errors = self._backward_errors()
        self.size = sum(matrix.size for matrix in self._hidden) + len(self._last)

    def __call__(self, direction: Array) -> Array:
        """Multiply the Hessian by a direction, shape `(size,)`: hidden weights first, then the last layer's."""
        direction = np.asarray(direction, dtype=np.float64).ravel()
        with Float64().active():
            return self._times(self._model._split(direction), direction[-len(self._last) :])

    def _backward_errors(self) -> list[Array]:
        """Derivatives of the loss in each activation, the last hidden layer's first."""
        error = np.multiply.outer(self._last, self._slope)
        errors = [error]
        for matrix, activated in zip(self._hidden[:0:-1], self._passed.before[:0:-1], strict=True):
            error = matrix.T @ (error * activated.first)
            errors.append(error)
        return errors

    def _times(self, hidden: list[Array], last: Array) -> Array:
        passed, slope = self._passed, self._slope
        # Forward: how the signals move along the direction.
        signal_moves = [np.zeros_like(passed.inputs[0])]
        before_moves = []
        for matrix, move, signal, activated in zip(
            self._hidden, hidden, passed.inputs[:-1], passed.before, strict=True
        ):
            before = move @ signal + matrix @ signal_moves[-1]
            before_moves.append(before)
            signal_moves.append(activated.first * before)
        slope_move = (last @ passed.inputs[-1] + self._last @ signal_moves[-1]) / len(slope)
        # Backward: how the gradient moves.
        in_last = passed.inputs[-1] @ slope_move + signal_moves[-1] @ slope
        error_move = np.multiply.outer(last, slope) + np.multiply.outer(self._last, slope_move)
        parts = [in_last]
        for k in range(len(hidden) - 1, -1, -1):
            activated, error = passed.before[k], self._errors[len(hidden) - 1 - k]
            delta = error * activated.first
            delta_move = error_move * activated.first + error * activated.second * before_moves[k]
            parts.append((delta_move @ passed.inputs[k].T + delta @ signal_moves[k].T).ravel())
            error_move = hidden[k].T @ delta + self._hidden[k].T @ delta_move
        return np.concatenate(parts[::-1])
