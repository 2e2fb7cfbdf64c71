"""Wrong versions of the squared radius below `eta S`."""

from collections.abc import Iterator

from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.instances.sharpness import with_sharpness
from proofs_check.mutants import Mutant, with_claim, without_hypothesis
from proofs_check.proofs.own_radius_sharpness import with_step_sizes
from theory.language.relations import at_most, less
from theory.language.statement import Statement
from theory.setting.symbols import N, S, eta, label_coefficients, s, u, y
from theory.statements.own_radius_sharpness import RADIUS
from theory.statements.own_size import SIZE, TOP_RATE


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong factors and sums, the tempting `lambda_1 rho <= eta S`, and labels of any sign."""

    def claim(name: str, left: object, right: object = eta * S) -> Mutant:
        return Mutant(name, with_claim(statement, "lower", at_most(left, right)))

    yield claim("all modes: lambda_1 rho", TOP_RATE * SIZE)
    yield claim("three halves", RADIUS * 3 / 2 + 1)
    yield claim("doubled", 2 * RADIUS)
    yield claim("1/N lost", N * RADIUS)
    yield claim("s_1^4 for s_1^2", s[0] ** 2 * RADIUS)
    yield claim("reversed", eta * S, RADIUS)
    yield Mutant("strict", with_claim(statement, "lower", less(RADIUS, eta * S)), _slow_path)
    yield Mutant("a label that pushes the layers out", without_hypothesis(statement, "pull"), _any_pull)


def _slow_path(statement: Statement) -> Iterator[Instance]:
    """A first layer of zero and no labels: `R = eta S = lambda_1 v^2`."""
    for instance in with_step_sizes():
        free = [(family, value_of(instance, family) * 0) for family in (u, y, label_coefficients)]
        yield with_sharpness(with_values(instance, *free), statement.sharpness())


def _any_pull(_: Statement) -> Iterator[Instance]:
    yield from with_step_sizes()
