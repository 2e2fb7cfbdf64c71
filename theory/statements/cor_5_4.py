"""Corollary 5.4: sharpness at the limit of gradient flow from balanced layers, any depth."""

from theory.bounds import balanced_minimizer
from theory.language.relations import at_most, equal
from theory.language.statement import GradientFlow, Statement
from theory.setting.deep_hypotheses import DEPTH, ZERO_RESIDUAL, deep_loss, deep_sharpness
from theory.setting.hypotheses import DECOMPOSITION, NONZERO_LABELS, squared_projection
from theory.setting.symbols import D, S, later_layers, spectrum, u
from theory.statements.lem_5_2 import START

BOUNDS = balanced_minimizer(spectrum, D)
_first_start, _later_start = START

STATEMENT = Statement(
    id="cor-5.4",
    title="Sharpness at the limit of gradient flow from balanced layers",
    source="Corollary 5.4, under Assumptions 4.5 (at time 0) and 5.1",
    hypotheses={
        **DECOMPOSITION,
        **NONZERO_LABELS,
        **DEPTH,
        "flow": GradientFlow(deep_loss, START, (u, later_layers)),
        "balanced": equal(_later_start**2, squared_projection(_first_start)),
        **ZERO_RESIDUAL,
        "sharpness": deep_sharpness(),
    },
    claims={
        "balanced-at-the-limit": equal(later_layers**2, squared_projection()),
        "lower": at_most(BOUNDS.lower, S),
        "upper": at_most(S, BOUNDS.upper),
    },
    depends=("lem-5.2-balanced", "thm-4.6"),
    variables={
        "u_0, v_0": "the weights at time 0",
        "u, v": "the limit, a global minimizer (Assumption 5.1)",
        "P, P_other": "the product of the later layers, and of all of them but one",
    },
    remark="Balanced weights at which every layer is zero never move: Assumption 5.1 leaves them out.",
)
