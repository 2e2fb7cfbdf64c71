"""Wrong versions of Definition E.3."""

from collections.abc import Iterator

from sympy import Expr

from proofs_check.mutants import Mutant, with_claim
from theory.formulas.nonlinear import IDENTITY, nonlinear_imbalance
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.hypotheses import squared_projection
from theory.setting.symbols import s, u, v, w


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong factors, exponents and signs."""
    right = statement.claims["linear"].right
    values = ((w @ u) * s) ** 2

    def left(name: str, value: Expr) -> Mutant:
        return Mutant(name, with_claim(statement, "linear", equal(value, right)))

    yield left("factor 2 lost", (values / 2 / s**2).total() - v**2)
    yield left("s_i for s_i^2", (values / s).total() - v**2)
    yield left("s_i lost", values.total() - v**2)
    yield left("sign of v^2", (values / s**2).total() + v**2)
    yield left("v for v^2", (values / s**2).total() - v)
    yield left("preactivations without s_i", nonlinear_imbalance(s, w @ u, v, IDENTITY))
    yield left("roles swapped", v**2 - squared_projection())
    yield left("||u||^2 for its projection", (u**2).total() - v**2)
