"""Wrong versions of the ball that is kept without labels."""

from collections.abc import Iterator

from flint import fmpq

from proofs_check.instances.instance import Instance
from proofs_check.mutants import Instances, Mutant, with_claim, with_hypothesis, without_hypothesis
from proofs_check.proofs import own_size
from proofs_check.proofs.own_labels_clock import with_margin
from proofs_check.proofs.own_zero_labels import without_labels
from theory.language.relations import at_most, less
from theory.language.statement import Statement
from theory.setting.symbols import X, eta, u, v
from theory.statements.own_size import NEXT_SIZE, SIZE, TOP_RATE
from theory.statements.own_size import STATEMENT as ANY_LABELS


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong thresholds, senses and hypotheses."""
    rate = TOP_RATE

    def larger(threshold: int) -> Mutant:
        return Mutant(
            f"{threshold} for 4",
            with_hypothesis(statement, "inside", at_most(rate * SIZE, threshold)),
            _at(fmpq(threshold, 4)),
        )

    yield larger(5)
    yield larger(6)
    yield larger(8)
    yield Mutant("with labels", without_hypothesis(statement, "zero-labels"), _with_labels)
    yield Mutant("anywhere", without_hypothesis(statement, "inside"), _at(fmpq(10)))
    yield Mutant("always shrinks", with_claim(statement, "never-grows", less(NEXT_SIZE, SIZE)))
    yield Mutant("halves", with_claim(statement, "never-grows", at_most(2 * NEXT_SIZE, SIZE)))
    yield Mutant("3 is kept", with_claim(statement, "kept", at_most(rate * NEXT_SIZE, 3)))
    gradient_flow = -4 * eta * v**2 * ((X @ u) ** 2).total()
    yield Mutant("1/N lost", with_claim(statement, "increment", at_most(NEXT_SIZE - SIZE, gradient_flow)))
    yield Mutant("increment: zero", with_claim(statement, "increment", at_most(0, NEXT_SIZE - SIZE)))


def _at(share: fmpq) -> Instances:
    def placed(_: Statement) -> Iterator[Instance]:
        for instance in own_size.instances(ANY_LABELS):
            yield without_labels(instance, share)

    return placed


def _with_labels(_: Statement) -> Iterator[Instance]:
    for instance in own_size.instances(ANY_LABELS):
        yield with_margin(instance, fmpq(1, 2))
