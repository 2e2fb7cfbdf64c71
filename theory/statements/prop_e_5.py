"""Proposition E.5: equation (35), the second layer at a minimizer of zero loss."""

from theory.formulas.nonlinear import zero_loss_side
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.nonlinear_model import GENERAL, NORMS, PREACTIVATIONS, zero_loss
from theory.setting.symbols import C, v, y

STATEMENT = Statement(
    id="prop-e.5",
    title="The second layer at a minimizer of zero loss",
    source="Proposition E.5, equation (35)",
    hypotheses={
        **zero_loss(GENERAL),
        "inverse": equal(
            PREACTIVATIONS.each(GENERAL.value).each(GENERAL.antiderivative_of_value),
            PREACTIVATIONS.each(GENERAL.antiderivative),
        ),
    },
    claims={"side": equal(v**2 + C, zero_loss_side(NORMS, y, v, GENERAL))},
    variables={
        "phi, Phi, Phi(phi^-1)": "the activation, an antiderivative of phi/phi', and that of the inverse's value",
        "s": "norms of the samples",
        "C": "the imbalance of Definition E.3",
    },
    remark="For a minimizer of zero loss; where some y_n / v is not a value of phi there is none (see err-e.5).",
)
