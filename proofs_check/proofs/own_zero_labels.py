"""Proof that weights inside the ball stay in it: the bound for any labels, at labels zero."""

import random
from collections.abc import Iterator
from typing import Any

from flint import fmpq

from proofs_check.engine.proof import Step, fact
from proofs_check.instances.data_sets import positive
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.methods.combination import Combination
from proofs_check.proofs import established, own_size
from proofs_check.proofs.own_blow_up import after_a_step
from theory.language.numbers import square, total
from theory.language.statement import Statement
from theory.setting.symbols import N, X, eta, s, u, v, w, y
from theory.statements.own_size import STATEMENT as ANY_LABELS
from theory.statements.own_size import TOP_RATE


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claims = statement.claims
    return [
        Step("increment-at-most", ANY_LABELS.claims["increment-at-most"], established("own-size", "increment-at-most")),
        Step("increment", claims["increment"], Combination(fact("increment-at-most"), ("zero-labels",))),
        Step(
            "never-grows",
            claims["never-grows"],
            Combination(fact("increment") + eta / N * square(v) * total(square(X @ u)) * fact("inside")),
        ),
        Step("kept", claims["kept"], Combination(fact("inside") + TOP_RATE * fact("never-grows"))),
    ]


def instances(statement: Statement) -> Iterator[Instance]:
    """Any data and weights, no labels, and a step size that puts the weights inside the ball or on its edge."""
    source = random.Random(1)
    for number, instance in enumerate(own_size.instances(ANY_LABELS)):
        yield without_labels(instance, fmpq(1) if number % 3 == 0 else 1 / (1 + positive(source)))


def without_labels(instance: Instance, share: fmpq) -> Instance:
    """The instance with labels zero and the step size that makes `lambda_1 rho = 4 share`."""
    size = squared_size_of(instance) * value_of(instance, s)[0] ** 2
    step_size = 4 * share * instance.scalars[N] / size if size else fmpq(1)
    return after_a_step(with_values(instance, (y, value_of(instance, y) * 0), (eta, step_size)))


def squared_size_of(instance: Instance) -> Any:
    """`rho` at an instance."""
    coefficients = value_of(instance, w) @ value_of(instance, u)
    return coefficients @ coefficients + instance.scalars[v] ** 2
