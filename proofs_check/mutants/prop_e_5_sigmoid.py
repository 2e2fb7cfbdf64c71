"""Wrong versions of Proposition E.5 for the sigmoid."""

from collections.abc import Iterator

from sympy import Expr, log

from proofs_check.mutants import Mutant, with_claim
from proofs_check.mutants.prop_e_5 import without_zero_loss
from proofs_check.proofs.prop_e_5_sigmoid import instances
from theory.formulas.nonlinear import SIGMOID, zero_loss_side
from theory.language.indexed import IndexedArray
from theory.language.relations import equal, less
from theory.language.statement import Statement
from theory.setting.nonlinear_model import NORMS
from theory.setting.symbols import C, v, y


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong factors, exponents, signs, domains and hypotheses."""
    side, ratios = zero_loss_side(NORMS, y, v, SIGMOID), y / v

    def claim(name: str, right: Expr, left: Expr = v**2 + C) -> Mutant:
        return Mutant(name, with_claim(statement, "side", equal(left, right)))

    yield claim("sign of C", side, v**2 - C)
    yield claim("v^2 lost", side, C)
    yield claim("factor 2 lost", side / 2)
    odds = ratios / (1 - ratios)
    logarithms = IndexedArray(log(odds.expression), odds.axes, odds.indices)
    yield claim("s_n for s_n^2", 2 * ((logarithms + odds) / NORMS).total())
    yield claim("logarithm lost", 2 * (odds / NORMS**2).total())
    yield claim("odds lost", 2 * (logarithms / NORMS**2).total())
    yield claim("sign of the odds", 2 * ((logarithms - odds) / NORMS**2).total())
    yield Mutant("domain: the other sign", with_claim(statement, "above-zero", less(ratios, 0)))
    yield Mutant("domain: below 1/4", with_claim(statement, "below-one", less(ratios * 4, 1)))
    yield Mutant("term: v lost", with_claim(statement, "term", equal(odds, y / (1 - y))))
    yield from without_zero_loss(statement, instances)
