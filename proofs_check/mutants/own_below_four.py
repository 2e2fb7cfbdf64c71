"""Wrong versions of `eta S <= 4` in one mode without labels."""

import random
from collections.abc import Iterator

from flint import fmpq

from proofs_check.instances.data_sets import data_set, vector
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.mutants import Instances, Mutant, with_claim, with_hypothesis, without_hypothesis
from proofs_check.proofs.own_below_four import below, instances
from proofs_check.proofs.own_blow_up import after_a_step
from theory.language.relations import at_most, less
from theory.language.statement import Statement
from theory.setting.symbols import S, e, eta, label_coefficients, w, y
from theory.statements.own_size import NEXT_SIZE, SIZE, TOP_RATE


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong thresholds and hypotheses; that one mode is enough for all is the tempting one."""
    for threshold in (5, 7, 9):
        looser = with_hypothesis(statement, "below-four", at_most(eta * S, threshold))
        yield Mutant(f"{threshold} for 4", looser, _scaled(fmpq(threshold, 4)))
    yield Mutant("weights in every mode", without_hypothesis(statement, "weights-in-top-mode"), _anywhere)
    yield Mutant("with labels", without_hypothesis(statement, "zero-labels"), _with_labels)
    yield Mutant("anywhere", without_hypothesis(statement, "below-four"), _scaled(fmpq(10)))
    yield Mutant("always shrinks", with_claim(statement, "never-grows", less(NEXT_SIZE, SIZE)))
    yield Mutant("inside 3", with_claim(statement, "inside", at_most(TOP_RATE * SIZE, 3)))
    yield Mutant("3 is kept", with_claim(statement, "kept", at_most(TOP_RATE * NEXT_SIZE, 3)))


def _scaled(factor: fmpq) -> Instances:
    def placed(statement: Statement) -> Iterator[Instance]:
        for instance in instances(statement):
            yield after_a_step(with_values(instance, (eta, instance.scalars[eta] * factor)))

    return placed


def _anywhere(statement: Statement) -> Iterator[Instance]:
    """Long weights in the last of two modes or more."""
    source = random.Random(3)
    for _ in range(24):
        instance, rank = data_set(source)
        if rank > 1:
            yield below(instance, statement, value_of(instance, w)[-1] * 20, fmpq(0), fmpq(1, 10))


def _with_labels(statement: Statement) -> Iterator[Instance]:
    source = random.Random(4)
    for instance in instances(statement):
        labels = vector(source, len(value_of(instance, w))) * 50
        pushed = with_values(instance, (label_coefficients, labels), (y, labels @ value_of(instance, e)))
        yield after_a_step(pushed)
