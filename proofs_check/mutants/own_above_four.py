"""Wrong versions of the growth outside the circle R = 4."""

from collections.abc import Iterator

from flint import fmpq

from proofs_check.instances.instance import Instance
from proofs_check.mutants import Mutant, with_claim, with_hypothesis, without_hypothesis
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement
from theory.statements.own_above_four import NEXT, NEXT_RADIUS, PRODUCT_SQUARED, RADIUS
from theory.statements.own_blow_up import FIRST, SECOND


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong signs, factors and thresholds; that every start outside blows up is the tempting one."""
    claims, after = statement.claims, (NEXT[0] * NEXT[1]) ** 2
    difference, product = claims["difference"], claims["product"]
    kept = equal(difference.left, FIRST**2 - SECOND**2)
    yield Mutant("the difference is kept, as under the flow", with_claim(statement, "difference", kept))
    plus = equal(difference.left, (FIRST**2 - SECOND**2) * (1 + PRODUCT_SQUARED))
    yield Mutant("difference: plus for minus", with_claim(statement, "difference", plus))
    yield Mutant("product: sign", with_claim(statement, "product", equal(product.left, -product.right)))
    yield Mutant("product: square lost", with_claim(statement, "product", equal(product.left, FIRST * SECOND)))
    yield Mutant("tenfold", with_claim(statement, "fourfold", at_most(10 * PRODUCT_SQUARED, after)))
    yield Mutant("falls", with_claim(statement, "fourfold", at_most(after, PRODUCT_SQUARED)))
    yield Mutant("strict", with_claim(statement, "fourfold", less(4 * PRODUCT_SQUARED, after)))
    yield Mutant("5 is reached", with_claim(statement, "outside-kept", at_most(5, NEXT_RADIUS)))
    yield Mutant("any product", without_hypothesis(statement, "small-product"), _to_the_axis)
    wider = with_hypothesis(statement, "small-product", at_most(PRODUCT_SQUARED, 4))
    yield Mutant("q <= 4 for q <= 1", wider, _to_the_axis)
    yield Mutant("R >= 2 for R >= 4", with_hypothesis(statement, "outside", at_most(2, RADIUS)), _inside)


def _to_the_axis(_: Statement) -> Iterator[Instance]:
    """(1, 2) goes to (-3, 0), where nothing grows any more."""
    yield Instance({FIRST: fmpq(1), SECOND: fmpq(2)})


def _inside(_: Statement) -> Iterator[Instance]:
    yield Instance({FIRST: fmpq(1, 2), SECOND: fmpq(3, 2)})
