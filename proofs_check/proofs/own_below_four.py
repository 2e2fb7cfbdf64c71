"""Proof: `lambda_1 rho = R <= eta S <= 4`, and then the ball is kept."""

import random
from collections.abc import Iterator

from flint import fmpq

from proofs_check.engine.proof import Step, fact
from proofs_check.instances.data_sets import COUNT, data_set, rational
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.instances.sharpness import with_sharpness
from proofs_check.methods.combination import Combination
from proofs_check.proofs import established
from proofs_check.proofs.own_blow_up import after_a_step
from proofs_check.proofs.own_size_sharpness import zero_coefficients
from theory.language.relations import at_most
from theory.language.statement import Statement
from theory.setting.symbols import eta, label_coefficients, s, u, v, w, y
from theory.statements.own_blow_up import C1
from theory.statements.own_radius_sharpness import COEFFICIENTS, PULL
from theory.statements.own_radius_sharpness import STATEMENT as RADIUS


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claims = statement.claims
    return [
        zero_coefficients(),
        Step(
            "pull",
            at_most(0, PULL),
            Combination(s[0] * v**2 * COEFFICIENTS[0] ** 2, rewrite=("zero-coefficients",)),
        ),
        Step("radius", RADIUS.claims["lower"], established("own-radius-sharpness", "lower")),
        Step(
            "inside",
            claims["inside"],
            Combination(fact("radius") + fact("below-four"), rewrite=("weights-in-top-mode",)),
        ),
        *(Step(name, claims[name], established("own-zero-labels", name)) for name in ("never-grows", "kept")),
    ]


def instances(statement: Statement) -> Iterator[Instance]:
    """Weights in the top mode, no labels; on the slow path `eta S` is 4 exactly."""
    source = random.Random(8)
    for number in range(COUNT):
        instance, _ = data_set(source)
        first, second = rational(source), rational(source)
        if number % 3 == 0:
            first = fmpq(0)
        if second == 0:
            second = fmpq(1)
        yield below(instance, statement, value_of(instance, w)[0] * first, first, second)


def below(instance: Instance, statement: Statement, weights: object, first: fmpq, second: fmpq) -> Instance:
    """The instance without labels at these weights, with a step size of at most `4/S`."""
    free = [(family, value_of(instance, family) * 0) for family in (y, label_coefficients)]
    placed = with_sharpness(with_values(instance, *free, (u, weights), (v, second), (C1, first)), statement.sharpness())
    top = placed.scalars[statement.sharpness().symbol]
    if not isinstance(top, fmpq):
        top = fmpq(int(top.upper().floor().unique_fmpz()) + 1)
    return after_a_step(with_values(placed, (eta, 4 / top)))
