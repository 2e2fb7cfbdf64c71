"""Wrong versions of the remark on the exact sharpness."""

from collections.abc import Iterator

import numpy as np
from flint import fmpq

from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.instances.sharpness import with_sharpness
from proofs_check.mutants import Mutant, with_claim, with_hypothesis, without_hypothesis
from proofs_check.proofs.rem_4_4_exact import at_two_minimizers, instances
from proofs_check.witnesses.err_4_4 import diagonal_data
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement
from theory.setting.symbols import C, N, S, u, v, w
from theory.setting.two_minimizers import OTHER_C, OTHER_S, OTHER_U, OTHER_V


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Senses, factors, thresholds and hypotheses."""
    yield Mutant("reversed", with_claim(statement, "falls", at_most(S, OTHER_S)))
    yield Mutant("strict", with_claim(statement, "falls", less(OTHER_S, S)))
    yield Mutant("equal", with_claim(statement, "falls", equal(OTHER_S, S)))
    yield Mutant("to half", with_claim(statement, "falls", at_most(2 * OTHER_S, S)))
    yield Mutant("faster than v^2", with_claim(statement, "falls", at_most(OTHER_S * v**2, S * OTHER_V**2)))
    yield Mutant("1/N on one side", with_claim(statement, "falls", at_most(N * OTHER_S, S)))
    yield Mutant("C of any sign", without_hypothesis(statement, "not-positive"), _around_the_turn)
    yield Mutant(
        "only the smaller C not positive", with_hypothesis(statement, "not-positive", at_most(C, 0)), _around_the_turn
    )
    yield Mutant("C at most 1", with_hypothesis(statement, "not-positive", at_most(OTHER_C, 1)), _around_the_turn)
    yield Mutant("in any order", without_hypothesis(statement, "order"), _exchanged)
    yield Mutant("in the other order", with_hypothesis(statement, "order", at_most(OTHER_C, C)), _exchanged)
    yield Mutant("another number as C", without_hypothesis(statement, "imbalance"), _exchanged_but_c)
    yield Mutant("the second no minimizer", without_hypothesis(statement, "other-minimizer"), _beside_the_second)
    yield Mutant("the first no minimizer", without_hypothesis(statement, "minimizer"), _beside_the_first)


def _around_the_turn(statement: Statement) -> Iterator[Instance]:
    """X = diag(5, 4), y in the second mode: the sharpness is least at C = 0 and rises with C after it."""
    for weight, other in ((fmpq(97, 50), fmpq(19, 10)), (fmpq(19, 10), fmpq(9, 5))):
        instance = diagonal_data((fmpq(5), fmpq(4)), (fmpq(0), fmpq(15)))
        coefficients = np.array([fmpq(0), fmpq(15, 4) / other], dtype=object)
        yield at_two_minimizers(statement, instance, coefficients, other, weight / other)


def _exchanged(statement: Statement) -> Iterator[Instance]:
    """The minimizers of the true statement in the other order."""
    for instance in instances(statement):
        scalars = instance.scalars
        yield with_values(
            instance,
            (u, value_of(instance, OTHER_U)),
            (OTHER_U, value_of(instance, u)),
            *((letter, scalars[other]) for letter, other in ((v, OTHER_V), (C, OTHER_C), (S, OTHER_S))),
            *((other, scalars[letter]) for letter, other in ((v, OTHER_V), (C, OTHER_C), (S, OTHER_S))),
        )


def _exchanged_but_c(statement: Statement) -> Iterator[Instance]:
    for instance in _exchanged(statement):
        yield with_values(instance, (C, instance.scalars[OTHER_C] - 1))


def _beside_the_second(statement: Statement) -> Iterator[Instance]:
    """The second point moved to weights far from a minimizer."""
    for instance in instances(statement):
        far = with_values(
            instance, (OTHER_U, value_of(instance, OTHER_U) * 9), (OTHER_V, instance.scalars[OTHER_V] * 9)
        )
        yield _measured(statement, far)


def _beside_the_first(statement: Statement) -> Iterator[Instance]:
    """The first point moved towards 0, so far that its sharpness falls below the second's."""
    for instance in instances(statement):
        near = with_values(instance, (u, value_of(instance, u) * 0), (v, instance.scalars[OTHER_V]))
        yield _measured(statement, near)


def _measured(statement: Statement, instance: Instance) -> Instance:
    for first, second, imbalance in ((u, v, C), (OTHER_U, OTHER_V, OTHER_C)):
        coefficients = value_of(instance, w) @ value_of(instance, first)
        instance = with_values(instance, (imbalance, coefficients @ coefficients - instance.scalars[second] ** 2))
    for symbol in (S, OTHER_S):
        instance = with_sharpness(instance, statement.sharpness({symbol}))
    return instance
