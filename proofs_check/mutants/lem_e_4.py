"""Wrong versions of Lemma E.4."""

import random
from collections.abc import Callable, Iterator

from sympy import Expr

from proofs_check.instances.activations import CONCRETE, orthogonal_samples, with_activation_flow
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.mutants import Mutant, with_claim, without_hypothesis
from theory.formulas.nonlinear import nonlinear_gradient
from theory.language.directional_derivative import smooth_gradient_is, smooth_rate_is_zero
from theory.language.indexed import IndexedArray
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.nonlinear_model import END, GENERAL, LINE, NORMS, START
from theory.setting.symbols import N, X, u, v, y
from theory.statements.lem_e_4 import GRADIENT, POINT, loss


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong imbalances, wrong gradients, samples that are not orthogonal."""

    def each(function: Callable[[Expr], Expr], first: IndexedArray) -> IndexedArray:
        before = X @ first
        return IndexedArray(function(before.expression), before.axes, before.indices)

    def first_part(first: IndexedArray) -> IndexedArray:
        return each(GENERAL.antiderivative, first)

    wrong: dict[str, Callable[[IndexedArray, Expr], Expr]] = {
        "factor 2 lost": lambda first, second: (first_part(first) / NORMS**2).total() - second**2,
        "s_n for s_n^2": lambda first, second: (first_part(first) / NORMS).total() * 2 - second**2,
        "s_n lost": lambda first, second: first_part(first).total() * 2 - second**2,
        "sign of v^2": lambda first, second: (first_part(first) / NORMS**2).total() * 2 + second**2,
        "v for v^2": lambda first, second: (first_part(first) / NORMS**2).total() * 2 - second,
        "phi for Phi": lambda first, second: (each(GENERAL.value, first) / NORMS**2).total() * 2 - second**2,
        "Definition 4.2's": lambda first, second: (first**2).total() - second**2,
        "v^2 lost": lambda first, second: (first_part(first) / NORMS**2).total() * 2,
    }
    for name, quantity in wrong.items():
        relation = equal(quantity(*END), quantity(*START))
        yield Mutant(f"conserved: {name}", with_claim(statement, "conserved", relation))
    for name in ("factor 2 lost", "s_n for s_n^2", "sign of v^2"):
        rate = smooth_rate_is_zero(wrong[name], POINT, GRADIENT)
        yield Mutant(f"rate: {name}", with_claim(statement, "rate", rate))

    def gradient(name: str, first: IndexedArray, second: Expr) -> Mutant:
        relation = smooth_gradient_is(loss, POINT, LINE, (first, second))
        return Mutant(f"gradient: {name}", with_claim(statement, "gradient", relation))

    first, second = nonlinear_gradient(X, y, u, v, GENERAL)
    yield gradient("1/N lost", first * N, second * N)
    yield gradient("sign", -first, -second)
    yield gradient("v lost", first / v, second)
    yield gradient("second layer doubled", first, 2 * second)
    yield Mutant(
        "samples that are not orthogonal", without_hypothesis(statement, "orthogonal-samples"), _not_orthogonal
    )


def _not_orthogonal(statement: Statement) -> Iterator[Instance]:
    source = random.Random(5)
    for _ in range(4):
        for activation in CONCRETE:
            instance = orthogonal_samples(source)
            data = value_of(instance, X).copy()
            data[0] = data[0] + data[-1] + data[0] * data[0]
            yield with_activation_flow(with_values(instance, (X, data)), activation)
