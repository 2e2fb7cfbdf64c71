"""Wrong versions of equation (18)."""

from collections.abc import Iterator
from typing import Any

from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.instances.sharpness import with_sharpness
from proofs_check.mutants import Mutant, with_claim, without_hypothesis
from proofs_check.proofs.eq_18 import instances
from theory.formulas.deep_model import layer_product, product_of_others
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement
from theory.setting.symbols import N, S, X, later_layers, u, y
from theory.statements.eq_18 import CHANGE, DIRECTION, EIGENVALUE, EIGENVECTOR, FIRST, IMAGE, KERNEL, LATER


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong powers, lost terms and factors, senses, lost hypotheses."""
    product, output = layer_product(later_layers), X @ u
    stretch = (product_of_others(later_layers) ** 2).total()
    gram, outer = X @ X.T, output.outer(output)

    def claim(name: str, left: Any, right: Any) -> Mutant:
        return Mutant(f"{name}", with_claim(statement, name.partition(":")[0], equal(left, right)))

    left = statement.claims["kernel"].left
    kernels = {
        "kernel: P for P^2": gram * product + outer * stretch,
        "kernel: second term lost": gram * product**2,
        "kernel: one layer counted": gram * product**2 + outer,
        "kernel: P^2 in both terms": gram * product**2 + outer * product**2,
        "kernel: labels for outputs": gram * product**2 + y.outer(y) * stretch,
    }
    for name, kernel in kernels.items():
        yield claim(name, left, kernel.expression)
    jacobian = statement.claims["jacobian"].left
    yield claim("jacobian: first layer alone", jacobian, (FIRST @ DIRECTION[0]).expression)
    yield claim("jacobian: later layers alone", jacobian, (LATER @ DIRECTION[1]).expression)
    yield claim("jacobian: P lost", jacobian, (X @ DIRECTION[0] + LATER @ DIRECTION[1]).expression)
    form = statement.claims["gauss-newton"].left
    yield claim("gauss-newton: 1/N lost", form, (CHANGE**2).total())
    yield claim("gauss-newton: factor 1/2", form, (CHANGE**2).total() / (2 * N))
    yield Mutant(
        "no larger eigenvalue: strictly", with_claim(statement, "no-larger-eigenvalue", less(EIGENVALUE, N * S))
    )
    yield Mutant("no larger eigenvalue: N lost", with_claim(statement, "no-larger-eigenvalue", at_most(EIGENVALUE, S)))
    yield Mutant("every eigenvalue", with_claim(statement, "no-larger-eigenvalue", equal(EIGENVALUE, N * S)))
    image = statement.claims["attained"].left
    yield claim("attained: N lost", image, (IMAGE * S).expression)
    yield claim("attained: squared", (KERNEL @ (KERNEL @ IMAGE)).expression, (IMAGE * (N * S)).expression)
    yield Mutant("not a minimizer", without_hypothesis(statement, "minimizer"), _beside_the_minimizer)
    yield Mutant("any vector", without_hypothesis(statement, "kernel-eigenvector"), _any_eigenvalue)


def _beside_the_minimizer(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        zero = [(letter, value_of(instance, letter) * 0) for letter in EIGENVECTOR]
        moved = with_values(instance, (y, 3 * value_of(instance, y)), *zero)
        yield with_sharpness(moved, statement.sharpness())


def _any_eigenvalue(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        yield with_values(instance, (EIGENVALUE, 2 * instance.scalars[N] * instance.scalars[S]))
