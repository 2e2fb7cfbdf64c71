"""One mode with a label: imbalance dies there, and the other modes stay quiet. Not in the paper."""

from sympy import Symbol

from theory.formulas.blow_up import next_difference, top_mode_step
from theory.language.numbers import square
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.hypotheses import DECOMPOSITION, DESCENT, NEXT_U
from theory.setting.symbols import N, eta, label_coefficients, s, u, v, w
from theory.statements.own_blow_up import D1, FIRST, SECOND, TOP
from theory.statements.own_size import TOP_RATE
from theory.statements.own_top_mode import OTHERS

LABEL = Symbol("delta_t", real=True)
_next = top_mode_step(FIRST, SECOND, LABEL)
_residual = FIRST * SECOND - LABEL
_before, _after = square(FIRST) - square(SECOND), square(_next[0]) - square(_next[1])

STATEMENT = Statement(
    id="own-one-mode",
    title="In one mode imbalance dies, and modes without a label do not wake",
    source="this package; Kreisler et al. (2023), Theorem 3.2, on scalar networks: the sharpness ahead never rises",
    hypotheses={
        **DECOMPOSITION,
        "label-in-top-mode": equal(label_coefficients, TOP * D1),
        **{name: DESCENT[name] for name in ("step-first",)},
        "rate": at_most(TOP_RATE * v**2, 2),
        "residual": at_most(square(_residual), 2),
    },
    claims={
        "difference": equal(_after, next_difference(FIRST, SECOND, LABEL)),
        "toward-balance": at_most(square(_after), square(_before)),
        "others-step": equal(OTHERS * (w @ NEXT_U), OTHERS * (w @ u) * (-(s**2) * (eta * v**2 / N) + 1)),
        "others-shrink": at_most(OTHERS * (w @ NEXT_U) ** 2, OTHERS * (w @ u) ** 2),
    },
    variables={
        "x_t, y_t, delta_t": "any three numbers: scaled weights and label of one mode, z = x y - delta",
        "d_1": "label in the top mode; the other modes have none",
        "u_next": "first layer after one step of gradient descent",
    },
    remark=(
        "In one mode x^2 - y^2, the layer imbalance scaled by eta s_1^2 / N, is multiplied by 1 - z^2 in every step: "
        "an oscillation drives it to 0, where the minimizer is flattest, and can drive it no further. Where that "
        "flattest minimizer is too sharp, delta > 1, the oscillation lasts. The other modes stay where they are if "
        "they are at 0 (own-blow-up), and shrink in every step with eta s_1^2 v^2 <= 2 N: the orbit of one mode is "
        "stable against them. The first two claims hold for any data, the last two where the labels lie in one mode."
    ),
)
