"""The two-layer linear network of any width: its letters, its minimizers, its conserved matrix, its sharpness."""

from __future__ import annotations

from dataclasses import replace

from sympy import KroneckerDelta, Symbol

from theory.formulas.layered_model import layered_loss
from theory.formulas.wide_model import wide_imbalance
from theory.language.indexed import Axis, IndexedArray
from theory.language.numbers import Number
from theory.language.relations import at_most, equal
from theory.language.statement import Hypothesis, Orthonormal, Sharpness
from theory.setting.symbols import S, X, features, spectrum, y

width = Symbol("H", integer=True, positive=True)
neurons = Axis(width, "bcg")

W = IndexedArray.named("W", neurons, features)
"""First layer, shape (H, d)."""
a = IndexedArray.named("a", neurons)
"""Second layer, shape (H,)."""
eigenvectors = IndexedArray.named("o", neurons, neurons)
"""Eigenvectors of the conserved matrix as rows, shape (H, H)."""
eigenvalues = IndexedArray.named("m", neurons)
"""Eigenvalues of the conserved matrix, shape (H,)."""
LEAST, GREATEST = Symbol("m_min", real=True), Symbol("m_max", real=True)
"""Numbers that no eigenvalue of the conserved matrix is below or above."""

V = Symbol("V", real=True)
"""Squared norm of the second layer."""

WIDE_ZERO_RESIDUAL: dict[str, Hypothesis] = {"minimizer": equal(X @ W.T @ a, y)}
"""A global minimizer: y lies in col(X), so zero loss is reached."""


SIZE: dict[str, Hypothesis] = {"size": equal(V, (a**2).total())}
"""`V = ||a||^2`."""


def imbalance_matrix(first_layer: IndexedArray, second_layer: IndexedArray) -> IndexedArray:
    """`M = W Pi W^T - a a^T`, shape (H, H)."""
    matrix: IndexedArray = wide_imbalance(spectrum, first_layer, second_layer)
    return matrix


def loss_at(first_layer: IndexedArray, second_layer: IndexedArray) -> Number:
    """The loss at weights `(W, a)`."""
    return layered_loss(X, y, first_layer, second_layer)


def wide_sharpness() -> Sharpness:
    """The sharpness of the two-layer network at `(W, a)`."""
    return Sharpness(S, loss_at, (W, a))


_b, _c = imbalance_matrix(W, a).indices
_same = IndexedArray(KroneckerDelta(_b, _c), (neurons, neurons), (_b, _c))

EIGENVALUES: dict[str, Hypothesis] = {
    "eigenvectors": Orthonormal(eigenvectors),
    "complete": replace(equal(eigenvectors.T @ eigenvectors, _same), granted_by="decomposition"),
    "eigenvalues": replace(
        equal(imbalance_matrix(W, a), eigenvectors.T @ eigenvectors.scaled_rows(eigenvalues)),
        granted_by="decomposition",
    ),
    "least": at_most(LEAST, eigenvalues),
    "greatest": at_most(eigenvalues, GREATEST),
}
"""`M = sum_b m_b o_b o_b^T` with eigenvalues between `m_min` and `m_max`; every symmetric matrix has such vectors."""
