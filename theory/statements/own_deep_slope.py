"""Residuals near a minimizer of any depth move the imbalances down the ceiling's slope. Not in the paper."""

from theory.formulas.deep_model import layer_product, product_of_others
from theory.language.indexed import IndexedArray
from theory.language.numbers import square, total
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.deep_hypotheses import ZERO_RESIDUAL
from theory.setting.hypotheses import DECOMPOSITION, NONZERO_LABELS, squared_projection
from theory.setting.symbols import X, later_layers, layers, samples, u, y

RESIDUALS = IndexedArray.named("a", samples, samples)
"""Vectors of residuals, one a row."""
RATES = IndexedArray.named("b", layers)
"""Rates of the `log v_j^2`."""
PRODUCT, SUM_OF_RATES = layer_product(later_layers), RATES.total()
PUMPS = -(product_of_others(later_layers) ** 2 * total(square(RESIDUALS @ (X @ u)))) + square(PRODUCT) * total(
    square(RESIDUALS @ X)
)
"""`P^2 sum_m ||X^T a_m||^2 - (P/v_j)^2 sum_m (a_m.X u)^2`, shape `(D-1,)`."""
KERNEL_RATE = square(PRODUCT) * total(square(RESIDUALS @ X)) * SUM_OF_RATES - total(square(RESIDUALS @ y)) * total(
    RATES * later_layers**-2
)

STATEMENT = Statement(
    id="own-deep-slope",
    title="At any depth residuals move the imbalances to where they are less amplified",
    source="this package; the paper does not state it",
    hypotheses={
        **DECOMPOSITION,
        **NONZERO_LABELS,
        **ZERO_RESIDUAL,
        "rates": equal(-(later_layers**2 * RATES) - squared_projection() * SUM_OF_RATES, PUMPS),
    },
    claims={
        "rate": equal(KERNEL_RATE, -total(later_layers**2 * RATES**2) - squared_projection() * square(SUM_OF_RATES)),
        "falls": at_most(KERNEL_RATE, 0),
    },
    variables={
        "a": "any vectors of residuals, shape (N, N), one a row",
        "b": "rates of change of the log v_j^2",
        "P, P_other": "the product of the later layers, and of all of them but one",
    },
    remark=(
        "A step with a small residual x near the minimizer raises each C_j by (eta/N)^2 times P^2 ||X^T x||^2 - "
        "(P/v_j)^2 (x.X u)^2 (own-deep-imbalance), to the order of ||x||^2; the right side of the hypothesis is the "
        "sum of these over the rows of a. The left side is the rate of C_j where the log v_j^2 move at the rates b "
        "among the minimizers, whose first layer shrinks as the others grow. The claims are about the rate of "
        "sum_m a_m^T K a_m, with the kernel K of own-minimizer. With one row, a top eigenvector of K, it is N times "
        "the rate of the ceiling: the oscillation of a spike goes down the ceiling at every depth, for every sign of "
        "the imbalances. With the rows z_n e_n it is what single samples of a residual z add (Theorem 5.9): "
        "mini-batches go down the slope of sum_n z_n^2 K_nn, for equal errors that of the trace."
    ),
)
