"""Without labels, weights inside the ball `lambda_1 rho <= 4` stay in it: nothing blows up. Not in the paper."""

from theory.language.numbers import square, total
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.hypotheses import DECOMPOSITION, DESCENT
from theory.setting.symbols import N, X, eta, u, v, y
from theory.statements.own_size import NEXT_SIZE, SIZE, TOP_RATE

STATEMENT = Statement(
    id="own-zero-labels",
    title="Without labels, weights with eta s_1^2 rho / N <= 4 never grow",
    source="this package; the paper does not state it",
    hypotheses={
        **{name: h for name, h in DECOMPOSITION.items() if name != "labels"},
        **DESCENT,
        "zero-labels": equal(y, 0),
        "inside": at_most(TOP_RATE * SIZE, 4),
    },
    claims={
        "increment": at_most(NEXT_SIZE - SIZE, eta / N * square(v) * total(square(X @ u)) * (TOP_RATE * SIZE - 4)),
        "never-grows": at_most(NEXT_SIZE, SIZE),
        "kept": at_most(TOP_RATE * NEXT_SIZE, 4),
    },
    depends=("own-size",),
    variables={"u_next, v_next": "weights after one step of gradient descent"},
    remark=(
        "The weights after the step meet the hypotheses again, so that rho never grows at any later step either: from "
        "there exact arithmetic does not blow up, whatever the data. With labels the ball is not kept, and outside it "
        "rho may fall as well as grow, as modes other than the first bring it down."
    ),
)
