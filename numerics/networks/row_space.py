"""Coordinates in the row space of the data, in which the first layer of a network moves.

The first layer sees the data through inner products alone. Let the rows of V be an orthonormal basis of the row space
of X. Then `W_1 x = (W_1 V^T)(V x)` for every sample, the gradient in `W_1` is a combination of samples, so that a step
moves `W_1 V^T` by what gradient descent on the data `X V^T` moves it by, and the rest of `W_1` never moves. The
network on `X V^T`, with as many inputs as X has rank, is the same network: outputs, losses, steps and nonzero
eigenvalues of the Hessian agree exactly, before rounding.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def row_space_coordinates(X: Any) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give `X V^T`, shape `(N, r)`, and V, shape `(r, d)`: the data in an orthonormal basis of their row space.

    Args:
        X: data, shape `(N, d)`. What is below NumPy's tolerance for a matrix's rank is left out.

    Examples:
        >>> inside, basis = row_space_coordinates([[3.0, 4.0, 0.0]])
        >>> inside.shape, basis.shape
        ((1, 1), (1, 3))
    """
    data = np.asarray(X, dtype=np.float64)
    _, values, vectors = np.linalg.svd(data, full_matrices=False)
    rank = int(np.sum(values > max(data.shape) * np.finfo(np.float64).eps * values[0]))
    basis: NDArray[np.float64] = vectors[:rank]
    return data @ basis.T, basis
