"""Remark 4.4 read of the exact sharpness: below the threshold it falls with the layer imbalance. It need not."""

from sympy import Symbol

from theory.erratum import Erratum
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
from theory.relations import at_most, equal, less
from theory.statement import Sharpness, Statement
from theory.symbols import C, S, X, features, spectrum, y

OTHER_U, OTHER_V = IndexedArray.named("u'", features), Symbol("v'", real=True)
OTHER_C, OTHER_S = Symbol("C'", real=True), Symbol("S'", real=True)

LITERAL = Statement(
    id="err-4.4",
    title="The sharpness at a minimizer falls with the layer imbalance",
    source="Remark 4.4",
    hypotheses={
        **DECOMPOSITION,
        **NONZERO_LABELS,
        **ZERO_RESIDUAL,
        "imbalance": IMBALANCE,
        "sharpness": two_layer_sharpness(),
        "other-minimizer": equal((X @ OTHER_U) * OTHER_V, y),
        "other-imbalance": equal(OTHER_C, squared_projection(OTHER_U) - OTHER_V**2),
        "other-sharpness": Sharpness(OTHER_S, lambda first, second: loss(X, y, first, second), (OTHER_U, OTHER_V)),
        "order": less(C, OTHER_C),
        "below-threshold": less(OTHER_C, spectrum.imbalance_threshold),
    },
    claims={"falls": at_most(OTHER_S, S)},
    variables={"u', v', C', S'": "a second minimizer on the same data, of larger imbalance"},
)

ERRATUM = Erratum(
    literal=LITERAL,
    sentence="The sharpness at a global minimizer decreases with layer imbalance.",
    true_form=("rem-4.4",),
    remark="True of both bounds of Theorem 4.3 as long as C <= T_1; the exact sharpness can rise with C there.",
)
