"""Proposition E.5 for the tanh."""

from theory.formulas.nonlinear import TANH, zero_loss_side
from theory.language.relations import equal, less
from theory.language.statement import Statement
from theory.setting.nonlinear_model import NORMS, zero_loss
from theory.setting.symbols import C, v, y

STATEMENT = Statement(
    id="prop-e.5-tanh",
    title="The second layer at a minimizer of zero loss, tanh",
    source="Equation (35) for the tanh, after Proposition E.5",
    hypotheses=zero_loss(TANH),
    claims={
        "domain": less(y**2, v**2),
        # The form that the paper prints, sample by sample.
        "term": equal((y / v).each(TANH.antiderivative_of_value) * 2, y**2 / (-(y**2) + v**2)),
        "side": equal(v**2 + C, zero_loss_side(NORMS, y, v, TANH)),
    },
    variables={"s": "norms of the samples", "C": "the imbalance of Definition E.3"},
    remark="At such a minimizer |y_n| < |v|: labels that are larger have none with this v.",
)
