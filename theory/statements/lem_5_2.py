"""Lemma 5.2: what gradient flow conserves at any depth."""

from theory.formulas.deep_model import gradient, layer_product, product_of_others
from theory.language.calculus import gradient_is, rate_is_zero
from theory.language.indexed import IndexedArray
from theory.language.relations import equal
from theory.language.statement import GradientFlow, Statement
from theory.setting.deep_hypotheses import deep_loss, layer_differences, layer_imbalances
from theory.setting.hypotheses import DECOMPOSITION, FLOW_LETTERS
from theory.setting.symbols import X, features, later_layers, layers, u, y

POINT = (u, later_layers)
DIRECTION = (IndexedArray.named("a", features), IndexedArray.named("b", layers))
START = (IndexedArray.named("u_0", features), IndexedArray.named("v_0", layers))
END = (IndexedArray.named("u_t", features), IndexedArray.named("v_t", layers))
GRADIENT = gradient(X, y, u, layer_product(later_layers), product_of_others(later_layers))

STATEMENT = Statement(
    id="lem-5.2",
    title="Gradient flow conserves the imbalance of any two layers",
    source="Lemma 5.2, proof in Appendix B.4",
    hypotheses={
        **{name: hypothesis for name, hypothesis in DECOMPOSITION.items() if name != "descending"},
        "flow": GradientFlow(deep_loss, START, END),
    },
    claims={
        "gradient": gradient_is(deep_loss, POINT, DIRECTION, GRADIENT),
        "rate": rate_is_zero(layer_imbalances, POINT, GRADIENT),
        "rate-between": rate_is_zero(layer_differences, POINT, GRADIENT),
        "conserved": equal(layer_imbalances(*END), layer_imbalances(*START)),
        "conserved-between": equal(layer_differences(*END), layer_differences(*START)),
    },
    variables={
        "P, P_other": "the product of the later layers, and of all of them but one",
        **FLOW_LETTERS,
    },
)
