"""Wrong versions of Proposition E.5."""

from collections.abc import Iterator

from sympy import Expr

from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.mutants import Instances, Mutant, with_claim, without_hypothesis
from proofs_check.proofs.prop_e_5 import instances
from theory.formulas.nonlinear import zero_loss_side
from theory.language.indexed import IndexedArray
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.nonlinear_model import GENERAL, NORMS
from theory.setting.symbols import C, v, y


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong factors, exponents, signs and hypotheses."""
    side = zero_loss_side(NORMS, y, v, GENERAL)

    def composed(ratios: IndexedArray) -> IndexedArray:
        return IndexedArray(GENERAL.antiderivative_of_value(ratios.expression), ratios.axes, ratios.indices)

    def claim(name: str, left: Expr, right: Expr) -> Mutant:
        return Mutant(name, with_claim(statement, "side", equal(left, right)))

    yield claim("sign of C", v**2 - C, side)
    yield claim("v for v^2", v + C, side)
    yield claim("v^2 lost", C, side)
    yield claim("C lost", v**2, side)
    yield claim("factor 2 lost", v**2 + C, side / 2)
    yield claim("s_n for s_n^2", v**2 + C, 2 * (composed(y / v) / NORMS).total())
    yield claim("y_n for y_n / v", v**2 + C, 2 * (composed(y) / NORMS**2).total())
    yield claim("y_n v for y_n / v", v**2 + C, 2 * (composed(y * v) / NORMS**2).total())
    yield from without_zero_loss(statement, instances)


def without_zero_loss(statement: Statement, instances: Instances) -> Iterator[Mutant]:
    """Labels that the weights do not give, and an imbalance that is not theirs."""

    def halved_labels(statement: Statement) -> Iterator[Instance]:
        for instance in instances(statement):
            yield with_values(instance, (y, value_of(instance, y) / 2))

    def other_imbalance(statement: Statement) -> Iterator[Instance]:
        for instance in instances(statement):
            yield with_values(instance, (C, instance.scalars[C] + 1))

    yield Mutant("not a minimizer", without_hypothesis(statement, "minimizer"), halved_labels)
    yield Mutant("another imbalance", without_hypothesis(statement, "imbalance"), other_imbalance)
