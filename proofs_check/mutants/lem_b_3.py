"""Wrong versions of Lemma B.3."""

import random
from collections.abc import Iterator

from flint import fmpq
from sympy import Expr, sqrt

from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.instances.sharpness import with_sharpness
from proofs_check.mutants import Mutant, with_claim, without_hypothesis
from proofs_check.proofs.lem_b_3 import instances
from theory.formulas.dynamics import mode_residual
from theory.language.relations import at_most, less
from theory.language.statement import Statement
from theory.setting.symbols import N, S, X, e, label_coefficients, s, spectrum, v, w, y
from theory.statements.lem_b_3 import BOUNDS, COEFFICIENTS


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong exponents, signs, factors, indices, senses and hypotheses."""
    c, z = COEFFICIENTS, mode_residual(spectrum, COEFFICIENTS, v)
    length, cross = v**2 + c[0] ** 2, v * c[0] * s[0] * z[0]
    squares, output, norm = s[0] ** 2 * v**2, ((s * c) ** 2).total(), sqrt(((s * z) ** 2).total())

    def lower(name: str, value: Expr) -> Mutant:
        return Mutant(f"lower bound: {name}", with_claim(statement, "lower", at_most(value, S)))

    def upper(name: str, value: Expr) -> Mutant:
        return Mutant(f"upper bound: {name}", with_claim(statement, "upper", at_most(S, value)))

    yield lower("1/N lost", N * BOUNDS.lower)
    yield lower("plus for the quotient's sign", (s[0] ** 2 * length - 2 * cross / length) / N)
    yield lower("factor 2 lost", (s[0] ** 2 * length + cross / length) / N)
    yield lower("quotient lost", s[0] ** 2 * length / N)
    yield lower("not divided by the length", (s[0] ** 2 * length + 2 * cross) / N)
    yield lower("s_1 for s_1^2", (s[0] * length + 2 * cross / length) / N)
    yield lower("||Xu||^2 for s_1^2 c_1^2", (squares + output + 2 * cross / length) / N)
    yield lower("length^2 for length", (s[0] ** 2 * length**2 + 2 * cross / length) / N)
    yield upper("1/N^2 for 1/N", BOUNDS.upper / N)
    yield upper("||X^T z|| lost", (squares + output) / N)
    yield upper("half of ||X^T z||", (squares + output + norm / 2) / N)
    yield upper("||Xu||^2 lost", (squares + norm) / N)
    yield upper("s_1^2 c_1^2 for ||Xu||^2", (squares + (s[0] * c[0]) ** 2 + norm) / N)
    yield upper("s_1^2 v^2 lost", (output + norm) / N)
    yield upper("||z|| for ||X^T z||", (squares + output + sqrt((z**2).total())) / N)
    yield upper("||X^T y|| for ||X^T z||", (squares + output + sqrt(((s * label_coefficients) ** 2).total())) / N)
    yield Mutant("lower bound: strict", with_claim(statement, "lower", less(BOUNDS.lower, S)))
    yield Mutant("upper bound: strict", with_claim(statement, "upper", less(S, BOUNDS.upper)))
    yield Mutant("senses reversed", with_claim(statement, "upper", at_most(BOUNDS.upper, S)))
    yield Mutant("singular values in any order", without_hypothesis(statement, "descending"), _ascending)
    yield Mutant("labels of other coefficients", without_hypothesis(statement, "labels"), _other_labels)
    yield Mutant("left vectors not orthonormal", without_hypothesis(statement, "left-orthonormal"), _stretched)


def _ascending(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        flipped = [(family, value_of(instance, family)[::-1]) for family in (s, label_coefficients, e, w)]
        yield with_values(instance, *flipped)


def _other_labels(statement: Statement) -> Iterator[Instance]:
    source = random.Random(1)
    for instance in instances(statement):
        moved = value_of(instance, y) + fmpq(source.choice([-30, 30]))
        yield with_sharpness(with_values(instance, (y, moved)), statement.sharpness())


def _stretched(statement: Statement) -> Iterator[Instance]:
    """Left vectors of length 3, with the data and the labels that they give."""
    for instance in instances(statement):
        stretched = [(family, value_of(instance, family) * 3) for family in (e, X, y)]
        yield with_sharpness(with_values(instance, *stretched), statement.sharpness())
