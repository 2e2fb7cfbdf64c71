"""Hypotheses that many statements share: the singular value decomposition and the minimizer."""

from __future__ import annotations

from dataclasses import replace

from sympy import Expr, Symbol

from theory.formulas import model
from theory.language.indexed import IndexedArray
from theory.language.relations import Relation, at_most, equal, less
from theory.language.statement import Hypothesis, Orthonormal, Sharpness
from theory.setting.symbols import C, S, X, e, label_coefficients, s, spectrum, u, v, w, y

DECOMPOSITION: dict[str, Hypothesis] = {
    "svd": replace(equal(X, e.T @ w.scaled_rows(s)), granted_by="decomposition"),
    "labels": replace(equal(y, label_coefficients @ e), granted_by="decomposition"),
    "left-orthonormal": Orthonormal(e),
    "right-orthonormal": Orthonormal(w),
    "descending": replace(at_most(s, s[0]), granted_by="decomposition"),
}
"""Equations (2) and (3): X = sum_i s_i e_i w_i^T and y = sum_i d_i e_i, of any size and rank; all data have them."""

NONZERO_LABELS: dict[str, Hypothesis] = {"nonzero-labels": less(0, spectrum.difficulty)}
"""Q > 0, that is y != 0: the formulas divide by it."""

ZERO_RESIDUAL: dict[str, Hypothesis] = {"minimizer": equal((X @ u) * v, y)}
"""A global minimizer of the two-layer model: y lies in col(X), so zero loss is reached."""


def squared_projection(first_layer: IndexedArray = u) -> Expr:
    """`||Pi_W u||^2 = sum_i (w_i^T u)^2`."""
    return ((w @ first_layer) ** 2).total()


IMBALANCE: Relation = equal(C, squared_projection() - v**2)
"""Definition 4.2."""


def two_layer_sharpness(symbol: Symbol = S) -> Sharpness:
    """The sharpness of the two-layer model at (u, v)."""
    return Sharpness(symbol, lambda first, second: model.loss(X, y, first, second), (u, v))
