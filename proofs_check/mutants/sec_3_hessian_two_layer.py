"""Wrong versions of the two-layer Hessian."""

from collections.abc import Iterator

from sympy import Expr

from proofs_check.mutants import Mutant, with_claim
from theory.formulas.model import residual
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.symbols import N, X, u, v, y
from theory.statements.sec_3_hessian_two_layer import FIRST, SECOND


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong factors, signs and blocks."""
    left = statement.claims["quadratic-form"].left
    output, moved = X @ u, X @ FIRST
    square, cross = (moved**2).total(), moved @ (output * v)
    errors = moved @ residual(X, y, u, v)
    last = (output**2).total()

    def form(name: str, value: Expr, size: Expr = N) -> Mutant:
        return Mutant(name, with_claim(statement, "quadratic-form", equal(left, value / size)))

    true = v**2 * square + 2 * SECOND * (cross + errors) + SECOND**2 * last
    yield form("1/N lost", true * N)
    yield form("factor 1/2", true / 2)
    yield form("residual lost: Gauss-Newton everywhere", v**2 * square + 2 * SECOND * cross + SECOND**2 * last)
    yield form("residual with the wrong sign", v**2 * square + 2 * SECOND * (cross - errors) + SECOND**2 * last)
    yield form("border counted once", v**2 * square + SECOND * (cross + errors) + SECOND**2 * last)
    yield form("v for v^2", v * square + 2 * SECOND * (cross + errors) + SECOND**2 * last)
    yield form("v^2 in the last entry", v**2 * square + 2 * SECOND * (cross + errors) + SECOND**2 * v**2 * last)
    yield form("labels in the last entry", v**2 * square + 2 * SECOND * (cross + errors) + SECOND**2 * (y @ y))
    yield form("border lost", v**2 * square + SECOND**2 * last)
