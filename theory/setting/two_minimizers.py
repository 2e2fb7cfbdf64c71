"""Two global minimizers of the two-layer model on the same data, of any two imbalances."""

from __future__ import annotations

from sympy import Symbol

from theory.language.indexed import IndexedArray
from theory.language.relations import equal
from theory.language.statement import Hypothesis, Sharpness
from theory.setting.hypotheses import MINIMIZER, imbalance, two_layer_loss
from theory.setting.symbols import X, features, y

OTHER_U, OTHER_V = IndexedArray.named("u'", features), Symbol("v'", real=True)
OTHER_C, OTHER_S = Symbol("C'", real=True), Symbol("S'", real=True)

TWO_MINIMIZERS: dict[str, Hypothesis] = {
    **MINIMIZER,
    "other-minimizer": equal((X @ OTHER_U) * OTHER_V, y),
    "other-imbalance": equal(OTHER_C, imbalance(OTHER_U, OTHER_V)),
    "other-sharpness": Sharpness(OTHER_S, two_layer_loss, (OTHER_U, OTHER_V)),
}
"""The minimizers (u, v) and (u', v') with their imbalances C, C' and their sharpnesses S, S'."""

LETTERS = {"u', v', C', S'": "a second minimizer on the same data, its imbalance and its sharpness"}
"""What the letters beyond `theory.setting.symbols` mean."""
