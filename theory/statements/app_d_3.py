"""Appendix D.3: the map of self-stabilization, from the local expansion of the gradient."""

from sympy import Symbol

from theory.formulas.model import loss
from theory.formulas.self_stabilization import (
    local_gradient,
    self_stabilization_step,
    two_layer_quadratic_form,
    two_layer_sharpness_gradient,
)
from theory.language.calculus import along_line, coefficient
from theory.language.indexed import Axis, IndexedArray
from theory.language.relations import SpecialCase, equal, equal_in_case
from theory.language.statement import Statement
from theory.setting.symbols import X, eta, features, u, v, y

N_PARAMETERS = Symbol("p", integer=True, positive=True)
parameters = Axis(N_PARAMETERS, "abc")
GRADIENT = IndexedArray.named("g", parameters)
UNSTABLE = IndexedArray.named("e", parameters)
SHARPNESS_GRADIENT = IndexedArray.named("G", parameters)
WEIGHTS, NEXT = IndexedArray.named("theta", parameters), IndexedArray.named("theta_next", parameters)
DISPLACEMENT, EXCESS = Symbol("x_t", real=True), Symbol("y_t", real=True)
ALPHA, BETA = Symbol("alpha", real=True), Symbol("beta", real=True)
AMPLITUDE, CYCLE_ALPHA, CYCLE_BETA = (Symbol(name, real=True) for name in ("x_c", "alpha_c", "beta_c"))
EIGENVECTOR = (IndexedArray.named("a", features), Symbol("b", real=True))
LINE = (IndexedArray.named("h", features), Symbol("k", real=True))

_step = self_stabilization_step(DISPLACEMENT, EXCESS, eta, ALPHA, BETA)
_ON_CYCLE = (
    equal(DISPLACEMENT, AMPLITUDE),
    equal(EXCESS, 0),
    equal(ALPHA, CYCLE_ALPHA),
    equal(BETA, CYCLE_BETA),
)

_loss = loss(X, y, *along_line((u, v), EIGENVECTOR))
_form = two_layer_quadratic_form(X, y, u, v, EIGENVECTOR)
_moved_u, _moved_v = along_line((u, v), LINE)
_moved_form = two_layer_quadratic_form(X, y, _moved_u, _moved_v, EIGENVECTOR)
_first, _second = two_layer_sharpness_gradient(X, y, u, v, EIGENVECTOR)

STATEMENT = Statement(
    id="app-d.3",
    title="The map of self-stabilization",
    source="Appendix D.3, after Damian et al. (2023), Section 4",
    hypotheses={
        "unit": equal(UNSTABLE @ UNSTABLE, 1),
        "not-along-the-gradient": equal(UNSTABLE @ GRADIENT, 0),
        "not-along-the-sharpness": equal(UNSTABLE @ SHARPNESS_GRADIENT, 0),
        "displacement": equal(DISPLACEMENT, UNSTABLE @ WEIGHTS),
        "excess": equal(EXCESS, SHARPNESS_GRADIENT @ WEIGHTS),
        "sharpening": equal(ALPHA, -(GRADIENT @ SHARPNESS_GRADIENT)),
        "stabilizing": equal(BETA, SHARPNESS_GRADIENT @ SHARPNESS_GRADIENT),
        "step": equal(
            NEXT,
            WEIGHTS - local_gradient(GRADIENT, UNSTABLE, SHARPNESS_GRADIENT, DISPLACEMENT, 2 / eta + EXCESS) * eta,
        ),
        "amplitude": equal(CYCLE_BETA * AMPLITUDE**2, 2 * CYCLE_ALPHA),
    },
    claims={
        "displacement-after": equal(UNSTABLE @ NEXT, _step[0]),
        "excess-after": equal(SHARPNESS_GRADIENT @ NEXT, _step[1]),
        "cycle-turns": equal_in_case(SpecialCase(_step[0], _ON_CYCLE), -AMPLITUDE),
        "cycle-stays": equal_in_case(SpecialCase(_step[1], _ON_CYCLE), 0),
        "quadratic-form": equal(2 * coefficient(_loss, 2), _form),
        "gradient-of-form": equal(coefficient(_moved_form, 1), _first @ LINE[0] + _second * LINE[1]),
    },
    variables={
        "p": "number of parameters",
        "theta, theta_next": "weights before and after a step, from the reference point at the edge",
        "g, G": "gradients of the loss and of the sharpness at the reference point",
        "e": "the unstable direction",
        "x_c, alpha_c, beta_c": "amplitude and constants of the cycle of period 2",
        "a, b": "a direction in the weights of the two-layer model, such as the top eigenvector",
        "h, k": "any direction in the weights",
    },
    remark=(
        "The map is exact for the gradient grad L + S x e + (x^2/2) grad S, with S = 2/eta + grad S . theta: that "
        "this is the gradient to second order along e is Damian et al.'s model and is assumed. For the two-layer "
        "model grad S is the gradient of h^T H h at the fixed unit top eigenvector h, where that is simple (Hellmann "
        "and Feynman); what is proved here is the form and its gradient for every fixed h."
    ),
)
