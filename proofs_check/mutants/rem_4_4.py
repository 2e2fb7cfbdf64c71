"""Wrong versions of Remark 4.4's true form."""

from collections.abc import Iterator

from flint import fmpq
from sympy import Expr, Symbol

from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.mutants import Instances, Mutant, with_claim, without_hypothesis
from proofs_check.proofs.rem_4_4 import instances
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement
from theory.setting.symbols import C, label_coefficients, s, spectrum
from theory.statements.rem_4_4 import (
    CONJUGATE,
    HIGH_C,
    LEVEL,
    LOW_C,
    OTHER_C,
    OTHER_D,
    OTHER_S,
    SMALLER_C,
    WEIGHT,
)


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong thresholds, senses and lost hypotheses."""
    claims, Q, norm = statement.claims, spectrum.difficulty, spectrum.label_norm
    threshold = spectrum.imbalance_threshold

    def turned(name: str) -> Mutant:
        relation = claims[name]
        return Mutant(f"{name}: sense reversed", with_claim(statement, name, at_most(relation.right, relation.left)))

    def strict(name: str) -> Mutant:
        relation = claims[name]
        return Mutant(f"{name}: strict", with_claim(statement, name, less(relation.left, relation.right)), _unchanged)

    def threshold_is(name: str, value: Expr) -> Mutant:
        return Mutant(f"threshold: {name}", with_claim(statement, "threshold", equal(threshold, value)))

    yield threshold_is("sign of the second term", Q * s[0] / norm + norm / s[0])
    yield threshold_is("second term lost", Q * s[0] / norm)
    yield threshold_is("Q lost", s[0] / norm - norm / s[0])
    yield threshold_is("||y||^2 for ||y||", Q * s[0] / norm**2 - norm**2 / s[0])
    swapped = equal((WEIGHT - LEVEL) * (CONJUGATE + LEVEL), LEVEL * (C - threshold))
    yield Mutant("equivalence: sign", with_claim(statement, "equivalence", swapped))
    inverted = equal((WEIGHT - 1 / LEVEL) * (CONJUGATE + 1 / LEVEL), (threshold - C) / LEVEL)
    yield Mutant("equivalence: s_1/||y|| for ||y||/s_1", with_claim(statement, "equivalence", inverted))
    for name in ("weight", "lower", "upper", "lower-falls", "upper-falls"):
        yield turned(name)
    for name in ("weight", "lower", "upper"):
        yield strict(name)
    yield Mutant("beyond the threshold", without_hypothesis(statement, "below-threshold"), _at(C, 9))
    yield Mutant("beyond d_1's threshold", without_hypothesis(statement, "below-first-threshold"), _at(HIGH_C, 60))
    yield Mutant("s_1 falls", without_hypothesis(statement, "singular-order"), _smaller_first_value)
    yield Mutant("Q falls", without_hypothesis(statement, "difficulty-order"), _smaller_difficulty)
    yield Mutant("C rises", without_hypothesis(statement, "imbalance-order"), _at(OTHER_C, 12))
    yield Mutant("smaller C is larger", without_hypothesis(statement, "smaller-imbalance"), _at(SMALLER_C, 12))
    yield Mutant("other labels", without_hypothesis(statement, "same-label-norm"), _other_labels)
    yield Mutant("other first label", without_hypothesis(statement, "same-first-label"), _other_first_label)


def _unchanged(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        yield with_values(
            instance,
            (OTHER_S, value_of(instance, s)),
            (OTHER_D, value_of(instance, label_coefficients)),
            (OTHER_C, instance.scalars[C]),
        )


def _at(letter: Symbol, value: int) -> Instances:
    def moved(statement: Statement) -> Iterator[Instance]:
        for instance in instances(statement):
            yield with_values(instance, (letter, fmpq(value)))

    return moved


def _smaller_first_value(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        values = value_of(instance, OTHER_S).copy()
        values[0] = value_of(instance, s)[0] * fmpq(9, 10)
        yield with_values(instance, (OTHER_S, values), (OTHER_C, instance.scalars[C]))


def _smaller_difficulty(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        values = value_of(instance, s) * fmpq(3, 2)
        values[0] = value_of(instance, s)[0]
        yield with_values(instance, (OTHER_S, values), (OTHER_C, instance.scalars[C]))


def _other_labels(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        labels, values = value_of(instance, label_coefficients).copy(), value_of(instance, s).copy()
        labels[1:], values[1:] = labels[1:] / 2, values[1:] / 2  # the difficulty stays
        yield with_values(instance, (OTHER_D, labels), (OTHER_S, values), (OTHER_C, instance.scalars[C]))


def _other_first_label(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        values, labels = value_of(instance, s).copy(), value_of(instance, label_coefficients)
        values[:] = values[0]  # with equal singular values the order of the labels does not move the difficulty
        yield with_values(
            instance,
            (s, values),
            (OTHER_S, values),
            (OTHER_D, labels[::-1].copy()),
            (OTHER_C, instance.scalars[C]),
            (LOW_C, fmpq(-90)),
            (HIGH_C, fmpq(-80)),
        )
