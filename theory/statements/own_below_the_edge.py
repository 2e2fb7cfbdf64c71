"""Without labels, `eta S <= 2` is enough at any depth: no weight ever grows again. Not in the paper."""

from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.deep_hypotheses import deep_sharpness
from theory.setting.hypotheses import DECOMPOSITION
from theory.setting.symbols import S, eta, y
from theory.statements import own_shrinking_weights
from theory.statements.own_shrinking_weights import DEEP_DESCENT

STATEMENT = Statement(
    id="own-below-the-edge",
    title="Without labels no weight grows once eta S <= 2, at any depth",
    source="this package; the paper does not state it",
    hypotheses={
        **DECOMPOSITION,
        **DEEP_DESCENT,
        "zero-labels": equal(y, 0),
        "sharpness": deep_sharpness(),
        "below-the-edge": at_most(eta * S, 2),
    },
    claims=dict(own_shrinking_weights.STATEMENT.claims),
    depends=("own-curvatures", "own-shrinking-weights"),
    variables=own_shrinking_weights.STATEMENT.variables,
    remark=(
        "The two rates that are kept, not eta S itself, carry this to all later steps. With more than one mode 2 "
        "cannot be raised to 9/4 (see own-below-four)."
    ),
)
