"""Wrong versions of the weights that never grow without labels."""

import random
from collections.abc import Iterator

from flint import fmpq

from proofs_check.instances.data_sets import vector
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.instances.weights import deep_points
from proofs_check.mutants import Instances, Mutant, with_claim, with_hypothesis, without_hypothesis
from proofs_check.proofs.own_shrinking_weights import after_a_deep_step, instances, with_rates
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement
from theory.setting.symbols import e, later_layers, s, u, w, y
from theory.statements.own_shrinking_weights import (
    NEXT_LATER,
    NEXT_TOP_RATE,
    NEXT_U,
    TOP_RATE,
    later_layer_rates,
)


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong thresholds, senses and hypotheses."""
    rates = later_layer_rates(u, later_layers)

    def looser(name: str, hypothesis: str, threshold: int, share: fmpq) -> Mutant:
        left = TOP_RATE if hypothesis == "first-layer-rate" else rates
        return Mutant(name, with_hypothesis(statement, hypothesis, at_most(left, threshold)), _at(share))

    yield looser("first layer: 3 for 2", "first-layer-rate", 3, fmpq(3, 2))
    yield looser("later layers: 3 for 2", "later-layer-rates", 3, fmpq(3, 2))
    yield looser("later layers: 4 for 2", "later-layer-rates", 4, fmpq(2))
    yield Mutant("first layer: anything", without_hypothesis(statement, "first-layer-rate"), _at(fmpq(5)))
    yield Mutant("later layers: anything", without_hypothesis(statement, "later-layer-rates"), _at(fmpq(5)))
    yield Mutant("with labels", without_hypothesis(statement, "zero-labels"), _with_labels)
    yield Mutant("every weight shrinks", with_claim(statement, "later-layers", less(NEXT_LATER**2, later_layers**2)))
    yield Mutant("signs are kept", with_claim(statement, "later-layers", at_most(0, NEXT_LATER * later_layers)))
    unmoved = equal((w @ NEXT_U) ** 2, (w @ u) ** 2)
    yield Mutant("the first layer does not move", with_claim(statement, "first-layer", unmoved))
    yield Mutant(
        "rate 1 is reached", with_claim(statement, "first-layer-rate-kept", at_most(NEXT_TOP_RATE, 1)), at_rest
    )
    step = equal(NEXT_LATER, later_layers * (rates + 1))
    yield Mutant("step uphill", with_hypothesis(statement, "step-later", step), _uphill)
    yield Mutant("singular values in any order", without_hypothesis(statement, "descending"), _ascending)


def at_rest(_: Statement) -> Iterator[Instance]:
    """A first layer of zero: nothing moves, and the rate stays 2."""
    for instance in deep_points():
        yield with_rates(with_values(instance, (u, value_of(instance, u) * 0)), fmpq(1))


def _at(share: fmpq) -> Instances:
    def placed(_: Statement) -> Iterator[Instance]:
        for instance in deep_points():
            yield with_rates(instance, share)

    return placed


def _with_labels(statement: Statement) -> Iterator[Instance]:
    source = random.Random(0)
    for instance in instances(statement):
        yield after_a_deep_step(with_values(instance, (y, vector(source, len(value_of(instance, y))))))


def _uphill(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        before = value_of(instance, later_layers)
        yield with_values(instance, (NEXT_LATER, 2 * before - value_of(instance, NEXT_LATER)))


def _ascending(statement: Statement) -> Iterator[Instance]:
    """The least singular value in the place of the first, with the step size that it allows."""
    for instance in deep_points():
        flipped = [(family, value_of(instance, family)[::-1]) for family in (s, e, w)]
        flipped.append((u, value_of(instance, u) / 100))
        yield with_rates(with_values(instance, *flipped), fmpq(1))
