"""The size of the weights under one step of gradient descent: any data, any labels, two layers. Not in the paper."""

from theory.formulas.growth import squared_size, squared_size_increment, squared_size_increment_bound
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.hypotheses import DECOMPOSITION, DESCENT, NEXT_U, NEXT_V
from theory.setting.symbols import N, X, eta, s, u, v, w, y

TOP_RATE = eta * s[0] ** 2 / N
"""`lambda_1 = eta s_1^2 / N`."""
SIZE, NEXT_SIZE = squared_size(w @ u, v), squared_size(w @ NEXT_U, NEXT_V)

STATEMENT = Statement(
    id="own-size",
    title="The size of the weights under gradient descent, any data and labels",
    source="this package; the paper does not state it",
    hypotheses={**{name: h for name, h in DECOMPOSITION.items() if name != "labels"}, **DESCENT},
    claims={
        "increment": equal(NEXT_SIZE - SIZE, squared_size_increment(X, y, u, v, eta)),
        "increment-at-most": at_most(NEXT_SIZE - SIZE, squared_size_increment_bound(X, y, u, v, eta, TOP_RATE, SIZE)),
    },
    variables={"u_next, v_next": "weights after one step of gradient descent"},
    remark=(
        "rho = ||Pi_W u||^2 + v^2. Where lambda_1 rho < 4 a step of any length shrinks the weights, but for the pull "
        "-4 eta z.y / N of the labels."
    ),
)
