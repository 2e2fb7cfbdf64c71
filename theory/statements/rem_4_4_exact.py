"""Remark 4.4 of the exact sharpness: as long as C <= 0, it falls with the layer imbalance."""

from sympy import Symbol

from theory.hypotheses import (
    DECOMPOSITION,
    IMBALANCE,
    NONZERO_LABELS,
    ZERO_RESIDUAL,
    squared_projection,
    two_layer_sharpness,
)
from theory.indexed import IndexedArray
from theory.model import loss
from theory.relations import at_most, equal
from theory.statement import Sharpness, Statement, zero
from theory.symbols import C, S, X, features, y

OTHER_U, OTHER_V = IndexedArray.named("u'", features), Symbol("v'", real=True)
OTHER_C, OTHER_S = Symbol("C'", real=True), Symbol("S'", real=True)

STATEMENT = Statement(
    id="rem-4.4-exact",
    title="The exact sharpness at a minimizer falls with the layer imbalance as long as it is not positive",
    source="Remark 4.4, and Appendix A on the sharpness of the gradient flow solution",
    hypotheses={
        **DECOMPOSITION,
        **NONZERO_LABELS,
        **ZERO_RESIDUAL,
        "imbalance": IMBALANCE,
        "sharpness": two_layer_sharpness(),
        "other-minimizer": equal((X @ OTHER_U) * OTHER_V, y),
        "other-imbalance": equal(OTHER_C, squared_projection(OTHER_U) - OTHER_V**2),
        "other-sharpness": Sharpness(OTHER_S, lambda first, second: loss(X, y, first, second), (OTHER_U, OTHER_V)),
        "order": at_most(C, OTHER_C),
        "not-positive": at_most(OTHER_C, zero()),
    },
    claims={"falls": at_most(OTHER_S, S)},
    variables={"u', v', C', S'": "a second minimizer on the same data, of larger imbalance, and its sharpness"},
    remark=(
        "Gradient flow keeps C, and steps of gradient descent and SGD do not lower C <= 0 (in the mean), so the "
        "sharpness of the gradient flow solution started at the iterates does not rise as long as C <= 0. For C > 0 "
        "it can: see err-4.4."
    ),
)
