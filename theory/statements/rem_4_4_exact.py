"""Remark 4.4 of the exact sharpness: as long as C <= 0, it falls with the layer imbalance."""

from theory.language.relations import at_most
from theory.language.statement import Statement
from theory.setting.symbols import C, S
from theory.setting.two_minimizers import LETTERS, OTHER_C, OTHER_S, TWO_MINIMIZERS

STATEMENT = Statement(
    id="rem-4.4-exact",
    title="The exact sharpness at a minimizer falls with the layer imbalance as long as it is not positive",
    source="Remark 4.4, and Appendix A on the sharpness of the gradient flow solution",
    hypotheses={
        **TWO_MINIMIZERS,
        "order": at_most(C, OTHER_C),
        "not-positive": at_most(OTHER_C, 0),
    },
    claims={"falls": at_most(OTHER_S, S)},
    variables=LETTERS,
    remark=(
        "Gradient flow keeps C, and steps of gradient descent and SGD do not lower C <= 0 (in the mean), so the "
        "sharpness of the gradient flow solution started at the iterates does not rise as long as C <= 0. For C > 0 "
        "it can: see err-4.4."
    ),
)
