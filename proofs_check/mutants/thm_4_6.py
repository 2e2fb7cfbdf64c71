"""Wrong versions of Theorem 4.6."""

from collections.abc import Iterator

from sympy import Expr, Integer

from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.instances.minimizers import balanced_minimizers, deep_minimizers
from proofs_check.instances.sharpness import with_sharpness
from proofs_check.mutants import Mutant, with_claim, without_hypothesis
from proofs_check.proofs.thm_4_6 import instances
from theory.language.numbers import power
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement
from theory.setting.symbols import D, N, S, X, e, label_coefficients, later_layers, s, spectrum, u, w, y
from theory.statements.thm_4_6 import FIRST_COEFFICIENT, INVERSE_WEIGHT, SQUARED_WEIGHT


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong exponents, factors, roles, senses and hypotheses."""
    Q, d, norm = spectrum.difficulty, label_coefficients, spectrum.label_norm_squared

    def bound(
        label: Expr, first: Expr = FIRST_COEFFICIENT, count: Expr = D - 1, weight: Expr = INVERSE_WEIGHT, size: Expr = N
    ) -> Expr:
        return (s[0] ** 2 * first + count * label * weight) / size

    def lower(name: str, value: Expr) -> Mutant:
        return Mutant(f"lower bound: {name}", with_claim(statement, "lower", at_most(value, S)))

    def upper(name: str, value: Expr) -> Mutant:
        return Mutant(f"upper bound: {name}", with_claim(statement, "upper", at_most(S, value)))

    def kernel(name: str, first: Expr, second: Expr) -> Mutant:
        right = (X @ X.T) * first + y.outer(y) * second
        left = statement.claims["kernel"].left
        return Mutant(f"kernel: {name}", with_claim(statement, "kernel", equal(left, right.expression)))

    weight = statement.claims["first-layer"]
    yield Mutant("weight: Q^(1/(D-1))", with_claim(statement, "first-layer", equal(weight.left, power(Q, 1, D - 1))))
    yield Mutant("weight: Q^(2/D)", with_claim(statement, "first-layer", equal(weight.left, power(Q, 2, D))))
    yield Mutant("weight: all of u", with_claim(statement, "first-layer", equal((u**2).total(), SQUARED_WEIGHT)))
    yield Mutant(
        "later layers: v_j for v_j^2", with_claim(statement, "later-layers", equal(later_layers, SQUARED_WEIGHT))
    )
    yield kernel("D for D - 1", FIRST_COEFFICIENT, D * INVERSE_WEIGHT)
    yield kernel("Q^(1/D) for Q^(-1/D)", FIRST_COEFFICIENT, (D - 1) * SQUARED_WEIGHT)
    yield kernel("roles swapped", (D - 1) * INVERSE_WEIGHT, FIRST_COEFFICIENT)
    yield lower("D for D - 1", bound(d[0] ** 2, count=D))
    yield lower("||y|| for d_1", bound(norm))
    yield lower("Q for Q^((D-1)/D)", bound(d[0] ** 2, first=Q))
    yield lower("Q^(1/D) for Q^(-1/D)", bound(d[0] ** 2, weight=SQUARED_WEIGHT))
    yield lower("1/N lost", bound(d[0] ** 2, size=Integer(1)))
    yield Mutant("lower bound: strict", with_claim(statement, "lower", less(bound(d[0] ** 2), S)))
    yield upper("d_1 for ||y||", bound(d[0] ** 2))
    yield upper("D - 2 for D - 1", bound(norm, count=D - 2))
    yield upper("factor D - 1 lost", bound(norm, count=Integer(1)))
    yield upper("second term lost", bound(norm, count=Integer(0)))
    yield upper("Q^(1/D) for Q^((D-1)/D)", bound(norm, first=SQUARED_WEIGHT))
    yield upper("Q^(-1) for Q^(-1/D)", bound(norm, weight=1 / Q))
    yield upper("1/N^2 for 1/N", bound(norm, size=N**2))
    yield Mutant("upper bound: strict", with_claim(statement, "upper", less(S, bound(norm))))
    yield Mutant("not balanced", without_hypothesis(statement, "balanced"), _unbalanced)
    yield Mutant("not a minimizer", without_hypothesis(statement, "minimizer"), _beside_the_minimizer)
    yield Mutant("singular values in any order", without_hypothesis(statement, "descending"), _ascending)


def _unbalanced(statement: Statement) -> Iterator[Instance]:
    for instance in deep_minimizers():
        yield with_sharpness(instance, statement.sharpness())


def _beside_the_minimizer(statement: Statement) -> Iterator[Instance]:
    for instance in balanced_minimizers():
        moved = with_values(
            instance, (y, 3 * value_of(instance, y)), (label_coefficients, 3 * value_of(instance, label_coefficients))
        )
        yield with_sharpness(moved, statement.sharpness())


def _ascending(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        flipped = [(family, value_of(instance, family)[::-1]) for family in (s, label_coefficients, e, w)]
        yield with_values(instance, *flipped)
