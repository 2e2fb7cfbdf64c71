"""Where gradient flow of a linear network ends, from its start: a law with nothing fitted.

The end `b = W_1^T ... W_D^T = X^+ y` is known, and so is what the flow conserves. The way there depends on the data's
singular values, which decide what is learned first. The law is that the end hardly depends on the way: it is that of
the straight way, on whitened data, with the same start and the same `b`, in some fifty steps however badly the data are
conditioned. Two layers whose start is isotropic, `W_1^T W_1 = alpha Pi` and `W_1^T w_2 = 0`, end where one
neuron of the imbalance `C = -(||w_2||^2 + alpha)` ends, whatever the way (own-wide-one-neuron).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.networks.gradient_flow import gradient_flow, kernel_sharpness

_ALMOST_ALL = 1e-8


def law_at_this_start(X: Any, y: Any, weights: Sequence[Any]) -> float:
    """Predict the sharpness where gradient flow of a linear network ends: that of the straight way's end.

    Observed, not proved, but for two layers with an isotropic start: there the way does not matter.

    Args:
        X: data in coordinates of their row space, shape `(N, r)`.
        y: labels, shape `(N,)`.
        weights: the layers' matrices at the start.

    Raises:
        NotConvergedError: the straight way does not end.

    Examples:
        >>> round(law_at_this_start([[2.0]], [1.0], [np.array([[0.5]]), np.array([[0.5]])]), 2)
        4.0
    """
    X = np.asarray(X, dtype=np.float64)
    solution = np.linalg.lstsq(X, np.asarray(y, dtype=np.float64), rcond=None)[0]
    whitened = np.eye(len(solution))
    loss = _ALMOST_ALL * float(solution @ solution) / (2 * len(solution))
    return kernel_sharpness(X, gradient_flow(whitened, solution, weights, loss=loss).weights)


def conserved(weights: Sequence[Any]) -> list[NDArray[np.float64]]:
    """`M_j = W_j W_j^T - W_(j+1)^T W_(j+1)`, which gradient flow of a linear network conserves.

    Examples:
        >>> [float(matrix[0, 0]) for matrix in conserved([np.array([[3.0]]), np.array([[2.0]]), np.array([[1.0]])])]
        [5.0, 3.0]
    """
    layers = [np.asarray(matrix, dtype=np.float64) for matrix in weights]
    return [before @ before.T - after.T @ after for before, after in pairwise(layers)]
