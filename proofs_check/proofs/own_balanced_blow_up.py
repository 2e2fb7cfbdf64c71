"""Proof: `R+ - 4 = (R - 4)(1 + q)` with `q = x^4 >= 4` where `x^2 = y^2 >= 2`."""

from sympy import Rational

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination
from proofs_check.proofs import claims_of
from theory.language.statement import Statement
from theory.statements.own_above_four import PRODUCT_SQUARED, RADIUS
from theory.statements.own_blow_up import FIRST, SECOND


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim.

    `4 q = R^2 - (x^2 - y^2)^2`, so that `q - 4 = (R - 4)(R + 4) / 4` where the layers are balanced.
    """
    claim = claims_of(statement)
    outside, balanced = fact("outside"), fact("balanced")
    difference = SECOND**2 - FIRST**2
    quarter = Rational(1, 4)
    return [
        claim("still-balanced", Combination((1 - PRODUCT_SQUARED) * balanced)),
        claim("still-outside", Combination(outside * (1 + PRODUCT_SQUARED))),
        claim(
            "fivefold",
            Combination(quarter * outside**2 * (RADIUS + 4) - quarter * (RADIUS - 4) * difference * balanced),
        ),
    ]
