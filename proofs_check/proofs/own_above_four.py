"""Proof of the growth outside the circle: two identities, and a product of two factors that are not negative."""

import random
from collections.abc import Iterator

from flint import fmpq

from proofs_check.engine.proof import Step, fact
from proofs_check.instances.data_sets import COUNT, positive, rational
from proofs_check.instances.instance import Instance
from proofs_check.methods.combination import Combination, identity
from theory.language.statement import Statement
from theory.statements.own_above_four import PRODUCT_SQUARED
from theory.statements.own_blow_up import FIRST, SECOND


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


def instances(statement: Statement) -> Iterator[Instance]:
    """Numbers with R >= 4 and a small product, points on the circle and on the axes among them."""
    source = random.Random(9)
    yield Instance({FIRST: fmpq(0), SECOND: fmpq(2)})
    yield Instance({FIRST: fmpq(1, 100), SECOND: fmpq(2)})
    yield Instance({FIRST: fmpq(1, 4), SECOND: fmpq(4)})
    for _ in range(COUNT):
        second = 2 + positive(source)
        yield Instance({FIRST: rational(source) / (8 * second), SECOND: second})
