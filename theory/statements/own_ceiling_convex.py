"""The ceiling, the sharpness at the minimizer of imbalance C, is a convex function of C. Not in the paper."""

from sympy import Symbol

from theory.language.indexed import IndexedArray
from theory.language.relations import at_most, equal
from theory.language.statement import Sharpness, Statement
from theory.setting.hypotheses import imbalance, two_layer_loss
from theory.setting.symbols import C, S, X, features, y
from theory.setting.two_minimizers import LETTERS, OTHER_C, OTHER_S, TWO_MINIMIZERS

SHARE, OTHER_SHARE = Symbol("p", nonnegative=True), Symbol("p'", nonnegative=True)
MIDDLE_U, MIDDLE_V = IndexedArray.named("u_m", features), Symbol("v_m", real=True)
MIDDLE_C, MIDDLE_S = Symbol("C_m", real=True), Symbol("S_m", real=True)

STATEMENT = Statement(
    id="own-ceiling-convex",
    title="The sharpness at the minimizer is a convex function of the layer imbalance",
    source="this package; the paper does not state it",
    hypotheses={
        **TWO_MINIMIZERS,
        "middle-minimizer": equal((X @ MIDDLE_U) * MIDDLE_V, y),
        "middle-imbalance": equal(MIDDLE_C, imbalance(MIDDLE_U, MIDDLE_V)),
        "middle-sharpness": Sharpness(MIDDLE_S, two_layer_loss, (MIDDLE_U, MIDDLE_V)),
        "shares": equal(SHARE + OTHER_SHARE, 1),
        "between": equal(MIDDLE_C, SHARE * C + OTHER_SHARE * OTHER_C),
    },
    claims={"convex": at_most(MIDDLE_S, SHARE * S + OTHER_SHARE * OTHER_S)},
    variables={
        **LETTERS,
        "u_m, v_m, C_m, S_m": "a third minimizer, whose imbalance is the mean p C + p' C' of the two others'",
        "p, p'": "two shares, p + p' = 1",
    },
    remark=(
        "For every sign of C. So the ceiling falls up to one imbalance, which is not negative (rem-4.4-exact), and "
        "rises after it (err-4.4): it is one valley. Where it is below 2/eta there is one interval of imbalances, and "
        "a run whose imbalance starts on one side of that interval has to raise or to lower it up to there."
    ),
)
