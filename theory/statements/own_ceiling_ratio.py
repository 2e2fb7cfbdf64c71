"""The ceiling, divided by the size of the weights there, falls with the imbalance for ever. Not in the paper."""

from theory.formulas.growth import squared_size
from theory.language.relations import at_most
from theory.language.statement import Statement
from theory.setting.symbols import C, S, u, v, w
from theory.setting.two_minimizers import LETTERS, OTHER_C, OTHER_S, OTHER_U, OTHER_V, TWO_MINIMIZERS

SIZE, OTHER_SIZE = squared_size(w @ u, v), squared_size(w @ OTHER_U, OTHER_V)

STATEMENT = Statement(
    id="own-ceiling-ratio",
    title="The sharpness at a minimizer, divided by the size of its weights, falls with the imbalance",
    source="this package; the paper does not state it",
    hypotheses={**TWO_MINIMIZERS, "order": at_most(C, OTHER_C)},
    claims={"falls": at_most(SIZE * OTHER_S, OTHER_SIZE * S)},
    variables=LETTERS,
    remark=(
        "For every sign of C. The size ||Pi_W u||^2 + v^2 is sqrt(C^2 + 4Q) at a minimizer, so that the sharpness can "
        "rise with C > 0 at most as that does, and falls where that falls, as long as C <= 0 (rem-4.4-exact)."
    ),
)
