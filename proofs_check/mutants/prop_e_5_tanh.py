"""Wrong versions of Proposition E.5 for the tanh."""

from collections.abc import Iterator

from sympy import Expr

from proofs_check.mutants import Mutant, with_claim
from proofs_check.mutants.prop_e_5 import without_zero_loss
from proofs_check.proofs.prop_e_5_tanh import instances
from theory.formulas.nonlinear import TANH, zero_loss_side
from theory.language.relations import equal, less
from theory.language.statement import Statement
from theory.setting.nonlinear_model import NORMS
from theory.setting.symbols import C, v, y


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong factors, exponents, signs, domains and hypotheses."""
    side, ratios = zero_loss_side(NORMS, y, v, TANH), y / v

    def claim(name: str, right: Expr, left: Expr = v**2 + C) -> Mutant:
        return Mutant(name, with_claim(statement, "side", equal(left, right)))

    yield claim("sign of C", side, v**2 - C)
    yield claim("v^2 lost", side, C)
    yield claim("factor 2 lost", side / 2)
    squares = ratios**2
    yield claim("s_n for s_n^2", (squares / (1 - squares) / NORMS).total())
    yield claim("v^2 + y^2 for v^2 - y^2", (squares / (1 + squares) / NORMS**2).total())
    yield claim("the identity's", (squares / NORMS**2).total())
    yield claim("y for y^2", (ratios / (1 - ratios) / NORMS**2).total())
    yield Mutant("domain: |y| above |v|", with_claim(statement, "domain", less(v**2, y**2)))
    yield Mutant("domain: |y| below |v|/10", with_claim(statement, "domain", less(y**2 * 100, v**2)))
    yield Mutant("term: v lost", with_claim(statement, "term", equal(squares / (1 - squares), y**2 / (1 - y**2))))
    yield from without_zero_loss(statement, instances)
