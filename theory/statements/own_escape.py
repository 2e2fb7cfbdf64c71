"""The escape region: from there every step of gradient descent at least doubles the weights. Not in the paper."""

from sympy import Expr

from theory.formulas.escape import escape_margin, loss_floor, sharpness_floor
from theory.formulas.model import loss
from theory.language.relations import at_most, less
from theory.language.statement import Statement
from theory.setting.hypotheses import DECOMPOSITION, DESCENT, NEXT_U, NEXT_V, two_layer_sharpness
from theory.setting.symbols import N, S, X, eta, s, spectrum, u, v, w, y

RATE = eta / N
LABELS: Expr = spectrum.label_norm_squared
C1: Expr = w.row(1) @ u
NEXT_C1: Expr = w.row(1) @ NEXT_U
OUTPUT: Expr = s[0] * C1 * v
"""`b = s_1 c_1 v`, the output in the top mode."""
NEXT_OUTPUT: Expr = s[0] * NEXT_C1 * NEXT_V

STATEMENT = Statement(
    id="own-escape",
    title="From the escape region on, gradient descent doubles every weight and never comes back",
    source="this package; the paper does not state it",
    hypotheses={
        **DECOMPOSITION,
        "sharpness-of": two_layer_sharpness(),
        "output": less(0, OUTPUT**2),
        "first-outside": at_most(0, escape_margin(OUTPUT, LABELS, C1, RATE)),
        "second-outside": at_most(0, escape_margin(OUTPUT, LABELS, v, RATE)),
        **DESCENT,
    },
    claims={
        "doubles-first": at_most(4 * C1**2, NEXT_C1**2),
        "doubles-second": at_most(4 * v**2, NEXT_V**2),
        "output-grows": at_most(16 * OUTPUT**2, NEXT_OUTPUT**2),
        # The hypotheses hold again after the step, so that it goes on for ever.
        "first-stays-outside": at_most(0, escape_margin(NEXT_OUTPUT, LABELS, NEXT_C1, RATE)),
        "second-stays-outside": at_most(0, escape_margin(NEXT_OUTPUT, LABELS, NEXT_V, RATE)),
        "loss": at_most(loss_floor(OUTPUT, LABELS, N), loss(X, y, u, v)),
        "sharpness": at_most(sharpness_floor(s[0], v, N), S),
        "above-the-edge": at_most(6 / eta, S),
    },
    variables={
        "u_next, v_next": "weights after one step of gradient descent",
    },
    remark=(
        "The last five hypotheses hold again after the step, so by induction the weights c_1 and v at least double in "
        "every step, b^2 grows at least sixteenfold, and the loss tends to infinity. Nothing is asked of the other "
        "modes, and any mode may play the top one's part: that the s_i descend is not used."
    ),
)
