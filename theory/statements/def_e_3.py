"""Definition E.3: the layer imbalance of the nonlinear model, which for the identity is Definition 4.2's."""

from theory.formulas.nonlinear import IDENTITY, nonlinear_imbalance
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.hypotheses import squared_projection
from theory.setting.symbols import s, u, v, w

STATEMENT = Statement(
    id="def-e.3",
    title="Layer imbalance of the nonlinear model",
    source="Definition E.3 and its footnote",
    hypotheses={},
    claims={
        "linear": equal(nonlinear_imbalance(s, (w @ u) * s, v, IDENTITY), squared_projection() - v**2),
    },
    remark="With phi(x) = x and Phi(x) = x^2/2 it is Definition 4.2.",
)
