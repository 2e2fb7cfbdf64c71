"""With labels: how fast weights can leave the ball `lambda_1 rho < 4`. Not in the paper."""

from sympy import Symbol, sqrt

from theory.formulas.growth import margin_loss
from theory.formulas.model import residual
from theory.language.numbers import square, total
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.hypotheses import DECOMPOSITION, DESCENT
from theory.setting.symbols import N, X, eta, u, v, y
from theory.statements.own_size import NEXT_SIZE, SIZE, TOP_RATE

MARGIN = Symbol("kappa", positive=True)
LABELS = total(square(y))
"""`||y||^2`."""
RESIDUALS = total(square(residual(X, y, u, v)))
"""`||z||^2`."""
LOSS_OF_MARGIN = margin_loss(MARGIN, LABELS, eta, N, TOP_RATE)
NEXT_MARGIN = 4 - TOP_RATE * NEXT_SIZE

STATEMENT = Statement(
    id="own-labels-clock",
    title="How fast the labels can push weights out of the ball eta s_1^2 rho / N < 4",
    source="this package; the paper does not state it",
    hypotheses={
        **{name: h for name, h in DECOMPOSITION.items() if name != "labels"},
        **DESCENT,
        "margin": equal(MARGIN, 4 - TOP_RATE * SIZE),
    },
    claims={
        "shrinks-far-from-the-labels": at_most(
            NEXT_SIZE - SIZE, eta / N * sqrt(RESIDUALS) * (4 * sqrt(LABELS) - MARGIN * sqrt(RESIDUALS))
        ),
        "growth-at-most": at_most(NEXT_SIZE - SIZE, 4 * eta * LABELS / (N * MARGIN)),
        "margin-left": at_most(MARGIN - LOSS_OF_MARGIN, NEXT_MARGIN),
        "squared-margin-left": at_most(MARGIN**2 - 2 * MARGIN * LOSS_OF_MARGIN, NEXT_MARGIN**2),
    },
    depends=("own-size",),
    variables={
        "kappa": "margin 4 - lambda_1 rho, positive; lambda_1 = eta s_1^2 / N",
        "u_next, v_next": "weights after one step of gradient descent",
    },
    remark=(
        "The last claim, added up: lambda_1 rho stays below 4 for the first N kappa_0^2 / (8 lambda_1 eta ||y||^2) "
        "steps. Where kappa ||z|| >= 4 ||y|| the weights shrink. It is a bound on time alone: with labels, weights "
        "inside the ball can leave it, and then blow up."
    ),
)
