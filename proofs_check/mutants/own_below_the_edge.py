"""Wrong versions of `eta S <= 2` without labels."""

import random
from collections.abc import Iterator

from flint import fmpq

from proofs_check.instances.data_sets import vector
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.instances.sharpness import with_sharpness
from proofs_check.mutants import Instances, Mutant, with_claim, with_hypothesis, without_hypothesis
from proofs_check.mutants.own_shrinking_weights import at_rest
from proofs_check.proofs.own_below_the_edge import instances
from proofs_check.proofs.own_shrinking_weights import after_a_deep_step
from theory.language.relations import at_most, less
from theory.language.statement import Statement
from theory.setting.symbols import S, e, eta, label_coefficients, later_layers, w, y
from theory.statements.own_shrinking_weights import NEXT_LATER, NEXT_TOP_RATE


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong thresholds, senses and hypotheses."""
    for threshold in (3, 4, 6):
        looser = with_hypothesis(statement, "below-the-edge", at_most(eta * S, threshold))
        yield Mutant(f"{threshold} for 2", looser, _scaled(fmpq(threshold, 2)))
    yield Mutant("anywhere", without_hypothesis(statement, "below-the-edge"), _scaled(fmpq(10)))
    yield Mutant("with labels", without_hypothesis(statement, "zero-labels"), _with_labels)
    yield Mutant("every weight shrinks", with_claim(statement, "later-layers", less(NEXT_LATER**2, later_layers**2)))
    yield Mutant(
        "rate 1 is reached", with_claim(statement, "first-layer-rate-kept", at_most(NEXT_TOP_RATE, 1)), _at_rest
    )


def _at_rest(statement: Statement) -> Iterator[Instance]:
    for instance in at_rest(statement):
        yield with_sharpness(instance, statement.sharpness())


def _scaled(factor: fmpq) -> Instances:
    def placed(statement: Statement) -> Iterator[Instance]:
        for instance in instances(statement):
            yield after_a_deep_step(with_values(instance, (eta, instance.scalars[eta] * factor)))

    return placed


def _with_labels(statement: Statement) -> Iterator[Instance]:
    source = random.Random(5)
    for instance in instances(statement):
        labels = vector(source, len(value_of(instance, w))) * 50
        pushed = with_values(instance, (label_coefficients, labels), (y, labels @ value_of(instance, e)))
        yield after_a_deep_step(with_sharpness(pushed, statement.sharpness()))
