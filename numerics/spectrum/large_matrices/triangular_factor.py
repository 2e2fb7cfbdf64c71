"""R with `X = Q R` for an orthonormal Q that nobody needs, from `G = X^T X` in nearly 80 bits.

Cholesky's factor of G loses as many digits as the square of X's condition has. Those that it lost stand in
`H = G - R^T R`: the factor of `R^-T G R^-1 = I + F` is near `I + U`, with U the upper triangle of `F = R^-T H R^-1` and
half of its diagonal, so that `R + U R` is right to what X's condition leaves.

Let then `C = R + U R`, as numbers, and `||G - C^T C|| <= h`. With `P = C^-T (G - C^T C) C^-1` the matrix
`(I + P)^(1/2) C` has the Gram matrix G, hence is such a factor, and differs from C by at most `0.59 h / s_r`, where s_r
is the smallest singular value of C and `h <= s_r^2 / 2`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from numerics.spectrum.large_matrices.gram import Gram
from numerics.spectrum.split_products import ROUNDOFF, TINY, Floats, Pair, SplitMatrix, cut, exponent, length

_MOST_STEPS = 6
_FINE = 2.0**-48  # so much of R is about what float64 rounds


@dataclass(frozen=True, eq=False)
class TriangularFactor:
    """R and `z = Q^T y` in float64, and what is known of their errors.

    Args:
        R: shape `(d, d)`.
        z: shape `(d,)`.
        correction: what R lacks, nearly: C is the sum.
        residual: h, see above.
        z_correction: what z lacks, nearly.
        z_residual: a bound on the length of `X^T y - C^T (z + z_correction)`.
    """

    R: Floats
    z: Floats
    correction: Floats
    residual: float
    z_correction: Floats
    z_residual: float

    def distances(self, lowest: float) -> tuple[float, float] | None:
        """Bound how far R and z are from those of X, in the Frobenius norm.

        Args:
            lowest: no singular value of R is below it.

        Returns:
            None where that is too small.
        """
        off = length(self.correction)
        lowest = (lowest - off) * (1 - 8 * ROUNDOFF)
        if not (lowest > TINY and self.residual <= lowest**2 / 2):
            return None
        turned = 0.59 * self.residual / lowest * (1 + 8 * ROUNDOFF)
        if not turned < lowest / 2:
            return None
        whole = length(self.z) + length(self.z_correction)
        shift = length(self.z_correction) + (self.z_residual + turned * whole) / (lowest - turned)
        return (off + turned) * (1 + 8 * ROUNDOFF), shift * (1 + 8 * ROUNDOFF)


def triangular_factor(gram: Gram) -> TriangularFactor | None:
    """Find R; None where G is not positive beyond float64's noise.

    Examples:
        >>> ones = Gram(np.eye(2), np.zeros((2, 2)), 0.0, Pair.of(np.ones(2)))
        >>> found = triangular_factor(ones)
        >>> found.R.tolist(), found.z.tolist()
        ([[1.0, 0.0], [0.0, 1.0]], [1.0, 1.0])
    """
    from scipy import linalg  # here, because importing it takes half a second

    try:
        R: Floats = linalg.cholesky(gram.high + gram.low, check_finite=False)
    except linalg.LinAlgError:
        return None
    for _ in range(_MOST_STEPS):
        H, rounded = _remainder(gram, R)
        correction = _upper(_between(R, H)) @ R
        if not np.abs(correction).max() < 2.0**-10 * np.abs(R).max():
            return None
        if length(correction) < _FINE * length(R):
            break
        R += correction
    else:
        return None
    along = R.T @ correction
    rest = H - along
    rest -= along.T
    size, off = length(R), length(correction)
    rounded += 2 * (len(R) + 8) * ROUNDOFF * 1.01 * size * off + 4 * ROUNDOFF * (length(H) + 2 * length(along))
    residual = length(rest) + rounded + off**2 + gram.error
    transposed, target = SplitMatrix(np.ascontiguousarray(R.T)), gram.correlations
    z = solved(R, target.high, transposed=True)
    left = transposed.residual(target, Pair.of(z))
    z_correction = solved(R, left.high, transposed=True)
    left = transposed.residual(target, Pair(z, z_correction))
    small = correction.T @ z
    z_residual = length(left.high + left.low - small) + left.error + 4 * ROUNDOFF * left.length
    z_residual += (len(R) + 8) * 2 * ROUNDOFF * off * length(z) + off * length(z_correction)
    return TriangularFactor(R, z, correction, residual, z_correction, z_residual)


def solved(R: Floats, right: Floats, *, transposed: bool = False) -> Floats:
    """`R^-1` times what is on the right, or `R^-T`.

    Examples:
        >>> solved(np.array([[2.0, 1.0], [0.0, 4.0]]), np.array([4.0, 8.0])).tolist()
        [1.0, 2.0]
    """
    from scipy import linalg

    found: Floats = linalg.solve_triangular(R, right, trans="T" if transposed else "N", check_finite=False)
    return found


def _remainder(gram: Gram, R: Floats) -> tuple[Floats, float]:
    """Give `G - R^T R`, and a bound on its rounding."""
    longest = exponent(float(np.sqrt(np.einsum("ij,ij->j", R, R).max())) * (1 + 1e-9))
    high = cut(R, longest)
    low = R - high
    rest = gram.high - high.T @ high
    high += low / 2
    cross = high.T @ low
    rounding = (len(R) + 8) * 2 * ROUNDOFF * 1.01 * 2 * length(high) * length(low) + 4 * ROUNDOFF * length(rest)
    rest += gram.low
    rest -= cross
    rest -= cross.T
    return rest, rounding + 8 * ROUNDOFF * (length(gram.low) + 2 * length(cross))


def _between(R: Floats, H: Floats) -> Floats:
    """`R^-T H R^-1`."""
    half = solved(R, H, transposed=True)
    return solved(R, half.T, transposed=True).T


def _upper(F: Floats) -> Floats:
    upper = np.triu(F)
    upper[np.diag_indices(len(F))] /= 2
    return upper
