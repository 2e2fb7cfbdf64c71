"""Wrong versions of the sharpness at any minimizer."""

from collections.abc import Iterator

from sympy import Expr, Integer

from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.instances.minimizers import deep_minimizers
from proofs_check.instances.sharpness import with_sharpness
from proofs_check.mutants import Mutant, with_claim, without_hypothesis
from proofs_check.proofs.own_minimizer import instances
from theory.formulas.deep_model import layer_product
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement
from theory.setting.hypotheses import squared_projection
from theory.setting.symbols import N, S, X, e, label_coefficients, later_layers, s, spectrum, u, w, y

_PRODUCT, _INVERSES = layer_product(later_layers**2), (later_layers**-2).total()


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong powers, factors, roles, senses and hypotheses."""
    d, norm, Q = label_coefficients, spectrum.label_norm_squared, spectrum.difficulty

    def bound(label: Expr, first: Expr = _PRODUCT, second: Expr = _INVERSES, size: Expr = N) -> Expr:
        return (s[0] ** 2 * first + label * second) / size

    def lower(name: str, value: Expr) -> Mutant:
        return Mutant(f"lower bound: {name}", with_claim(statement, "lower", at_most(value, S)))

    def upper(name: str, value: Expr) -> Mutant:
        return Mutant(f"upper bound: {name}", with_claim(statement, "upper", at_most(S, value)))

    def difficulty(name: str, value: Expr) -> Mutant:
        return Mutant(f"difficulty: {name}", with_claim(statement, "difficulty", equal(value, Q)))

    def kernel(name: str, first: Expr, second: Expr) -> Mutant:
        right = (X @ X.T) * first + y.outer(y) * second
        left = statement.claims["kernel"].left
        return Mutant(f"kernel: {name}", with_claim(statement, "kernel", equal(left, right.expression)))

    yield difficulty("P for P^2", squared_projection() * layer_product(later_layers))
    yield difficulty("all of u", (u**2).total() * _PRODUCT)
    yield difficulty("without the first layer", _PRODUCT)
    yield kernel("roles swapped", _INVERSES, _PRODUCT)
    yield kernel("v_j^2 for 1/v_j^2", _PRODUCT, (later_layers**2).total())
    yield kernel("1/P^2 for the sum", _PRODUCT, 1 / _PRODUCT)
    yield lower("||y|| for d_1", bound(norm))
    yield lower("P for P^2", bound(d[0] ** 2, first=layer_product(later_layers)))
    yield lower("v_j^2 for 1/v_j^2", bound(d[0] ** 2, second=(later_layers**2).total()))
    yield lower("1/N lost", bound(d[0] ** 2, size=Integer(1)))
    yield Mutant("lower bound: strict", with_claim(statement, "lower", less(bound(d[0] ** 2), S)))
    yield upper("d_1 for ||y||", bound(d[0] ** 2))
    yield upper("second term lost", bound(norm, second=Integer(0)))
    yield upper("1/P^2 for the sum", bound(norm, second=1 / _PRODUCT))
    yield upper("1/N^2 for 1/N", bound(norm, size=N**2))
    yield Mutant("upper bound: strict", with_claim(statement, "upper", less(S, bound(norm))))
    yield Mutant("not a minimizer", without_hypothesis(statement, "minimizer"), _beside_the_minimizer)
    yield Mutant("singular values in any order", without_hypothesis(statement, "descending"), _ascending)


def _beside_the_minimizer(statement: Statement) -> Iterator[Instance]:
    for instance in deep_minimizers():
        moved = with_values(
            instance, (y, 3 * value_of(instance, y)), (label_coefficients, 3 * value_of(instance, label_coefficients))
        )
        yield with_sharpness(moved, statement.sharpness())


def _ascending(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        flipped = [(family, value_of(instance, family)[::-1]) for family in (s, label_coefficients, e, w)]
        yield with_values(instance, *flipped)
