"""Definition 4.2: layer imbalance, which does not see the part of the first layer that the data do not see."""

from theory.formulas.imbalance import layer_imbalance
from theory.language.indexed import IndexedArray
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.hypotheses import DECOMPOSITION
from theory.setting.symbols import X, features, spectrum, u, v, w

UNSEEN = IndexedArray.named("q", features)
OUTPUT = X @ u

STATEMENT = Statement(
    id="def-4.2",
    title="Layer imbalance sees what the data see",
    source="Definition 4.2",
    hypotheses={**DECOMPOSITION, "unseen": equal(X @ UNSEEN, 0)},
    claims={
        # Adding what X sends to 0 changes neither the output nor the imbalance.
        "output": equal(X @ (u + UNSEEN), X @ u),
        "imbalance": equal(layer_imbalance(spectrum, u + UNSEEN, v), layer_imbalance(spectrum, u, v)),
        # ||u||^2 - v^2 is the imbalance and the squared norm of the unseen part, so it is at least the imbalance.
        "split": equal((u**2).total() - v**2, layer_imbalance(spectrum, u, v) + ((u - (w @ u) @ w) ** 2).total()),
        "at-most": at_most(layer_imbalance(spectrum, u, v), (u**2).total() - v**2),
    },
    variables={"q": "any vector that X sends to 0, shape (d,)"},
)
