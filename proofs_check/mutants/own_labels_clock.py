"""Wrong versions of how fast the labels can push weights out of the ball."""

from collections.abc import Iterator

from flint import fmpq
from sympy import sqrt

from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.mutants import Instances, Mutant, with_claim, without_hypothesis
from proofs_check.proofs import own_size
from proofs_check.proofs.own_labels_clock import instances, with_margin
from theory.language.relations import at_most
from theory.language.statement import Statement
from theory.setting.symbols import N, X, eta, v, y
from theory.statements.own_labels_clock import LABELS, LOSS_OF_MARGIN, MARGIN, NEXT_MARGIN, RESIDUALS
from theory.statements.own_size import NEXT_SIZE, SIZE
from theory.statements.own_size import STATEMENT as ANY_LABELS


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong factors, powers, senses and hypotheses; the tempting ones that labels leave the ball kept."""
    change, h = NEXT_SIZE - SIZE, eta / N

    def claim(name: str, which: str, left: object, right: object, where: Instances | None = None) -> Mutant:
        return Mutant(name, with_claim(statement, which, at_most(left, right)), where)

    yield claim("never grows inside the ball", "growth-at-most", change, 0)
    yield claim("the ball is kept", "margin-left", 0, NEXT_MARGIN, _near_the_edge)
    yield claim("growth: an eighth", "growth-at-most", change, h * LABELS / (2 * MARGIN))
    yield claim("growth: 1/N^2 for 1/N", "growth-at-most", change, h * LABELS / (N * MARGIN) / 2)
    yield claim("margin: a tenth of the loss", "margin-left", MARGIN - LOSS_OF_MARGIN / 10, NEXT_MARGIN)
    yield claim("margin: nothing lost", "margin-left", MARGIN, NEXT_MARGIN)
    yield claim("squared margin: nothing lost", "squared-margin-left", MARGIN**2, NEXT_MARGIN**2)
    yield claim("squared margin: reversed", "squared-margin-left", NEXT_MARGIN**2, MARGIN**2)
    norms = sqrt(RESIDUALS), sqrt(LABELS)
    yield claim("labels lost", "shrinks-far-from-the-labels", change, -h * norms[0] * MARGIN * norms[0])
    yield claim(
        "2 ||y|| for 4 ||y||",
        "shrinks-far-from-the-labels",
        change,
        h * norms[0] * (2 * norms[1] - MARGIN * norms[0]),
        _slow,
    )
    yield Mutant("any margin", without_hypothesis(statement, "margin"), _wider)


def _wider(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        yield with_values(instance, (MARGIN, instance.scalars[MARGIN] + 100))


def _near_the_edge(_: Statement) -> Iterator[Instance]:
    for instance in own_size.instances(ANY_LABELS):
        yield with_margin(instance, fmpq(99, 100))


def _slow(_: Statement) -> Iterator[Instance]:
    """Small steps along labels that point away from the output: `z` almost `-y`."""
    for instance in own_size.instances(ANY_LABELS):
        labels = value_of(instance, X) @ value_of(instance, X)[0] * instance.scalars[v]
        yield with_margin(with_values(instance, (y, labels)), fmpq(1, 50))
