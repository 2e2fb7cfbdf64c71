"""Equation (17): the neural tangent kernel at a minimizer of the two-layer model, from the data and the imbalance."""

from theory.bounds import positive_root
from theory.formulas.model import two_layer_kernel
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.hypotheses import MINIMIZER
from theory.setting.symbols import C, X, spectrum, u, v, y

WEIGHT = positive_root(C, spectrum.difficulty)
INVERSE_WEIGHT = positive_root(-C, spectrum.difficulty) / spectrum.difficulty

STATEMENT = Statement(
    id="eq-17",
    title="The neural tangent kernel at a minimizer, two layers",
    source="Equation (17), Appendix B.2",
    hypotheses=MINIMIZER,
    claims={
        "kernel": equal(two_layer_kernel(X, u, v), (X @ X.T) * WEIGHT + y.outer(y) * INVERSE_WEIGHT),
        "inverse-weight": equal(WEIGHT * INVERSE_WEIGHT, 1),
    },
    depends=("thm-4.3",),
)
