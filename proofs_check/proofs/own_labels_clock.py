"""Proof of how fast the margin can be lost: complete the square in the residual."""

from sympy import sqrt

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas.minors import minors
from proofs_check.methods.combination import Combination
from proofs_check.methods.squares import SquaresInOrder
from proofs_check.proofs import claims_of, taken_over
from theory.formulas.model import residual
from theory.language.relations import at_most
from theory.language.statement import Statement
from theory.setting.symbols import N, X, eta, u, v, y
from theory.statements.own_labels_clock import LABELS, LOSS_OF_MARGIN, MARGIN, RESIDUALS
from theory.statements.own_size import TOP_RATE

_z = residual(X, y, u, v)


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    h = eta / N
    bound = fact("increment-at-most") + h * RESIDUALS * fact("margin")
    norms = sqrt(RESIDUALS) * sqrt(LABELS)
    left = fact("margin-left")
    return [
        taken_over("own-size", "increment-at-most"),
        Step("product-squared", at_most((-(_z @ y)) ** 2, norms**2), Combination(minors(_z, y))),
        Step("product", at_most(-(_z @ y), norms), SquaresInOrder("product-squared")),
        claim("shrinks-far-from-the-labels", Combination(bound + 4 * h * fact("product"))),
        claim("growth-at-most", Combination(bound + h * MARGIN * ((_z + y * (2 / MARGIN)) ** 2).total())),
        claim("margin-left", Combination(TOP_RATE * fact("growth-at-most") + fact("margin"))),
        claim("squared-margin-left", Combination((LOSS_OF_MARGIN - left) ** 2 + 2 * MARGIN * left)),
    ]
