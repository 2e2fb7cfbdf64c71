"""Wrong versions of `eta S` below three halves of `lambda_1 rho`."""

from collections.abc import Iterator

from sympy import Rational

from proofs_check.instances.instance import Instance
from proofs_check.mutants import Mutant, with_claim, without_hypothesis
from proofs_check.proofs.own_radius_sharpness import with_step_sizes
from theory.language.relations import at_most, less
from theory.language.statement import Statement
from theory.setting.symbols import N, S, eta, s
from theory.statements.own_radius_sharpness import RADIUS
from theory.statements.own_size import SIZE, TOP_RATE


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong factors and sums, and labels."""

    def claim(name: str, right: object) -> Mutant:
        return Mutant(name, with_claim(statement, "upper", at_most(eta * S, right)))

    yield claim("1 for 3/2", TOP_RATE * SIZE)
    yield claim("4/3 for 3/2", Rational(4, 3) * TOP_RATE * SIZE)
    yield claim("1/N^2 for 1/N", Rational(3, 2) * TOP_RATE * SIZE / N)
    yield claim("s_1^0", Rational(3, 2) * TOP_RATE * SIZE / s[0] ** 2)
    yield claim("half of the top mode alone", RADIUS / 2)
    strict = less(eta * S, Rational(3, 2) * TOP_RATE * SIZE)
    yield Mutant("strict", with_claim(statement, "upper", strict))
    yield Mutant("with labels", without_hypothesis(statement, "zero-labels"), _with_labels)


def _with_labels(_: Statement) -> Iterator[Instance]:
    yield from with_step_sizes()
