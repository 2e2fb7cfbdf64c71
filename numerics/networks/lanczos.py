"""The largest eigenvalues of a symmetric operator that is known by its products alone, each with its residual."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from theory.errors import NotConvergedError, NotFiniteError, ParameterError

Array = NDArray[np.float64]
_TOLERANCE = 1e-9
_DENSE = 64  # up to this size the whole matrix costs less than an iteration
_SHORT = 24  # so many vectors are kept before the iteration that restarts takes over
_PERIOD = 65_537  # a prime, which no layer's rows have as their length


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
    product: Callable[[Array], Array],
    size: int,
    count: int = 1,
    tolerance: float = _TOLERANCE,
    near: Array | None = None,
) -> Eigenvalues:
    """Find the largest eigenvalues by Lanczos' iteration, or all of them for a small matrix.

    The iteration starts from a fixed vector, so that a number does not depend on what was asked before. That no larger
    eigenvalue was missed is not proved: one can be where the start has hardly more of its eigenvector than the
    tolerance. Of most vectors it has about `1/sqrt(size)`.

    Args:
        product: multiplies the symmetric matrix by a vector, in float64, or in float32 where `near` is of that.
        size: of the vector.
        count: how many eigenvalues.
        tolerance: greatest residual, relative to the largest eigenvalue by size.
        near: what is thought to be close to the first eigenvector; the start is halfway to it, so that it keeps enough
            of all others.

    Raises:
        NotFiniteError: a product is not finite.
        NotConvergedError: a residual is larger than asked.
        ParameterError: more eigenvalues than there are, or none; or the tolerance is not between 0 and 1.

    Examples:
        >>> found = largest_eigenvalues(lambda v: np.array([3.0, 1.0, -7.0]) * v, 3, 2)
        >>> found.values.round(12).tolist()
        [3.0, 1.0]
    """
    if not 1 <= count <= size:
        raise ParameterError(f"{count} eigenvalues were asked for; there are {size}: give a number from 1 to that")
    if not 0 < tolerance < 1:
        raise ParameterError(f"the tolerance is {tolerance}; give a number between 0 and 1")
    start = np.resize(np.cos(np.arange(1.0, min(size, _PERIOD) + 1.0)), size)  # orthogonal to nothing in particular
    start /= np.linalg.norm(start)
    measured = _Measured(product)
    if size <= max(_DENSE, 2 * count + 1):
        vectors, moved = _dense(measured, size, count)
    else:
        if near is not None and 0 < (length := float(np.linalg.norm(near))) < np.inf:
            start = near / length + start.astype(near.dtype)
        vectors, moved = _iterated(measured, start, count, tolerance)
    values = np.einsum("kn,kn->k", vectors, moved, dtype=np.float64)
    residuals = np.linalg.norm(moved - values[:, None].astype(moved.dtype) * vectors, axis=1)
    if residuals.max() > tolerance * measured.norm:
        raise NotConvergedError(f"an eigenvalue near {values[0]:.6g} has the residual {residuals.max():.2g}")
    return Eigenvalues(values, residuals, vectors)


class _Measured:
    """A product that must be finite, and the greatest factor by which it has lengthened a vector."""

    def __init__(self, product: Callable[[Array], Array]) -> None:
        self._product, self.norm = product, 0.0

    def __call__(self, direction: Array) -> Array:
        with np.errstate(invalid="ignore"):  # what is not finite is refused below
            moved = self._product(direction)
        length = float(np.linalg.norm(moved))
        if not np.isfinite(length):
            raise NotFiniteError("the Hessian leaves the range of float64")
        self.norm = max(self.norm, length / (float(np.linalg.norm(direction)) or 1.0))
        return moved


def _iterated(product: Callable[[Array], Array], start: Array, count: int, tolerance: float) -> tuple[Array, Array]:
    """Unit vectors as rows, whose residuals are small by the iteration's own account, and their products."""
    if count == 1:
        start, moved, done = _short_iteration(product, start, tolerance)
        if done:
            return start[None], moved[None]
    from scipy.sparse.linalg import ArpackError, LinearOperator, eigsh

    size = len(start)
    operator = LinearOperator((size, size), matvec=product, dtype=np.float64)
    try:
        _, vectors = eigsh(operator, k=count, which="LA", v0=start, tol=tolerance / 2)
    except ArpackError as error:  # a matrix that is zero along the start, or eigenvalues too close for the iteration
        if size > 40 * _DENSE:
            raise NotConvergedError(f"Lanczos' iteration did not converge: {error}") from None
        return _dense(product, size, count)
    found = np.asarray(vectors.T[::-1], dtype=np.float64)
    return found, _products(product, found)


def _short_iteration(product: Callable[[Array], Array], start: Array, tolerance: float) -> tuple[Array, Array, bool]:
    """Few steps, each vector made orthogonal to all before, which end as soon as the residual is small.

    Returns:
        The unit vector of the greatest Rayleigh quotient in their span, its product, and whether its residual is small
        by the iteration's account.
    """
    basis, products = np.empty((2, _SHORT, len(start)), dtype=start.dtype)
    diagonal: list[float] = []
    beside: list[float] = []
    following = start / np.linalg.norm(start)
    for k in range(1, _SHORT + 1):
        basis[k - 1], known = following, basis[:k]
        products[k - 1] = following = product(known[-1])
        diagonal.append(float(following @ known[-1]))
        following = following - diagonal[-1] * known[-1]
        if k > 1:
            following -= beside[-1] * known[-2]
        following -= (known @ following) @ known  # what rounding has left
        beside.append(float(np.linalg.norm(following)))
        below = np.diag(beside[:-1], -1)
        values, modes = np.linalg.eigh(np.diag(diagonal) + below + below.T)
        done = beside[-1] * abs(modes[-1, -1]) <= tolerance / 2 * float(np.abs(values).max())
        if done:
            break
        following /= beside[-1]
    top = modes[:, -1].astype(start.dtype)
    found = top @ known
    length = np.sqrt(np.einsum("n,n->", found, found, dtype=np.float64)).astype(start.dtype)  # BLAS's is off by 1e-4
    return found / length, top @ products[: len(known)] / length, done


def _dense(product: Callable[[Array], Array], size: int, count: int) -> tuple[Array, Array]:
    matrix = _products(product, np.eye(size))
    found = np.asarray(np.linalg.eigh((matrix + matrix.T) / 2)[1].T[::-1][:count])
    return found, _products(product, found)


def _products(product: Callable[[Array], Array], vectors: Array) -> Array:
    return np.array([product(vector) for vector in vectors])
