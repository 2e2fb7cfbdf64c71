"""Wrong versions of what holds at v = c_1 = 0."""

from collections.abc import Iterator

from flint import fmpq
from sympy import Expr, sqrt

from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.instances.sharpness import with_sharpness
from proofs_check.mutants import Mutant, with_claim, without_hypothesis
from proofs_check.proofs.rem_b_3 import instances
from theory.language.relations import at_most, less
from theory.language.statement import Statement
from theory.setting.symbols import N, S, e, label_coefficients, s, v, w
from theory.statements.rem_b_3 import BOUNDS, COEFFICIENTS


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong factors, terms lost, senses and hypotheses."""
    c, d = COEFFICIENTS, label_coefficients
    output, norm = ((s * c) ** 2).total(), sqrt(((s * d) ** 2).total())

    def upper(name: str, value: Expr) -> Mutant:
        return Mutant(f"upper bound: {name}", with_claim(statement, "upper", at_most(S, value)))

    yield Mutant("lower bound: s_1^2 / N", with_claim(statement, "lower", at_most(s[0] ** 2 / N, S)))
    yield Mutant("lower bound: reversed", with_claim(statement, "lower", at_most(S, BOUNDS.lower)))
    yield Mutant("lower bound: strict", with_claim(statement, "lower", less(BOUNDS.lower, S)))
    yield upper("1/N^2 for 1/N", BOUNDS.upper / N)
    yield upper("||X^T y|| lost", output / N)
    yield upper("||Xu||^2 lost", norm / N)
    yield upper("half of ||X^T y||", (output + norm / 2) / N)
    yield upper("||y|| for ||X^T y||", (output + sqrt((d**2).total())) / N)
    yield upper("||Xu|| for ||Xu||^2", (sqrt(output) + norm) / N)
    yield Mutant("any second layer", without_hypothesis(statement, "second-layer-zero"), _second_layer_moved)
    yield Mutant("any first layer", without_hypothesis(statement, "first-mode-zero"), _in_another_order)


def _second_layer_moved(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        yield with_sharpness(with_values(instance, (v, fmpq(3))), statement.sharpness())


def _in_another_order(statement: Statement) -> Iterator[Instance]:
    """The first mode exchanged with the last, which the first layer need not be orthogonal to."""
    for instance in instances(statement):
        values = value_of(instance, s)
        if values[0] == values[-1]:
            flipped = [(family, value_of(instance, family)[::-1]) for family in (s, label_coefficients, e, w)]
            yield with_values(instance, *flipped)
