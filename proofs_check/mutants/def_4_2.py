"""Wrong versions of Definition 4.2's claims."""

import random
from collections.abc import Iterator

from proofs_check.instances.data_sets import vector
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.mutants import Mutant, with_claim, with_hypothesis, without_hypothesis
from proofs_check.proofs.def_4_2 import instances
from theory.formulas.imbalance import layer_imbalance
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement
from theory.setting.symbols import X, spectrum, u, v, w, y
from theory.statements.def_4_2 import UNSEEN


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Lost projections, signs, powers and hypotheses."""
    imbalance = layer_imbalance(spectrum, u, v)
    whole, outside = (u**2).total(), ((u - (w @ u) @ w) ** 2).total()

    def claim(name: str, of: str, relation: object) -> Mutant:
        return Mutant(name, with_claim(statement, of, relation))  # type: ignore[arg-type]

    moved = u + UNSEEN
    yield claim("projection lost", "imbalance", equal((moved**2).total() - v**2, whole - v**2))
    yield claim("output: sign", "output", equal(X @ moved, (X @ u) * -1))
    yield claim("v for v^2", "split", equal(whole - v, imbalance + outside))
    yield claim("sign of v^2", "split", equal(whole + v**2, imbalance + outside))
    yield claim("unseen part lost", "split", equal(whole - v**2, imbalance))
    yield claim("unseen part twice", "split", equal(whole - v**2, imbalance + 2 * outside))
    yield claim("sense reversed", "at-most", at_most(whole - v**2, imbalance))
    yield claim("strict", "at-most", less(imbalance, whole - v**2))
    yield Mutant("any change of weights", without_hypothesis(statement, "unseen"), _anything)
    yield Mutant(
        "orthogonal to the weights, not to the data",
        with_hypothesis(statement, "unseen", equal(UNSEEN @ u, 0)),
        _orthogonal_to_the_weights,
    )
    yield Mutant(
        "right singular vectors not orthonormal", without_hypothesis(statement, "right-orthonormal"), _stretched
    )


def _anything(statement: Statement) -> Iterator[Instance]:
    source = random.Random(1)
    for instance in instances(statement):
        yield with_values(instance, (UNSEEN, vector(source, len(value_of(instance, u)))))


def _orthogonal_to_the_weights(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        weights = value_of(instance, u)
        if len(weights) > 1:
            turned = weights * 0
            turned[0], turned[1] = weights[1], -weights[0]
            yield with_values(instance, (UNSEEN, turned))


def _stretched(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        stretched = value_of(instance, w) * 2
        yield with_values(instance, (w, stretched), (X, value_of(instance, X) * 2), (y, value_of(instance, y)))
