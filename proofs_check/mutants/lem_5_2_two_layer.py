"""Wrong versions of Lemma 5.2 for two layers."""

from collections.abc import Callable, Iterator

from sympy import Expr

from proofs_check.mutants import Mutant, with_claim
from theory.formulas.model import residual
from theory.language.calculus import gradient_is, rate_is_zero
from theory.language.indexed import IndexedArray
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.hypotheses import squared_projection
from theory.setting.symbols import N, X, u, v, y
from theory.statements.lem_5_2_two_layer import DIRECTION, END, GRADIENT, POINT, START, two_layer_loss

Quantity = Callable[[IndexedArray, Expr], Expr]


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong signs, factors and exponents, in what is conserved and in the gradient."""
    first, second = GRADIENT
    errors = residual(X, y, u, v)

    def conserved(name: str, quantity: Quantity) -> Mutant:
        return Mutant(f"conserved: {name}", with_claim(statement, "conserved", equal(quantity(*END), quantity(*START))))

    def rate(name: str, quantity: Quantity) -> Mutant:
        return Mutant(f"rate: {name}", with_claim(statement, "rate", rate_is_zero(quantity, POINT, GRADIENT)))

    def gradient(name: str, *slopes: Expr | IndexedArray) -> Mutant:
        claim = gradient_is(two_layer_loss, POINT, DIRECTION, slopes)
        return Mutant(f"gradient: {name}", with_claim(statement, "gradient", claim))

    yield conserved("sum for difference", lambda a, b: squared_projection(a) + b**2)
    yield conserved("v for v^2", lambda a, b: squared_projection(a) - b)
    yield conserved("twice v^2", lambda a, b: squared_projection(a) - 2 * b**2)
    yield conserved("v alone", lambda a, b: b)
    yield rate("sum for difference", lambda a, b: squared_projection(a) + b**2)
    yield rate("v^4", lambda a, b: squared_projection(a) - b**4)
    yield gradient("1/N lost", first * N, second * N)
    yield gradient("v lost", (X.T @ errors) / N, second)
    yield gradient("residual without labels", first, (X @ u) @ (X @ u) * v / N)
    yield gradient("wrong sign", -first, -second)
