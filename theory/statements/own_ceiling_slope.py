"""An oscillation along the sharpest direction moves the imbalance to where the ceiling is lower. Not in the paper."""

from theory.formulas.imbalance import imbalance_pump
from theory.language.indexed import IndexedArray
from theory.language.numbers import square, total
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.symbols import C, N, S, modes, s, spectrum, u, v, w
from theory.setting.two_minimizers import LETTERS, OTHER_C, OTHER_S, OTHER_V, TWO_MINIMIZERS

OSCILLATION = IndexedArray.named("x", modes)
"""A residual along the sharpest direction, in the modes."""
PUMP = imbalance_pump(spectrum, w @ u, v, OSCILLATION)
LENGTH = total(square(OSCILLATION))
_slope = OSCILLATION * s

STATEMENT = Statement(
    id="own-ceiling-slope",
    title="Oscillating along the sharpest direction moves the imbalance down the ceiling",
    source="this package; the paper does not state it",
    hypotheses={
        **TWO_MINIMIZERS,
        # x is a top eigenvector of the tangent kernel v^2 X X^T + (X u)(X u)^T, whose top eigenvalue is N S.
        "sharpest": equal(square(v) * total(square(_slope)) + square(total(_slope * (w @ u))), N * S * LENGTH),
    },
    claims={
        "in-weights": at_most((OTHER_V**2 - v**2) * PUMP, v**2 * N * (OTHER_S - S) * LENGTH),
        "in-imbalances": at_most(
            (C - OTHER_C) * OTHER_V**2 * PUMP, (v**2 * OTHER_V**2 + spectrum.difficulty) * N * (OTHER_S - S) * LENGTH
        ),
    },
    variables={**LETTERS, "x": "a residual along the sharpest direction of the minimizer (u, v), in the modes"},
    remark=(
        "A step with a small residual x near the minimizer raises C by (eta/N)^2 times v^2 sum s_i^2 x_i^2 - "
        "(sum s_i c_i x_i)^2 (Theorem 5.9, to the order of ||x||^2). If that is positive, every minimizer of smaller C "
        "is sharper, and if it is negative every minimizer of larger C: the imbalance leaves the sharper ones behind, "
        "for either sign of C. As C' tends to C, the claim says that the step is -2 eta^2 (||Pi_W u||^2 + v^2) L times "
        "the slope of the ceiling in C, L = ||x||^2/(2N): the oscillation goes down the slope of its own ceiling, at a "
        "rate proportional to the loss."
    ),
)
