"""Hypotheses about the model of any depth: its minimizers, balanced layers (Assumption 4.5), its sharpness."""

from __future__ import annotations

from theory.formulas import model
from theory.formulas.deep_model import layer_product
from theory.language.indexed import IndexedArray
from theory.language.numbers import Number
from theory.language.relations import equal
from theory.language.statement import Hypothesis, Sharpness
from theory.setting.hypotheses import squared_projection
from theory.setting.symbols import D, S, X, later_layers, n_later_layers, u, y

DEPTH: dict[str, Hypothesis] = {"depth": equal(D, n_later_layers + 1)}
"""`D` layers: the first and the `M` later ones."""

ZERO_RESIDUAL: dict[str, Hypothesis] = {"minimizer": equal((X @ u) * layer_product(later_layers), y)}
"""A global minimizer: y lies in col(X), so zero loss is reached."""

BALANCED: dict[str, Hypothesis] = {"balanced": equal(later_layers**2, squared_projection())}
"""Assumption 4.5: `||Pi_W u||^2 = v_1^2 = ... = v_(D-1)^2`."""


def deep_loss(first_layer: IndexedArray, later: IndexedArray) -> Number:
    """The loss at weights `(u, v_1 .. v_(D-1))`."""
    return model.loss(X, y, first_layer, layer_product(later))


def deep_sharpness() -> Sharpness:
    """The sharpness of the model of depth D at `(u, v_1 .. v_(D-1))`."""
    return Sharpness(S, deep_loss, (u, later_layers))


def layer_imbalances(first_layer: IndexedArray, later: IndexedArray) -> IndexedArray:
    """`||Pi_W u||^2 - v_j^2` for each later layer, shape `(D-1,)`."""
    imbalances: IndexedArray = -(later**2) + squared_projection(first_layer)
    return imbalances


def layer_differences(_: IndexedArray, later: IndexedArray) -> IndexedArray:
    """`v_j^2 - v_k^2` for each pair of later layers, shape `(D-1, D-1)`."""
    ones = later**0
    return (later**2).outer(ones) - ones.outer(later**2)
