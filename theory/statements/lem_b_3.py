"""Lemma B.3: bounds on the sharpness of the two-layer model at any weights."""

from theory.bounds import pointwise
from theory.language.relations import at_most, less
from theory.language.statement import Statement
from theory.setting.hypotheses import DECOMPOSITION, two_layer_sharpness
from theory.setting.symbols import S, spectrum, u, v

COEFFICIENTS = spectrum.first_layer_coefficients(u)
BOUNDS = pointwise(spectrum, COEFFICIENTS, v)

STATEMENT = Statement(
    id="lem-b.3",
    title="Sharpness at any weights, two layers",
    source="Lemma B.3, Appendix B.5",
    hypotheses={
        **DECOMPOSITION,
        "not-both-zero": less(0, v**2 + COEFFICIENTS[0] ** 2),
        "sharpness": two_layer_sharpness(),
    },
    claims={
        "lower": at_most(BOUNDS.lower, S),
        "upper": at_most(S, BOUNDS.upper),
    },
    remark=(
        "The weights need not minimize the loss. Where v = c_1 = 0 the lower bound is 0/0: see rem-b.3. Where s_1 is "
        "tied, it holds for each basis of its space; c_1^2 and c_1 z_1 are the sums over that space in the basis whose "
        "w_1 points along the projection of u."
    ),
)
