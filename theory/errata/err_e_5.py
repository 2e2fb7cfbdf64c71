"""Proposition E.5 read for every data set: a minimizer of zero loss exists. For the sigmoid it need not."""

from theory.language.erratum import Erratum
from theory.language.indexed import IndexedArray, indices_of
from theory.language.relations import less
from theory.language.statement import Statement
from theory.setting.nonlinear_model import ORTHOGONAL
from theory.setting.symbols import samples, y

_n, _m = indices_of(samples, samples)
PRODUCTS = IndexedArray(y.at(_n) * y.at(_m), (samples, samples), (_n, _m))
"""`y_n y_m`, shape (N, N)."""

LITERAL = Statement(
    id="err-e.5",
    title="Sigmoid: all labels can be met exactly, so they have one sign",
    source="Proposition E.5 and the paragraph after it",
    hypotheses={**ORTHOGONAL, "nonzero-labels": less(0, y**2)},
    # v sigma(h_n) = y_n and v sigma(h_m) = y_m give y_n y_m = v^2 sigma(h_n) sigma(h_m) > 0.
    claims={"one-sign": less(0, PRODUCTS)},
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
