"""Wrong versions of Corollary 5.3."""

import random
from collections.abc import Iterator

from sympy import Expr

from proofs_check.instances.data_sets import positive
from proofs_check.instances.evaluation import evaluate
from proofs_check.instances.flow_limits import two_layer_limits
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.instances.sharpness import with_sharpness
from proofs_check.mutants import Mutant, with_claim, with_hypothesis, without_hypothesis
from proofs_check.proofs.cor_5_3 import instances
from theory.bounds import positive_root, two_layer_minimizer
from theory.language.relations import Relation, at_most, equal, less
from theory.language.statement import Statement
from theory.setting.hypotheses import squared_projection
from theory.setting.symbols import C, S, label_coefficients, spectrum, v, y
from theory.statements.cor_5_3 import BOUNDS
from theory.statements.lem_5_2_two_layer import START, imbalance


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Another imbalance, other bounds, other senses, lost hypotheses."""
    first, second = START

    def from_start(name: str, value: Expr) -> Mutant:
        moved = with_hypothesis(statement, "imbalance", equal(C, value))
        return Mutant(f"imbalance: {name}", moved, _with_its_imbalance)

    yield from_start("wrong sign", -imbalance(first, second))
    yield from_start("sum for difference", squared_projection(first) + second**2)
    yield from_start("all of u", (first**2).total() - second**2)
    yield from_start("v for v^2", squared_projection(first) - second)
    weight = positive_root(-C, spectrum.difficulty)
    yield Mutant("weight: sign of C", with_claim(statement, "weight", equal(v**2, weight)))
    yield Mutant("weight: that of the start", with_claim(statement, "weight", equal(v**2, second**2)))
    balanced = two_layer_minimizer(spectrum, 0 * C)
    yield Mutant("lower bound: C taken as zero", with_claim(statement, "lower", at_most(balanced.lower, S)))
    yield Mutant("upper bound: C taken as zero", with_claim(statement, "upper", at_most(S, balanced.upper)))
    yield Mutant("lower bound: strict", with_claim(statement, "lower", less(BOUNDS.lower, S)))
    yield Mutant("upper bound: strict", with_claim(statement, "upper", less(S, BOUNDS.upper)))
    yield Mutant("bounds swapped", with_claim(statement, "lower", at_most(2 * BOUNDS.upper, S)))
    yield Mutant("a limit of no trajectory", without_hypothesis(statement, "flow"), _any_start)
    yield Mutant("a limit that is no minimizer", without_hypothesis(statement, "minimizer"), _other_labels)


def _with_its_imbalance(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        yield _of_start(statement, instance)


def _of_start(statement: Statement, instance: Instance) -> Instance:
    """The instance with the imbalance that the hypothesis says."""
    relation = statement.hypotheses["imbalance"]
    assert isinstance(relation, Relation)
    return with_values(instance, (C, evaluate(relation.right, instance)))


def _any_start(statement: Statement) -> Iterator[Instance]:
    source = random.Random(10)
    first, second = START
    for instance in instances(statement):
        start = value_of(instance, first) * 3
        weight = positive(source)
        moved = with_values(instance, (first, start), (second, weight))
        yield _of_start(statement, moved)


def _other_labels(statement: Statement) -> Iterator[Instance]:
    for instance in two_layer_limits():
        moved = with_values(
            instance, (y, 3 * value_of(instance, y)), (label_coefficients, 3 * value_of(instance, label_coefficients))
        )
        yield with_sharpness(moved, statement.sharpness())
