"""Proof of how fast the margin can be lost: complete the square in the residual."""

from sympy import Rational, Sum, sqrt

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination
from proofs_check.methods.squares import SquaresInOrder
from proofs_check.proofs import established
from theory.formulas.model import residual
from theory.language.relations import at_most
from theory.language.statement import Statement
from theory.setting.symbols import N, X, eta, samples, u, v, y
from theory.statements.own_labels_clock import LABELS, LOSS_OF_MARGIN, MARGIN, RESIDUALS
from theory.statements.own_size import STATEMENT as ANY_LABELS
from theory.statements.own_size import TOP_RATE

_n = samples.index(set())
_m = samples.index({_n.name})
_z = residual(X, y, u, v)


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claims = statement.claims
    h = eta / N
    bound = fact("increment-at-most") + h * RESIDUALS * fact("margin")
    minor = _z.at(_n) * y.at(_m) - _z.at(_m) * y.at(_n)
    norms = sqrt(RESIDUALS) * sqrt(LABELS)
    left = fact("margin-left")
    return [
        Step("increment-at-most", ANY_LABELS.claims["increment-at-most"], established("own-size", "increment-at-most")),
        Step(
            "product-squared",
            at_most((-(_z @ y)) ** 2, norms**2),
            Combination(Rational(1, 2) * Sum(minor**2, (_n, 1, N), (_m, 1, N))),
        ),
        Step("product", at_most(-(_z @ y), norms), SquaresInOrder("product-squared")),
        Step(
            "shrinks-far-from-the-labels",
            claims["shrinks-far-from-the-labels"],
            Combination(bound + 4 * h * fact("product")),
        ),
        Step(
            "growth-at-most",
            claims["growth-at-most"],
            Combination(bound + h * MARGIN * ((_z + y * (2 / MARGIN)) ** 2).total()),
        ),
        Step(
            "margin-left",
            claims["margin-left"],
            Combination(TOP_RATE * fact("growth-at-most") + fact("margin")),
        ),
        Step(
            "squared-margin-left",
            claims["squared-margin-left"],
            Combination((LOSS_OF_MARGIN - left) ** 2 + 2 * MARGIN * left),
        ),
    ]
