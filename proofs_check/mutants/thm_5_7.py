"""Wrong versions of Theorem 5.7."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from flint import fmpq
from sympy import Expr, sqrt

from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.instances.mean_sharpness import limit_sharpness_below
from proofs_check.instances.sharpness import with_sharpness
from proofs_check.mutants import Mutant, with_claim, with_hypothesis, without_hypothesis
from proofs_check.proofs.thm_5_7 import instances
from theory.language.expectation import Mean
from theory.language.relations import at_most, equal
from theory.language.statement import Initialization, Statement
from theory.setting.symbols import C, N, S, X, e, label_coefficients, rank, s, spectrum, u, v, w, y
from theory.statements.thm_5_6 import ALPHA, BETA
from theory.statements.thm_5_7 import MEAN, SQUARED, START_U, START_V


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong moments, signs, factors, roles and laws."""
    a, b, Q = ALPHA, BETA, spectrum.difficulty
    first, norm = label_coefficients[0] ** 2, spectrum.label_norm_squared
    narrow, wide = sqrt(MEAN**2 + 4 * Q), sqrt(SQUARED + 4 * Q)

    def bound(label: Expr, radical: Expr, mean: Expr = MEAN, over: Expr = Q, size: Expr = 2 * N) -> Expr:
        return (s[0] ** 2 * (radical - mean) + label / over * (radical + mean)) / size

    def changed(name: str, claim: str, value: Expr) -> Mutant:
        relation = statement.claims[claim]
        if claim in ("mean", "second-moment"):
            return Mutant(name, with_claim(statement, claim, equal(relation.left, value)))
        below = claim in ("lower", "radical-below")
        expected = relation.right if below else relation.left
        sides = (value, expected) if below else (expected, value)
        return Mutant(name, with_claim(statement, claim, at_most(*sides)))

    yield changed("mean: rank lost", "mean", a**2 - b**2)
    yield changed("mean: sign", "mean", b**2 - rank * a**2)
    yield changed("mean: standard deviations", "mean", rank * a - b)
    yield changed("second moment: mean lost", "second-moment", 2 * rank * a**4 + 2 * b**4)
    yield changed("second moment: 3 for 2", "second-moment", 3 * rank * a**4 + 3 * b**4 + MEAN**2)
    yield changed("second moment: rank lost", "second-moment", 2 * a**4 + 2 * b**4 + MEAN**2)
    yield changed("second moment: rank squared", "second-moment", 2 * rank**2 * a**4 + 2 * b**4 + MEAN**2)
    yield changed("second moment: sign", "second-moment", 2 * rank * a**4 - 2 * b**4 + MEAN**2)
    yield changed("radical: E C^2 below", "radical-below", wide)
    yield changed("radical: m above", "radical-above", narrow)
    yield changed("radical: 2Q above", "radical-above", sqrt(SQUARED + 2 * Q))
    yield changed("radical: 8Q below", "radical-below", sqrt(MEAN**2 + 8 * Q))
    yield changed("lower bound: E C^2 under the root", "lower", bound(first, wide))
    yield _below(changed("lower bound: ||y|| for d_1", "lower", bound(norm, narrow)))
    yield changed("lower bound: factor 1/2 lost", "lower", bound(first, narrow, size=N))
    yield _below(changed("lower bound: sign of m", "lower", bound(first, narrow, -MEAN)))
    yield changed("upper bound: m under the root", "upper", bound(norm, narrow))
    yield changed("upper bound: d_1 for ||y||", "upper", bound(first, wide))
    yield changed("upper bound: 1/N^2 for 1/N", "upper", bound(norm, wide, size=2 * N**2))
    yield changed("upper bound: second term lost", "upper", bound(0 * norm, wide))
    yield changed("upper bound: Q^2 for Q", "upper", bound(norm, wide, over=Q**2))
    turned = at_most(statement.claims["upper"].right, Mean(S))
    yield Mutant("senses reversed", with_claim(statement, "upper", turned))
    swapped = Initialization(((START_U, BETA), (START_V, ALPHA)), functions=(u, v, C, S))
    yield Mutant("alpha and beta swapped in the law", with_hypothesis(statement, "initialization", swapped))
    yield Mutant("imbalance not that of the start", without_hypothesis(statement, "imbalance"), _drained)


def _drained(statement: Statement) -> Iterator[Instance]:
    """Starts whose imbalance is lost: the limit's is that of the outcome at hand, whatever the start."""
    for instance in instances(statement):
        fixed = instance.scalars[C]
        yield with_values(instance, (Mean(C), fixed), (Mean(C**2), fixed**2))


def _below(mutant: Mutant) -> Mutant:
    """Look for the counterexample where the labels lie in the smaller of two modes."""
    return replace(mutant, instances=_labels_in_the_second_mode)


def _labels_in_the_second_mode(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        if instance.scalars[rank] != 2:
            continue
        for values, norm, alpha, beta in (
            ((fmpq(2), fmpq(1)), fmpq(1, 1000), fmpq(1), fmpq(1, 10)),
            ((fmpq(2), fmpq(1)), fmpq(900), fmpq(1), fmpq(1)),
        ):
            labels, singular = np.array([fmpq(0), norm], dtype=object), np.array(values, dtype=object)
            left, right = value_of(instance, e), value_of(instance, w)
            modes = labels / singular
            moved = with_values(
                instance,
                (s, singular),
                (label_coefficients, labels),
                (X, (left.T * singular) @ right),
                (y, labels @ left),
                (u, modes @ right),
                (v, fmpq(1)),
                (START_U, modes @ right),
                (START_V, fmpq(1)),
                (C, modes @ modes - 1),
                (ALPHA, alpha),
                (BETA, beta),
            )
            mean = limit_sharpness_below(values, norm, alpha, beta, instance.scalars[N])
            yield with_values(with_sharpness(moved, statement.sharpness()), (Mean(S), mean))
