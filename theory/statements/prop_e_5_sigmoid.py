"""Proposition E.5 for the sigmoid."""

from theory.formulas.nonlinear import SIGMOID, zero_loss_side
from theory.language.relations import equal, less
from theory.language.statement import Statement
from theory.setting.nonlinear_model import NORMS, zero_loss
from theory.setting.symbols import C, v, y

_ratios = y / v

STATEMENT = Statement(
    id="prop-e.5-sigmoid",
    title="The second layer at a minimizer of zero loss, sigmoid",
    source="Equation (35) for the sigmoid, after Proposition E.5",
    hypotheses=zero_loss(SIGMOID),
    claims={
        "above-zero": less(0, y / v),
        "below-one": less(y / v, 1),
        # The odds as the paper prints them, sample by sample.
        "term": equal(_ratios / (1 - _ratios), y / (v - y)),
        "side": equal(v**2 + C, zero_loss_side(NORMS, y, v, SIGMOID)),
    },
    variables={"s": "norms of the samples", "C": "the imbalance of Definition E.3"},
    remark="At such a minimizer 0 < y_n / v < 1: every label has the sign of v.",
)
