"""The ceiling at any depth is convex in the logarithms of the squared later layers. Not in the paper."""

from sympy import Symbol

from theory.formulas.deep_model import layer_product
from theory.language.indexed import IndexedArray
from theory.language.relations import at_most, equal
from theory.language.statement import Sharpness, Statement
from theory.setting.deep_hypotheses import deep_loss
from theory.setting.symbols import S, X, features, later_layers, layers, y
from theory.setting.two_minimizers import OTHER_S, OTHER_U
from theory.statements.own_minimizer import STATEMENT as ANY_MINIMIZER

OTHER_LATER, MIDDLE_LATER = IndexedArray.named("v'", layers), IndexedArray.named("v_m", layers)
MIDDLE_U, MIDDLE_S = IndexedArray.named("u_m", features), Symbol("S_m", real=True)

STATEMENT = Statement(
    id="own-deep-valley",
    title="At any depth the sharpness at the minimizers is one valley",
    source="this package; the paper does not state it",
    hypotheses={
        **ANY_MINIMIZER.hypotheses,
        "other-minimizer": equal((X @ OTHER_U) * layer_product(OTHER_LATER), y),
        "other-sharpness": Sharpness(OTHER_S, deep_loss, (OTHER_U, OTHER_LATER)),
        "middle-minimizer": equal((X @ MIDDLE_U) * layer_product(MIDDLE_LATER), y),
        "middle-sharpness": Sharpness(MIDDLE_S, deep_loss, (MIDDLE_U, MIDDLE_LATER)),
        "between": equal(MIDDLE_LATER**2, later_layers * OTHER_LATER),
    },
    claims={"middle": at_most(2 * MIDDLE_S, S + OTHER_S)},
    variables={
        "u', v', S'": "a second minimizer on the same data, and its sharpness",
        "u_m, v_m, S_m": "a third one, whose later layers are geometric means of the two others', and its sharpness",
    },
    remark=(
        "So the sharpness, a continuous function, is convex in the logarithms of the v_j^2. These and the imbalances "
        "C_j = ||Pi_W u||^2 - v_j^2 determine each other, continuously, so that the imbalances at which the ceiling is "
        "at most 2/eta are in one piece: one valley, as at two layers (own-ceiling-convex). In the imbalances "
        "themselves it is convex at two layers alone."
    ),
)
