"""Wrong versions of the law of blow-up."""

import random
from collections.abc import Iterator

from proofs_check.instances.data_sets import vector
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.mutants import Mutant, with_claim, with_hypothesis, without_hypothesis
from proofs_check.proofs.own_blow_up import after_a_step, instances
from theory.formulas.blow_up import squared_radius, squared_radius_increment, top_mode_step
from theory.language.relations import Relation, at_most, equal
from theory.language.statement import Statement
from theory.setting.symbols import e, label_coefficients, u, v, w, y
from theory.statements.own_blow_up import FIRST, NEXT_V, SCALED_FIRST, SCALED_SECOND, SECOND


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong signs, factors, thresholds, senses and hypotheses."""
    claims = statement.claims
    x_next, y_next = top_mode_step(FIRST, SECOND)
    radius, after = squared_radius(FIRST, SECOND), squared_radius(x_next, y_next)

    def side(name: str, threshold: int) -> Mutant:
        relation = equal(after - threshold, (radius - threshold) * (1 + FIRST**2 * SECOND**2))
        return Mutant(f"threshold {name} for 4", with_claim(statement, "side-kept", relation))

    def moved(name: str, claim: str, factor: int) -> Mutant:
        relation = claims[claim]
        return Mutant(name, with_claim(statement, claim, equal(factor * relation.left, relation.right)))

    increment, step = claims["increment"], statement.hypotheses["step-second"]
    assert isinstance(step, Relation)
    yield side("2", 2)
    yield side("3", 3)
    yield side("8", 8)
    yield Mutant("sense reversed", with_claim(statement, "away-from-four", at_most((after - radius) * (radius - 4), 0)))
    yield Mutant("grows everywhere", with_claim(statement, "away-from-four", at_most(radius, after)))
    yield Mutant("never grows", with_claim(statement, "away-from-four", at_most(after, radius)))
    yield moved("increment: factor 2", "increment", 2)
    yield moved("increment: sign", "increment", -1)
    yield Mutant("increment: zero", with_claim(statement, "increment", equal(increment.left, 0)))
    label_lost = squared_radius_increment(SCALED_FIRST, SCALED_SECOND, 0)
    yield Mutant("increment: label lost", with_claim(statement, "increment", equal(increment.left, label_lost)))
    roles = equal(claims["scaled-first"].left, claims["scaled-second"].right)
    yield Mutant("step: roles swapped", with_claim(statement, "scaled-first", roles))
    yield moved("step: factor 2", "scaled-second", 2)
    yield Mutant(
        "step uphill",
        with_hypothesis(statement, "step-second", equal(NEXT_V, 2 * v - step.right)),
        _uphill,
    )
    yield Mutant("weights in every mode", without_hypothesis(statement, "weights-in-top-mode"), _weights_anywhere)
    yield Mutant("labels in every mode", without_hypothesis(statement, "label-in-top-mode"), _labels_anywhere)


def _uphill(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        yield with_values(instance, (NEXT_V, 2 * instance.scalars[v] - instance.scalars[NEXT_V]))


def _weights_anywhere(statement: Statement) -> Iterator[Instance]:
    source = random.Random(1)
    for instance in instances(statement):
        rows = value_of(instance, w)
        yield after_a_step(with_values(instance, (u, vector(source, len(rows)) @ rows)))


def _labels_anywhere(statement: Statement) -> Iterator[Instance]:
    source = random.Random(1)
    for instance in instances(statement):
        labels = vector(source, len(value_of(instance, w)))
        yield after_a_step(with_values(instance, (label_coefficients, labels), (y, labels @ value_of(instance, e))))
