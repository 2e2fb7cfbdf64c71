"""The three-layer linear network of any widths: its letters, its balanced minimizers, its sharpness."""

from __future__ import annotations

from sympy import Symbol

from theory.formulas.layered_model import layered_loss
from theory.language.indexed import Axis, IndexedArray
from theory.language.numbers import Number
from theory.language.relations import equal
from theory.language.statement import Hypothesis, Sharpness
from theory.setting.symbols import S, X, w, y
from theory.setting.wide_model import V, W, neurons

second_width = Symbol("G", integer=True, positive=True)
second_neurons = Axis(second_width, "ztx")

U = IndexedArray.named("U", second_neurons, neurons)
"""Second layer, shape (G, H)."""
a = IndexedArray.named("a", second_neurons)
"""Third layer, shape (G,)."""
POINT = (W, U, a)

projected = W @ w.T
"""The first layer in the modes, `W w_i` as columns, shape (H, r)."""

BALANCED_MATRICES: dict[str, Hypothesis] = {
    "balanced-first": equal(U.T @ U, projected @ projected.T),
    "balanced-second": equal(a.outer(a), U @ U.T),
}
"""`U^T U = W Pi W^T` and `a a^T = U U^T`: the conserved matrices of neighbouring layers are zero."""

ZERO_RESIDUAL_OF_THREE: dict[str, Hypothesis] = {"minimizer": equal(X @ W.T @ U.T @ a, y)}
"""A global minimizer: y lies in col(X), so zero loss is reached."""

SIZE_OF_THIRD: dict[str, Hypothesis] = {"size": equal(V, (a**2).total())}
"""`V = ||a||^2`."""


def loss_at(first: IndexedArray, second: IndexedArray, third: IndexedArray) -> Number:
    """The loss at weights `(W, U, a)`."""
    return layered_loss(X, y, first, second, third)


def three_layer_sharpness() -> Sharpness:
    """The sharpness of the three-layer network at `(W, U, a)`."""
    return Sharpness(S, loss_at, POINT)
