"""Proof of the growth outside the circle: two identities, and a product of two factors that are not negative."""

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination, identity
from theory.language.statement import Statement
from theory.statements.own_above_four import PRODUCT_SQUARED


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim.

    `q+ - 4 q = q ((R - 1 - q)^2 - 4) = q (R - 3 - q)(R + 1 - q)`.
    """
    claims = statement.claims
    outside, small = fact("outside"), fact("small-product")
    return [
        Step("difference", claims["difference"], identity()),
        Step("product", claims["product"], identity()),
        Step(
            "fourfold",
            claims["fourfold"],
            Combination(PRODUCT_SQUARED * (outside + small) * (outside + small + 4)),
        ),
        Step("outside-kept", claims["outside-kept"], Combination(outside * (1 + PRODUCT_SQUARED))),
    ]
