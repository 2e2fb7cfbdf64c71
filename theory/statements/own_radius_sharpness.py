"""The squared radius of the top mode is at most `eta S` where the residual pulls inwards. Not in the paper."""

from theory.formulas.dynamics import mode_residual
from theory.language.relations import at_most
from theory.language.statement import Statement
from theory.setting.symbols import S, eta, spectrum, u, v, w
from theory.statements.lem_b_3 import STATEMENT as ANY_WEIGHTS
from theory.statements.own_size import TOP_RATE

COEFFICIENTS = w @ u
RADIUS = TOP_RATE * (v**2 + COEFFICIENTS[0] ** 2)
"""`R = lambda_1 (v^2 + c_1^2)`."""
PULL = v * COEFFICIENTS[0] * mode_residual(spectrum, COEFFICIENTS, v)[0]
"""`v c_1 z_1`, not negative where `d_1 = 0`."""

STATEMENT = Statement(
    id="own-radius-sharpness",
    title="The squared radius of the top mode is at most eta S",
    source="this package; the paper does not state it",
    hypotheses={
        **ANY_WEIGHTS.hypotheses,
        "pull": at_most(0, PULL),
    },
    claims={"lower": at_most(RADIUS, eta * S)},
    depends=("lem-b.3",),
    remark=(
        "So eta S <= 4 means R <= 4. Without a label in the top mode v c_1 z_1 = s_1 v^2 c_1^2; with one it can be "
        "negative, and then R can pass eta S. On the slow path, c_1 = 0, both are lambda_1 v^2 or more."
    ),
)
