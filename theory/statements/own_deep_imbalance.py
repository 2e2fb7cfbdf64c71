"""The imbalances of any depth under one step of gradient descent: Theorem 5.9 for every layer. Not in the paper."""

from theory.formulas.deep_model import layer_product, product_of_other_pairs, product_of_others
from theory.formulas.model import residual
from theory.language.numbers import square, total
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.deep_hypotheses import layer_differences, layer_imbalances
from theory.setting.hypotheses import DECOMPOSITION
from theory.setting.symbols import N, X, eta, later_layers, u, y
from theory.statements.own_shrinking_weights import DEEP_DESCENT, NEXT_LATER, NEXT_U

BEFORE, AFTER = layer_imbalances(u, later_layers), layer_imbalances(NEXT_U, NEXT_LATER)
DIFFERENCES, NEXT_DIFFERENCES = layer_differences(u, later_layers), layer_differences(NEXT_U, NEXT_LATER)
SLOPE = X.T @ residual(X, y, u, layer_product(later_layers))
OUTPUT_SLOPE = u @ SLOPE
_pairs = product_of_other_pairs(later_layers)

STATEMENT = Statement(
    id="own-deep-imbalance",
    title="One step of gradient descent at any depth: the imbalances of the layers",
    source="this package; the paper has it for two layers (Theorem 5.9)",
    hypotheses={
        **{name: h for name, h in DECOMPOSITION.items() if name not in ("labels", "descending")},
        **DEEP_DESCENT,
        "none-positive": at_most(BEFORE, 0),
    },
    claims={
        "increment": equal(
            AFTER - BEFORE,
            -(product_of_others(later_layers) ** 2 * square(eta / N * OUTPUT_SLOPE))
            + square(eta / N * layer_product(later_layers)) * total(square(SLOPE)),
        ),
        "later-layers": equal(
            NEXT_DIFFERENCES.at(*_pairs.indices),
            DIFFERENCES.at(*_pairs.indices) * (1 - _pairs.expression**2 * square(eta / N * OUTPUT_SLOPE)),
        ),
        "never-falls": at_most(BEFORE, AFTER),
    },
    variables={
        "P, P_other": "the product of the later layers, and of all of them but one or two",
        "u_next, v_next": "weights after one step of gradient descent",
    },
    remark=(
        "C_j = ||Pi_W u||^2 - v_j^2 plays the part of C, for each later layer: where C_j <= 0 no step lowers it. The "
        "first two claims need no such hypothesis. The squares of two later layers differ less after every step, with "
        "the factor of the one-mode model (own-one-mode), unless the step is very long."
    ),
)
