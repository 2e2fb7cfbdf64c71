"""Proof of the growth outside the circle: two identities, and a product of two factors that are not negative."""

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination, identity
from proofs_check.proofs import claims_of
from theory.language.statement import Statement
from theory.statements.own_above_four import PRODUCT_SQUARED


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim.

    `q+ - 4 q = q ((R - 1 - q)^2 - 4) = q (R - 3 - q)(R + 1 - q)`.
    """
    claim = claims_of(statement)
    outside, small = fact("outside"), fact("small-product")
    return [
        claim("difference", identity()),
        claim("product", identity()),
        claim("fourfold", Combination(PRODUCT_SQUARED * (outside + small) * (outside + small + 4))),
        claim("outside-kept", Combination(outside * (1 + PRODUCT_SQUARED))),
    ]
