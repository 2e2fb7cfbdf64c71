"""The largest eigenvalues of a symmetric operator that is known by its products alone, each with its residual."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from theory.errors import NotConvergedError, NotFiniteError, ParameterError

Array = NDArray[np.float64]
_TOLERANCE = 1e-9
_SLACK = 1e3  # rounding, and the largest entry of a product in place of its norm
_DENSE = 64  # up to this size the whole matrix costs less than an iteration


class Eigenvalues(NamedTuple):
    """Eigenvalues from the largest down, with what is known of each.

    Attributes:
        values: `lambda`, Rayleigh quotients of the vectors: none is above the greatest eigenvalue.
        residuals: `||H v - lambda v||`: an eigenvalue lies within that of `lambda`, whatever the iteration did.
        vectors: unit vectors `v` as rows.
    """

    values: Array
    residuals: Array
    vectors: Array


def largest_eigenvalues(
    product: Callable[[Array], Array], size: int, count: int = 1, tolerance: float = _TOLERANCE
) -> Eigenvalues:
    """Find the largest eigenvalues by Lanczos' iteration, or all of them for a small matrix.

    The iteration starts from a fixed vector, so that a number does not depend on what was asked before. That no larger
    eigenvalue was missed is not proved: it would need a start orthogonal to its eigenvector.

    Args:
        product: multiplies the symmetric matrix by a vector.
        size: of the vector.
        count: how many eigenvalues.
        tolerance: greatest residual, relative to the largest eigenvalue by size.

    Raises:
        NotFiniteError: a product is not finite.
        NotConvergedError: a residual is larger than asked.
        ParameterError: more eigenvalues than there are, or none.

    Examples:
        >>> found = largest_eigenvalues(lambda v: np.array([3.0, 1.0, -7.0]) * v, 3, 2)
        >>> found.values.round(12).tolist()
        [3.0, 1.0]
    """
    if not 1 <= count <= size:
        raise ParameterError(f"{count} eigenvalues were asked for; there are {size}: give a number from 1 to that")
    start = np.cos(np.arange(1.0, size + 1.0))  # orthogonal to nothing in particular
    if not np.isfinite(product(start)).all():
        raise NotFiniteError("the Hessian leaves the range of float64")
    vectors = _dense(product, size, count) if size <= max(_DENSE, 2 * count + 1) else None
    if vectors is None:
        vectors = _iterated(product, start, count, tolerance)
    moved = np.array([product(vector) for vector in vectors])
    values = np.einsum("kn,kn->k", vectors, moved)
    residuals = np.linalg.norm(moved - values[:, None] * vectors, axis=1)
    if residuals.max() > _SLACK * tolerance * np.abs(moved).max(initial=0.0) + np.finfo(np.float64).tiny:
        raise NotConvergedError(f"an eigenvalue near {values[0]:.6g} has the residual {residuals.max():.2g}")
    return Eigenvalues(values, residuals, vectors)


def _iterated(product: Callable[[Array], Array], start: Array, count: int, tolerance: float) -> Array:
    from scipy.sparse.linalg import ArpackError, LinearOperator, eigsh

    size = len(start)
    operator = LinearOperator((size, size), matvec=product, dtype=np.float64)
    try:
        _, vectors = eigsh(operator, k=count, which="LA", v0=start, tol=tolerance)
    except ArpackError as error:  # a matrix that is zero along the start, or eigenvalues too close for the iteration
        if size > 40 * _DENSE:
            raise NotConvergedError(f"Lanczos' iteration did not converge: {error}") from None
        return _dense(product, size, count)
    return np.asarray(vectors.T[::-1], dtype=np.float64)


def _dense(product: Callable[[Array], Array], size: int, count: int) -> Array:
    matrix = np.array([product(direction) for direction in np.eye(size)])
    if not np.isfinite(matrix).all():
        raise NotFiniteError("the Hessian leaves the range of float64")
    return np.asarray(np.linalg.eigh((matrix + matrix.T) / 2)[1].T[::-1][:count])
