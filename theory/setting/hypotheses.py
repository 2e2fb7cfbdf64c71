"""What many statements share: the singular value decomposition, the minimizer, a flow and a step of two layers."""

from __future__ import annotations

from dataclasses import replace

from sympy import Expr, Symbol

from theory.formulas import model
from theory.language.indexed import IndexedArray
from theory.language.numbers import Number
from theory.language.relations import Relation, at_most, equal, less
from theory.language.statement import Hypothesis, Orthonormal, Sharpness
from theory.setting.symbols import C, N, S, X, e, eta, features, label_coefficients, s, spectrum, u, v, w, y

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


def imbalance(first_layer: IndexedArray, second_layer: Expr) -> Expr:
    """Definition 4.2: `||Pi_W u||^2 - v^2`."""
    return squared_projection(first_layer) - second_layer**2


IMBALANCE: Relation = equal(C, imbalance(u, v))


def two_layer_loss(first_layer: IndexedArray, second_layer: Expr) -> Number:
    """The loss at weights `(u, v)`."""
    return model.loss(X, y, first_layer, second_layer)


def two_layer_sharpness() -> Sharpness:
    """The sharpness of the two-layer model at (u, v)."""
    return Sharpness(S, two_layer_loss, (u, v))


MINIMIZER: dict[str, Hypothesis] = {
    **DECOMPOSITION,
    **NONZERO_LABELS,
    **ZERO_RESIDUAL,
    "imbalance": IMBALANCE,
    "sharpness": two_layer_sharpness(),
}
"""A global minimizer of the two-layer model, with its imbalance and its sharpness."""

START = (IndexedArray.named("u_0", features), Symbol("v_0", real=True))
END = (IndexedArray.named("u_t", features), Symbol("v_t", real=True))
DIRECTION = (IndexedArray.named("a", features), Symbol("b", real=True))
NEXT_U, NEXT_V = IndexedArray.named("u_next", features), Symbol("v_next", real=True)

FLOW_LETTERS = {
    "u, v": "any weights",
    "a, b": "any direction in the weights",
    "u_0, v_0": "the weights at time 0",
    "u_t, v_t": "the weights at a later time, or their limit",
    "epsilon": "step along a direction",
}


def descent(
    first_layer: IndexedArray, second_layer: Expr, next_first: IndexedArray, next_second: Expr
) -> dict[str, Hypothesis]:
    """One step of gradient descent on the two-layer model."""
    slope = X.T @ model.residual(X, y, first_layer, second_layer)
    return {
        "step-first": equal(next_first, first_layer - slope * second_layer * (eta / N)),
        "step-second": equal(next_second, second_layer - (slope @ first_layer) * eta / N),
    }


DESCENT = descent(u, v, NEXT_U, NEXT_V)
"""From (u, v) to (u_next, v_next)."""
