"""One mode without labels, outside the circle R = 4: what grows, and how fast. Not in the paper."""

from theory.formulas.blow_up import next_difference, next_product, squared_radius, top_mode_step
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.statements.own_blow_up import FIRST, SECOND

RADIUS = squared_radius(FIRST, SECOND)
PRODUCT_SQUARED = (FIRST * SECOND) ** 2
"""`q = x^2 y^2`."""
NEXT = top_mode_step(FIRST, SECOND)
NEXT_RADIUS = squared_radius(*NEXT)

STATEMENT = Statement(
    id="own-above-four",
    title="Outside the circle R = 4 the product of the layers grows fourfold while it is small",
    source="this package; the paper does not state it",
    hypotheses={
        "outside": at_most(4, RADIUS),
        "small-product": at_most(PRODUCT_SQUARED, 1),
    },
    claims={
        "difference": equal(NEXT[0] ** 2 - NEXT[1] ** 2, next_difference(FIRST, SECOND)),
        "product": equal(NEXT[0] * NEXT[1], next_product(FIRST, SECOND)),
        "fourfold": at_most(4 * PRODUCT_SQUARED, (NEXT[0] * NEXT[1]) ** 2),
        "outside-kept": at_most(4, NEXT_RADIUS),
    },
    variables={"x_t, y_t": "any two numbers: scaled weights of the top mode"},
    remark=(
        "While q = x^2 y^2 <= 1 it at least quadruples, and while q >= 1 the excess R - 4 at least doubles, as "
        "R+ - 4 = (R - 4)(1 + q). So from R > 4 with q never 0, R grows beyond every bound. The exception is not "
        "empty: (x, y) = (1, 2) goes to (-3, 0) and stays there, for ever at R = 9."
    ),
)
