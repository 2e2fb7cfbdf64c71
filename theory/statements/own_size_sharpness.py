"""Without labels `eta S` is at most `3/2 lambda_1 rho`, 6 inside the ball. Not in the paper."""

from sympy import Rational

from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.symbols import S, eta, y
from theory.statements.lem_b_3 import STATEMENT as ANY_WEIGHTS
from theory.statements.own_size import SIZE, TOP_RATE

STATEMENT = Statement(
    id="own-size-sharpness",
    title="Without labels eta S is at most three halves of eta s_1^2 rho / N",
    source="this package; the paper does not state it",
    hypotheses={
        **ANY_WEIGHTS.hypotheses,
        "zero-labels": equal(y, 0),
    },
    claims={"upper": at_most(eta * S, Rational(3, 2) * TOP_RATE * SIZE)},
    depends=("lem-b.3",),
    remark="Equality for one mode with |c_1| = |v|; there the ball's edge is at eta S = 6, on the slow path at 4.",
)
