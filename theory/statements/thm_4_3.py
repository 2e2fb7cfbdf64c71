"""Theorem 4.3: sharpness at a global minimizer of the two-layer model."""

from theory.bounds import positive_root, two_layer_minimizer
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.hypotheses import MINIMIZER
from theory.setting.symbols import C, S, spectrum, v

BOUNDS = two_layer_minimizer(spectrum, C)

STATEMENT = Statement(
    id="thm-4.3",
    title="Sharpness at a minimizer, two layers",
    source="Theorem 4.3, proof in Appendix B.2, equations (16) and (17)",
    hypotheses=MINIMIZER,
    claims={
        "weight": equal(v**2, positive_root(C, spectrum.difficulty)),
        "lower": at_most(BOUNDS.lower, S),
        "upper": at_most(S, BOUNDS.upper),
    },
    remark=(
        "Where s_1 is tied, each basis of its space has another d_1: the theorem holds for each, and says most for "
        "the one whose e_1 points along the projection of y, where d_1^2 is the squared length of that projection."
    ),
)
