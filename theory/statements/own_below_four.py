"""One mode without labels: from `eta S <= 4` nothing blows up. Not in the paper."""

from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement
from theory.setting.hypotheses import DECOMPOSITION, DESCENT, two_layer_sharpness
from theory.setting.symbols import S, eta, u, v, w, y
from theory.statements.own_blow_up import C1
from theory.statements.own_size import NEXT_SIZE, SIZE, TOP_RATE

STATEMENT = Statement(
    id="own-below-four",
    title="In one mode without labels, weights with eta S <= 4 never grow",
    source="this package; the paper does not state it",
    hypotheses={
        **DECOMPOSITION,
        **DESCENT,
        "not-both-zero": less(0, v**2 + (w @ u)[0] ** 2),
        "zero-labels": equal(y, 0),
        "weights-in-top-mode": equal(u, w.row(1) * C1),
        "sharpness": two_layer_sharpness(),
        "below-four": at_most(eta * S, 4),
    },
    claims={
        "inside": at_most(TOP_RATE * SIZE, 4),
        "never-grows": at_most(NEXT_SIZE, SIZE),
        "kept": at_most(TOP_RATE * NEXT_SIZE, 4),
    },
    depends=("own-radius-sharpness", "own-zero-labels"),
    variables={"c_1": "first layer in the top mode", "u_next, v_next": "weights after one step of gradient descent"},
    remark=(
        "With weights in other modes it is false: s = (1, 1/100), N = eta = 1, c = (1/1000, 150), v = 1/10 has "
        "eta S = 2.25 and blows up within 25 steps. There eta S <= 2 is enough (own-below-the-edge)."
    ),
)
