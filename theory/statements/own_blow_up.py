"""The law of blow-up: how one step of gradient descent in the top mode moves the squared radius. Not in the paper."""

from sympy import KroneckerDelta, Symbol, sqrt

from theory.formulas.blow_up import squared_radius, squared_radius_increment, top_mode_step
from theory.language.indexed import IndexedArray
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.hypotheses import DECOMPOSITION, DESCENT, NEXT_U, NEXT_V
from theory.setting.symbols import N, eta, label_coefficients, modes, s, u, v, w

C1, D1 = Symbol("c_1", real=True), Symbol("d_1", real=True)
FIRST, SECOND = Symbol("x_t", real=True), Symbol("y_t", real=True)
_i = modes.index(set())
TOP = IndexedArray(KroneckerDelta(_i, 1), (modes,), (_i,))
"""1 for the top mode and 0 for the others."""

_scale = s[0] * sqrt(eta) / sqrt(N)
SCALED_FIRST, SCALED_SECOND, _delta = C1 * _scale, v * _scale, eta * s[0] * D1 / N
_next_x, _next_y = NEXT_U @ w.row(1) * _scale, NEXT_V * _scale
_free_step = top_mode_step(FIRST, SECOND)
_free_radius = squared_radius(FIRST, SECOND)

STATEMENT = Statement(
    id="own-blow-up",
    title="The squared radius of the top mode under gradient descent",
    source="this package; the paper does not state it",
    hypotheses={
        **DECOMPOSITION,
        "label-in-top-mode": equal(label_coefficients, TOP * D1),
        "weights-in-top-mode": equal(u, w.row(1) * C1),
        **DESCENT,
    },
    claims={
        "stays-in-top-mode": equal(w @ NEXT_U, TOP * (w.row(1) @ NEXT_U)),
        "scaled-first": equal(_next_x, top_mode_step(SCALED_FIRST, SCALED_SECOND, _delta)[0]),
        "scaled-second": equal(_next_y, top_mode_step(SCALED_FIRST, SCALED_SECOND, _delta)[1]),
        "increment": equal(
            squared_radius(_next_x, _next_y) - squared_radius(SCALED_FIRST, SCALED_SECOND),
            squared_radius_increment(SCALED_FIRST, SCALED_SECOND, _delta),
        ),
        # Without a label, for any two numbers x and y: R+ - 4 has the sign of R - 4, and R moves away from 4.
        "side-kept": equal(squared_radius(*_free_step) - 4, (_free_radius - 4) * (1 + FIRST**2 * SECOND**2)),
        "away-from-four": at_most(0, (squared_radius(*_free_step) - _free_radius) * (_free_radius - 4)),
    },
    variables={
        "c_1, d_1": "first layer and label in the top mode; there is nothing in the others",
        "u_next, v_next": "weights after one step of gradient descent",
        "x_t, y_t": "any two numbers: scaled weights of the top mode",
    },
    remark="Labels and weights lie in the top mode alone. The last two claims are for labels zero.",
)
