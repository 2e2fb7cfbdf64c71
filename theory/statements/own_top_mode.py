"""The top mode among others, any data and labels: the law of blow-up with a drift. Not in the paper."""

from sympy import Symbol, sqrt

from theory.formulas.blow_up import drifting_radius_increment, squared_radius, top_mode_step
from theory.formulas.dynamics import mode_residual
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.hypotheses import DECOMPOSITION, DESCENT, NEXT_U, NEXT_V
from theory.setting.symbols import N, eta, label_coefficients, s, spectrum, u, v, w
from theory.statements.own_blow_up import TOP

COEFFICIENTS = w @ u
OTHERS = -TOP + 1
"""0 for the top mode and 1 for the others."""
FIRST, SECOND, LABEL, DRIFT = (Symbol(name, real=True) for name in ("x_t", "y_t", "delta_t", "mu_t"))

_scale = s[0] * sqrt(eta) / sqrt(N)
_next = (w @ NEXT_U)[0] * _scale, NEXT_V * _scale
_pull = (OTHERS * s * COEFFICIENTS * mode_residual(spectrum, COEFFICIENTS, v)).total()
_step = top_mode_step(FIRST, SECOND, LABEL)

STATEMENT = Statement(
    id="own-top-mode",
    title="The squared radius of the top mode among others under gradient descent",
    source="this package; the paper does not state it",
    hypotheses={
        **{name: h for name, h in DECOMPOSITION.items() if name != "descending"},
        **DESCENT,
        "scaled-first": equal(FIRST, COEFFICIENTS[0] * _scale),
        "scaled-second": equal(SECOND, v * _scale),
        "scaled-label": equal(LABEL, eta * s[0] * label_coefficients[0] / N),
        "drift": equal(DRIFT, -eta / N * _scale * _pull),
    },
    claims={
        "first": equal(_next[0], _step[0]),
        "second": equal(_next[1], _step[1] + DRIFT),
        "increment": equal(
            squared_radius(*_next) - squared_radius(FIRST, SECOND),
            drifting_radius_increment(FIRST, SECOND, LABEL, DRIFT),
        ),
    },
    variables={
        "u_next, v_next": "weights after one step of gradient descent",
        "x_t, y_t, delta_t": "scaled weights and label of the top mode",
        "mu_t": "drift of y_t by all other modes",
    },
    remark="Without a label in the top mode the increment is x^2 y^2 (R - 4) + 2 mu y (1 - x^2) + mu^2.",
)
