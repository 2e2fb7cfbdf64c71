"""Top eigenvalue of a symmetric matrix: exact where it is rational, enclosed for rationals and balls.

A floating-point eigenpair is only a guess. The lower end is the Rayleigh quotient of the guessed vector in balls; the
upper end is a number U for which the Cholesky factor of `U I - H` exists in balls, so that `U I - H` is positive
definite.
"""

from __future__ import annotations

import numpy as np
from flint import arb, fmpq, fmpq_mat, fmpq_poly

from proofs_check.instances.arrays import arrays, units
from proofs_check.instances.instance import Array
from theory.errors import SharpnessError


def top_eigenvalue(matrix: Array) -> fmpq | arb:
    """The top eigenvalue of a symmetric matrix: exact where it is rational, of a rational matrix, else a ball."""
    exact = exact_top_eigenvalue(matrix) if all(isinstance(entry, fmpq) for entry in matrix.flat) else None
    return enclose_top_eigenvalue(matrix) if exact is None else exact


def enclose_top_eigenvalue(matrix: Array) -> arb:
    """Ball that contains the top eigenvalue, of relative radius about 1e-13.

    Args:
        matrix: symmetric, shape (p, p), dtype object with `fmpq` or `arb` entries.

    Raises:
        SharpnessError: the matrix's own balls are too wide for an enclosure.

    Examples:
        >>> from flint import fmpq
        >>> matrix = np.array([[fmpq(2), fmpq(1)], [fmpq(1), fmpq(2)]], dtype=object)
        >>> abs(enclose_top_eigenvalue(matrix) - 3) < 1e-12
        True
    """
    (balls,) = arrays(map(arb, matrix.flat), matrix.shape)
    values, vectors = np.linalg.eigh(np.array([[float(entry.mid()) for entry in row] for row in balls]))
    (guess,) = arrays(map(arb, vectors[:, -1].tolist()), (len(matrix),))
    quotient: arb = (guess @ (balls @ guess)) / (guess @ guess)
    lower = quotient.lower()
    scale = arb(float(np.abs(values).max()) or 1.0)
    for exponent in range(-44, 2, 2):
        upper = quotient.upper() + scale * arb(2) ** exponent
        if _is_positive_definite(balls, upper):
            return lower.union(upper)
    raise SharpnessError("the entries are known too roughly to enclose the top eigenvalue")


def exact_top_eigenvalue(matrix: Array) -> fmpq | None:
    """The top eigenvalue of a rational symmetric matrix if it is rational, else None.

    A guess `q` is the top eigenvalue if it is a root of the characteristic polynomial `p` and no coefficient of
    `p(x + q)` is negative: a real-rooted polynomial without a negative coefficient has no positive root.

    Args:
        matrix: symmetric, shape (p, p), dtype object with `fmpq` entries.

    Examples:
        >>> exact_top_eigenvalue(np.array([[fmpq(2), fmpq(1)], [fmpq(1), fmpq(2)]], dtype=object))
        3
    """
    size = len(matrix)
    polynomial = fmpq_mat(size, size, list(matrix.ravel())).charpoly()
    # A rational root of a monic polynomial has a denominator that divides the coefficients' common one.
    common = int(polynomial.denom())
    approximate = enclose_top_eigenvalue(matrix)
    scaled = approximate.mid() * common + arb(0.5)
    guess = fmpq(int(scaled.floor().mid().fmpz()), common)
    shifted = polynomial(fmpq_poly([guess, 1]))
    coefficients = shifted.coeffs()
    return guess if coefficients[0] == 0 and all(entry >= 0 for entry in coefficients) else None


def _is_positive_definite(balls: Array, shift: arb) -> bool:
    """Whether `shift I - H` surely has a Cholesky factor, hence is positive definite for all H in the balls."""
    size, rows = len(balls), (units(len(balls)) * shift - balls).tolist()
    for pivot in range(size):
        head = rows[pivot][pivot]
        if not head > 0:
            return False
        for i in range(pivot + 1, size):
            factor = rows[i][pivot] / head
            for j in range(i, size):
                rows[i][j] = rows[i][j] - factor * rows[pivot][j]
                rows[j][i] = rows[i][j]
    return True
