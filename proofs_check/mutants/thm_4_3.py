"""Wrong versions of Theorem 4.3."""

from collections.abc import Iterator

from sympy import Expr

from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.instances.minimizers import two_layer_minimizers
from proofs_check.instances.sharpness import with_sharpness
from proofs_check.mutants import Mutant, with_claim, with_hypothesis, without_hypothesis
from proofs_check.proofs.thm_4_3 import instances
from theory.bounds import positive_root
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement
from theory.setting.symbols import C, N, S, e, label_coefficients, s, spectrum, u, v, w, y


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong exponents, signs, factors, roles, senses and hypotheses."""
    Q, d, norm = spectrum.difficulty, label_coefficients, spectrum.label_norm_squared
    V, inverse = positive_root(C, Q), positive_root(-C, Q) / Q

    def bound(square: Expr, weight: Expr, label: Expr, over: Expr, size: Expr = N) -> Expr:
        return (square * weight + label * over) / size

    def lower(name: str, value: Expr) -> Mutant:
        return Mutant(f"lower bound: {name}", with_claim(statement, "lower", at_most(value, S)))

    def upper(name: str, value: Expr) -> Mutant:
        return Mutant(f"upper bound: {name}", with_claim(statement, "upper", at_most(S, value)))

    yield Mutant("weight: sign of C", with_claim(statement, "weight", equal(v**2, positive_root(-C, Q))))
    yield Mutant("weight: 2Q for 4Q", with_claim(statement, "weight", equal(v**2, positive_root(C, Q / 2))))
    yield Mutant("weight: factor 1/2 lost", with_claim(statement, "weight", equal(v**2, 2 * V)))
    yield Mutant("weight: v for v^2", with_claim(statement, "weight", equal(v, V)))
    yield lower("1/N lost", bound(s[0] ** 2, V, d[0] ** 2, inverse, 1))
    yield lower("||y|| for d_1", bound(s[0] ** 2, V, norm, inverse))
    yield lower("s_1 for s_1^2", bound(s[0], V, d[0] ** 2, inverse))
    yield lower("V in both places", bound(s[0] ** 2, V, d[0] ** 2, V))
    yield lower("factor 2", 2 * bound(s[0] ** 2, V, d[0] ** 2, inverse))
    yield lower("sum of all s_i^2 for s_1^2", bound((s**2).total(), V, d[0] ** 2, inverse))
    yield upper("d_1 for ||y||", bound(s[0] ** 2, V, d[0] ** 2, inverse))
    yield upper("factor 1/2", bound(s[0] ** 2, V, norm, inverse) / 2)
    yield upper("1/N^2 for 1/N", bound(s[0] ** 2, V, norm, inverse, N**2))
    yield upper("second term lost", s[0] ** 2 * V / N)
    yield upper("first term lost", norm * inverse / N)
    yield upper("sign of C", bound(s[0] ** 2, positive_root(-C, Q), norm, positive_root(C, Q) / Q))
    yield upper("1/V^2 for 1/V", bound(s[0] ** 2, V, norm, inverse**2))
    yield Mutant("upper bound: strict", with_claim(statement, "upper", less(S, statement.claims["upper"].right)))
    yield Mutant("lower bound: strict", with_claim(statement, "lower", less(statement.claims["lower"].left, S)))
    yield Mutant("senses reversed", with_claim(statement, "upper", at_most(statement.claims["upper"].right, S)))
    yield Mutant(
        "imbalance with the wrong sign",
        with_hypothesis(statement, "imbalance", equal(C, v**2 - ((w @ u) ** 2).total())),
        _with_imbalance_negated,
    )
    yield Mutant("not a minimizer", without_hypothesis(statement, "minimizer"), _beside_the_minimizer)
    yield Mutant("singular values in any order", without_hypothesis(statement, "descending"), _ascending)


def _with_imbalance_negated(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        yield with_values(instance, (C, -instance.scalars[C]))


def _beside_the_minimizer(statement: Statement) -> Iterator[Instance]:
    for instance in two_layer_minimizers():
        moved = with_values(instance, (v, 3 * instance.scalars[v]))
        coefficients = value_of(moved, w) @ value_of(moved, u)
        imbalance = coefficients @ coefficients - moved.scalars[v] ** 2
        yield with_sharpness(with_values(moved, (C, imbalance)), statement.sharpness())


def _ascending(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        flipped = [(family, value_of(instance, family)[::-1]) for family in (s, label_coefficients, e, w)]
        yield with_values(instance, *flipped, (y, value_of(instance, y)))
