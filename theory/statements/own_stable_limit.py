"""Where gradient descent can settle: the imbalance that stability asks for, and data on which nothing is stable."""

from theory.language.indexed import IndexedArray
from theory.language.numbers import square, total
from theory.language.relations import at_most, less
from theory.language.statement import Statement
from theory.setting.hypotheses import DECOMPOSITION, IMBALANCE, ZERO_RESIDUAL, two_layer_sharpness
from theory.setting.symbols import C, N, S, X, eta, samples, spectrum, v, y
from theory.statements.own_size import TOP_RATE

TRIAL = IndexedArray.named("x", samples)
"""Any vector of residuals."""
_correlation = X.T @ y

STATEMENT = Statement(
    id="own-stable-limit",
    title="What a minimizer must be like for gradient descent to settle there",
    source="this package; the paper does not state it",
    hypotheses={
        **DECOMPOSITION,
        **ZERO_RESIDUAL,
        "nonzero-labels": less(0, total(square(y))),
        "imbalance": IMBALANCE,
        "sharpness": two_layer_sharpness(),
        "stable": at_most(eta * S, 2),
    },
    claims={
        "weight": at_most(TOP_RATE * v**2, 2),
        "imbalance-at-least": at_most(TOP_RATE * spectrum.difficulty / 2 - 2 / TOP_RATE, C),
        "flattest": at_most(4 * total(square(X.T @ TRIAL)) * square(TRIAL @ y), square(N * S * total(square(TRIAL)))),
        "labels-at-most": at_most(eta**2 * total(square(_correlation)), N**2),
    },
    variables={"x": "any vector, shape (N,)"},
    remark=(
        "A step multiplies what is left along the sharpest direction of a minimizer by 1 - eta S, so that gradient "
        "descent settles only where eta S <= 2, but for a coincidence. The third claim holds at every minimizer, "
        "stable or not: none is flatter than 2 ||X^T x|| |x.y| / (N ||x||^2), and the largest such number is the "
        "sharpness of the flattest one. So where eta ||X^T y|| > N no minimizer is stable, whatever its imbalance."
    ),
)
