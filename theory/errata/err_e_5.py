"""Proposition E.5 read for every data set: a minimizer of zero loss exists. For the sigmoid it need not."""

from sympy import Symbol

from theory.language.erratum import Erratum
from theory.language.relations import equal, less
from theory.language.statement import Statement
from theory.setting.nonlinear_model import ORTHOGONAL
from theory.setting.symbols import y

FIRST, SECOND = Symbol("y_1", real=True), Symbol("y_2", real=True)

LITERAL = Statement(
    id="err-e.5",
    title="Sigmoid: two labels can be met exactly, so they have one sign",
    source="Proposition E.5 and the paragraph after it",
    hypotheses={
        **ORTHOGONAL,
        "first-label": equal(FIRST, y[0]),
        "second-label": equal(SECOND, y[1]),
        "first-nonzero": less(0, FIRST**2),
        "second-nonzero": less(0, SECOND**2),
    },
    # v sigma(h_1) = y_1 and v sigma(h_2) = y_2 give y_1 y_2 = v^2 sigma(h_1) sigma(h_2) > 0.
    claims={"one-sign": less(0, FIRST * SECOND)},
    variables={"y_1, y_2": "the labels of the first two samples"},
)

ERRATUM = Erratum(
    literal=LITERAL,
    sentence="At the global minimizer of the nonlinear model's loss, equation (35) holds, whatever the labels.",
    true_form=("prop-e.5", "prop-e.5-sigmoid"),
    remark=(
        "Equation (35) needs a minimizer of zero loss. With the sigmoid such a minimizer gives every label the sign of "
        "v, so that labels of both signs have none; with tanh every label is below |v| there."
    ),
)
