"""Lemma 5.2 for two layers: gradient flow conserves the layer imbalance."""

from theory.formulas.deep_model import gradient
from theory.language.calculus import gradient_is, rate_is_zero
from theory.language.relations import equal
from theory.language.statement import GradientFlow, Statement
from theory.setting.hypotheses import DECOMPOSITION, DIRECTION, END, FLOW_LETTERS, START, imbalance, two_layer_loss
from theory.setting.symbols import X, u, v, y

POINT = (u, v)
GRADIENT = gradient(X, y, *POINT, 1)

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
    variables=FLOW_LETTERS,
)
