"""What gradient flow conserves in a two-layer network of any width: a matrix, whose width 1 is Lemma 5.2."""

from theory.formulas.layered_model import layered_residual
from theory.formulas.wide_model import wide_gradient
from theory.language.calculus import gradient_is, rate_is_zero
from theory.language.indexed import IndexedArray
from theory.language.relations import equal
from theory.language.statement import GradientFlow, Statement
from theory.setting.hypotheses import DECOMPOSITION
from theory.setting.symbols import N, X, features, y
from theory.setting.wide_model import W, a, imbalance_matrix, loss_at, neurons

POINT = (W, a)
DIRECTION = (IndexedArray.named("F", neurons, features), IndexedArray.named("f", neurons))
START = (IndexedArray.named("W_0", neurons, features), IndexedArray.named("a_0", neurons))
END = (IndexedArray.named("W_t", neurons, features), IndexedArray.named("a_t", neurons))
GRADIENT = wide_gradient(X.T @ layered_residual(X, y, *POINT) / N, *POINT)

STATEMENT = Statement(
    id="own-wide-imbalance",
    title="Gradient flow conserves the imbalance matrix, two layers of any width",
    source="This project; Lemma 5.2 at width 1",
    hypotheses={
        **{name: hypothesis for name, hypothesis in DECOMPOSITION.items() if name != "descending"},
        "flow": GradientFlow(loss_at, START, END),
    },
    claims={
        "gradient": gradient_is(loss_at, POINT, DIRECTION, GRADIENT),
        "rate": rate_is_zero(imbalance_matrix, POINT, GRADIENT),
        "conserved": equal(imbalance_matrix(*END), imbalance_matrix(*START)),
    },
    variables={
        "W, a": "any weights, of shapes (H, d) and (H,)",
        "F, f": "any direction in the weights",
        "W_0, a_0": "the weights at time 0",
        "W_t, a_t": "the weights at a later time, or their limit",
        "epsilon": "step along a direction",
    },
)
