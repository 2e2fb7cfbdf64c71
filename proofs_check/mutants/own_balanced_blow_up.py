"""Wrong versions of the blow-up of balanced layers."""

from collections.abc import Iterator

from flint import fmpq

from proofs_check.instances.instance import Instance
from proofs_check.mutants import Mutant, with_claim, with_hypothesis, without_hypothesis
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement
from theory.statements.own_above_four import NEXT, NEXT_RADIUS, RADIUS
from theory.statements.own_blow_up import FIRST, SECOND


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong factors, thresholds, senses and hypotheses."""
    grown, excess = NEXT_RADIUS - 4, RADIUS - 4
    yield Mutant("sixfold", with_claim(statement, "fivefold", at_most(6 * excess, grown)))
    yield Mutant("R grows fivefold", with_claim(statement, "fivefold", at_most(5 * RADIUS, NEXT_RADIUS)), _just_outside)
    yield Mutant("at most fivefold", with_claim(statement, "fivefold", at_most(grown, 5 * excess)))
    yield Mutant("strict on the circle", with_claim(statement, "still-outside", less(5, NEXT_RADIUS)), _just_outside)
    yield Mutant("one layer grows", with_claim(statement, "still-balanced", less(NEXT[0] ** 2, NEXT[1] ** 2)))
    unmoved = equal(NEXT[0] ** 2, SECOND**2)
    yield Mutant("nothing moves", with_claim(statement, "still-balanced", unmoved))
    yield Mutant("not balanced", without_hypothesis(statement, "balanced"), _unbalanced)
    inside = with_hypothesis(statement, "outside", at_most(3, RADIUS))
    yield Mutant("R >= 3 for R >= 4", inside, _inside)


def _just_outside(_: Statement) -> Iterator[Instance]:
    yield Instance({FIRST: fmpq(99, 70), SECOND: fmpq(99, 70)})


def _unbalanced(_: Statement) -> Iterator[Instance]:
    yield Instance({FIRST: fmpq(1), SECOND: fmpq(2)})


def _inside(_: Statement) -> Iterator[Instance]:
    yield Instance({FIRST: fmpq(5, 4), SECOND: fmpq(5, 4)})
