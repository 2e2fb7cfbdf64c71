"""Lemma E.4: gradient flow conserves the layer imbalance of the nonlinear model."""

from sympy import Expr

from theory.formulas.nonlinear import nonlinear_gradient, nonlinear_imbalance, nonlinear_loss
from theory.language.calculus import gradient_is, rate_is_zero
from theory.language.directional_derivative import derivative_along
from theory.language.indexed import IndexedArray
from theory.language.numbers import Number
from theory.language.relations import equal
from theory.language.statement import GradientFlow, Statement
from theory.setting.hypotheses import DIRECTION, END, FLOW_LETTERS, START
from theory.setting.nonlinear_model import GENERAL, NORMS, ORTHOGONAL
from theory.setting.symbols import X, u, v, y


def loss(first_layer: IndexedArray, second_layer: Expr) -> Number:
    """The loss at weights `(u, v)`."""
    return nonlinear_loss(X, y, first_layer, second_layer, GENERAL)


def imbalance(first_layer: IndexedArray, second_layer: Expr) -> Number:
    """Definition E.3."""
    return nonlinear_imbalance(NORMS, X @ first_layer, second_layer, GENERAL)


POINT = (u, v)
GRADIENT = nonlinear_gradient(X, y, *POINT, GENERAL)

STATEMENT = Statement(
    id="lem-e.4",
    title="Gradient flow conserves the layer imbalance of the nonlinear model",
    source="Lemma E.4, under Assumption E.1",
    hypotheses={**ORTHOGONAL, "flow": GradientFlow(loss, START, END)},
    claims={
        "gradient": gradient_is(loss, POINT, DIRECTION, GRADIENT, derivative_along),
        "rate": rate_is_zero(imbalance, POINT, GRADIENT, derivative_along),
        "conserved": equal(imbalance(*END), imbalance(*START)),
    },
    variables={
        "phi, phi', Phi": "the activation, its slope, zero nowhere, and an antiderivative of phi/phi'",
        "s, w": "norms and directions of the samples",
        **FLOW_LETTERS,
    },
)
