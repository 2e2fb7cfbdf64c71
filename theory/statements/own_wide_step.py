"""How one step of gradient descent or SGD moves the conserved matrix of a two-layer network of any width."""

from theory.formulas.layered_model import layered_residual
from theory.formulas.wide_model import wide_gradient, wide_imbalance_increment
from theory.language.indexed import IndexedArray
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.batches import OUTCOME, B, mask
from theory.setting.hypotheses import DECOMPOSITION
from theory.setting.symbols import N, X, eta, y
from theory.setting.wide_model import W, a, imbalance_matrix

RESIDUAL = layered_residual(X, y, W, a)
SLOPE = X.T @ RESIDUAL / N
"""`g = X^T z / N`."""
BATCH_SLOPE = X.T @ (RESIDUAL * mask.row(OUTCOME)) / B
"""`g = X^T P_t z / B` in one outcome."""


def _after(slope: IndexedArray) -> IndexedArray:
    first, second = wide_gradient(slope, W, a)
    return imbalance_matrix(W - first * eta, a - second * eta)


BEFORE, AFTER_DESCENT, AFTER_SGD = imbalance_matrix(W, a), _after(SLOPE), _after(BATCH_SLOPE)
DESCENT_INCREMENT = wide_imbalance_increment(SLOPE, W, a, eta)

STATEMENT = Statement(
    id="own-wide-step",
    title="One step of gradient descent and of SGD: the increase of the imbalance matrix, two layers of any width",
    source="This project; Theorem 5.9 at width 1",
    hypotheses={
        **{name: DECOMPOSITION[name] for name in ("svd", "right-orthonormal")},
    },
    claims={
        "descent": equal(AFTER_DESCENT - BEFORE, DESCENT_INCREMENT),
        # In every outcome, whatever the mask.
        "any-batch": equal(AFTER_SGD - BEFORE, wide_imbalance_increment(BATCH_SLOPE, W, a, eta)),
    },
    variables={
        "W, a": "any weights, of shapes (H, d) and (H,)",
        "p": "diagonal of P_t in each outcome: 1 where a sample is in the batch, shape (Omega, N)",
        "B": "batch size",
    },
    remark="The labels need not lie in the column space. Width 1 gives the increments of Theorem 5.9.",
)
