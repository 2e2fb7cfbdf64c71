"""Theorem 4.6: sharpness at a balanced global minimizer of any depth."""

from theory.bounds import balanced_minimizer
from theory.formulas.deep_model import tangent_kernel
from theory.language.numbers import power
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.deep_hypotheses import BALANCED, DEPTH, ZERO_RESIDUAL, deep_sharpness
from theory.setting.hypotheses import DECOMPOSITION, NONZERO_LABELS, squared_projection
from theory.setting.symbols import D, S, X, later_layers, spectrum, u, y

BOUNDS = balanced_minimizer(spectrum, D)
SQUARED_WEIGHT = power(spectrum.difficulty, 1, D)
"""`Q^(1/D)`."""
FIRST_COEFFICIENT = power(spectrum.difficulty, D - 1, D)
"""`Q^((D-1)/D)`."""
INVERSE_WEIGHT = power(spectrum.difficulty, -1, D)
"""`Q^(-1/D)`."""

STATEMENT = Statement(
    id="thm-4.6",
    title="Sharpness at a balanced minimizer, any depth",
    source="Theorem 4.6, proof in Appendix B.3, equations (18) to (21)",
    hypotheses={
        **DECOMPOSITION,
        **NONZERO_LABELS,
        **DEPTH,
        **ZERO_RESIDUAL,
        **BALANCED,
        "sharpness": deep_sharpness(),
    },
    claims={
        "first-layer": equal(squared_projection(), SQUARED_WEIGHT),
        "later-layers": equal(later_layers**2, SQUARED_WEIGHT),
        "kernel": equal(
            tangent_kernel(X, u, later_layers),
            (X @ X.T) * FIRST_COEFFICIENT + y.outer(y) * ((D - 1) * INVERSE_WEIGHT),
        ),
        "lower": at_most(BOUNDS.lower, S),
        "upper": at_most(S, BOUNDS.upper),
    },
    depends=("own-minimizer",),
    variables={
        "M": "number of later layers, D - 1",
        "v": "the later layers v_1 .. v_(D-1)",
        "P, P_other": "the product of the later layers, and of all of them but one",
    },
    remark=(
        "Where s_1 is tied, each basis of its space has another d_1: the theorem holds for each, and says most for "
        "the one whose e_1 points along the projection of y, where d_1^2 is the squared length of that projection."
    ),
)
