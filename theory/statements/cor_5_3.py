"""Corollary 5.3: sharpness at the limit of gradient flow, two layers, from the imbalance of the initialization."""

from theory.bounds import positive_root, two_layer_minimizer
from theory.language.relations import at_most, equal
from theory.language.statement import GradientFlow, Statement
from theory.setting.hypotheses import (
    DECOMPOSITION,
    NONZERO_LABELS,
    START,
    ZERO_RESIDUAL,
    imbalance,
    two_layer_loss,
    two_layer_sharpness,
)
from theory.setting.symbols import C, S, spectrum, u, v

BOUNDS = two_layer_minimizer(spectrum, C)

STATEMENT = Statement(
    id="cor-5.3",
    title="Sharpness at the limit of gradient flow, two layers",
    source="Corollary 5.3, under Assumption 5.1",
    hypotheses={
        **DECOMPOSITION,
        **NONZERO_LABELS,
        "flow": GradientFlow(two_layer_loss, START, (u, v)),
        **ZERO_RESIDUAL,
        "imbalance": equal(C, imbalance(*START)),
        "sharpness": two_layer_sharpness(),
    },
    claims={
        "weight": equal(v**2, positive_root(C, spectrum.difficulty)),
        "lower": at_most(BOUNDS.lower, S),
        "upper": at_most(S, BOUNDS.upper),
    },
    depends=("lem-5.2-two-layer", "thm-4.3"),
    variables={"u_0, v_0": "the weights at time 0", "u, v": "the limit, a global minimizer (Assumption 5.1)"},
    remark="C is the imbalance at time 0. Assumption 5.1 is the hypothesis that the limit is a global minimizer.",
)
