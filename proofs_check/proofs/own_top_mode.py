"""Proof of the law of blow-up with a drift: one step written in the modes."""

import random
from collections.abc import Iterator

from flint import fmpq

from proofs_check.engine.proof import Step
from proofs_check.instances.data_sets import COUNT, data_set, rational, vector
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.methods.combination import identity
from proofs_check.proofs.own_blow_up import after_a_step
from theory.language.statement import Statement
from theory.setting.symbols import N, eta, label_coefficients, n_features, s, u, v, w
from theory.statements.own_top_mode import DRIFT, FIRST, LABEL, SECOND

_letters = ("scaled-first", "scaled-second", "scaled-label", "drift")


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    step = ("svd", "labels", "step-first", "step-second", *_letters)
    return [Step(name, claim, identity(*step)) for name, claim in statement.claims.items()]


def instances(statement: Statement) -> Iterator[Instance]:
    """Any data, labels and weights, and a step size for which the scale is rational."""
    source = random.Random(0)
    for _ in range(COUNT):
        instance, _ = data_set(source)
        size = instance.scalars[N]
        root = fmpq(source.randint(1, 3), source.randint(1, 3))
        step = after_a_step(
            with_values(
                instance,
                (u, vector(source, instance.scalars[n_features])),
                (v, rational(source)),
                (eta, size * root**2),
            )
        )
        yield in_scaled_letters(step, root)


def in_scaled_letters(instance: Instance, root: fmpq) -> Instance:
    """The instance with the scaled weights, label and drift; `root` is `sqrt(eta / N)`."""
    values, labels = value_of(instance, s), value_of(instance, label_coefficients)
    coefficients = value_of(instance, w) @ value_of(instance, u)
    residuals = values * coefficients * instance.scalars[v] - labels
    pull = sum((values * coefficients * residuals)[1:], start=fmpq(0))
    return with_values(
        instance,
        (FIRST, coefficients[0] * values[0] * root),
        (SECOND, instance.scalars[v] * values[0] * root),
        (LABEL, root**2 * values[0] * labels[0]),
        (DRIFT, -(root**3) * values[0] * pull),
    )
