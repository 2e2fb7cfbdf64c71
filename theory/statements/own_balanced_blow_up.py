"""One mode without labels and with balanced layers: outside the circle R = 4 every start blows up. Not in the paper."""

from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.statements.own_above_four import NEXT, NEXT_RADIUS, RADIUS
from theory.statements.own_blow_up import FIRST, SECOND

STATEMENT = Statement(
    id="own-balanced-blow-up",
    title="Balanced layers outside the circle R = 4 blow up: R - 4 grows fivefold",
    source="this package; the paper does not state it",
    hypotheses={
        "balanced": equal(FIRST**2, SECOND**2),
        "outside": at_most(4, RADIUS),
    },
    claims={
        "still-balanced": equal(NEXT[0] ** 2, NEXT[1] ** 2),
        "still-outside": at_most(4, NEXT_RADIUS),
        "fivefold": at_most(5 * (RADIUS - 4), NEXT_RADIUS - 4),
    },
    variables={"x_t, y_t": "any two numbers: scaled weights of the top mode"},
    remark="From R > 4, so that R - 4 > 0 grows at least fivefold for ever: here no start is an exception.",
)
