"""Lemma 5.2 for two layers: gradient flow conserves the layer imbalance."""

from sympy import Expr, Symbol

from theory.formulas import model
from theory.language.calculus import gradient_is, rate_is_zero
from theory.language.indexed import IndexedArray
from theory.language.numbers import Number
from theory.language.relations import equal
from theory.language.statement import GradientFlow, Statement
from theory.setting.hypotheses import DECOMPOSITION, squared_projection
from theory.setting.symbols import X, features, u, v, y


def two_layer_loss(first_layer: IndexedArray, second_layer: Expr) -> Number:
    """The loss at weights `(u, v)`."""
    return model.loss(X, y, first_layer, second_layer)


def imbalance(first_layer: IndexedArray, second_layer: Expr) -> Expr:
    """Definition 4.2."""
    return squared_projection(first_layer) - second_layer**2


POINT = (u, v)
DIRECTION = (IndexedArray.named("a", features), Symbol("b", real=True))
START = (IndexedArray.named("u_0", features), Symbol("v_0", real=True))
END = (IndexedArray.named("u_t", features), Symbol("v_t", real=True))
GRADIENT = model.two_layer_gradient(X, y, *POINT)

STATEMENT = Statement(
    id="lem-5.2-two-layer",
    title="Gradient flow conserves the layer imbalance, two layers",
    source="Lemma 5.2, proof in Appendix B.4",
    hypotheses={
        **{name: hypothesis for name, hypothesis in DECOMPOSITION.items() if name != "descending"},
        "flow": GradientFlow(two_layer_loss, START, END),
    },
    claims={
        "gradient": gradient_is(two_layer_loss, POINT, DIRECTION, GRADIENT),
        "rate": rate_is_zero(imbalance, POINT, GRADIENT),
        "conserved": equal(imbalance(*END), imbalance(*START)),
    },
    variables={
        "u, v": "any weights",
        "a, b": "any direction in the weights",
        "u_0, v_0": "the weights at time 0",
        "u_t, v_t": "the weights at a later time, or their limit",
        "epsilon": "step along a direction",
    },
)
