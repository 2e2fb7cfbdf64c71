"""Proof that Definition E.3 is Definition 4.2 where the activation is the identity."""

import random
from collections.abc import Iterator

from proofs_check.engine.proof import Step, StepRecord
from proofs_check.instances.data_sets import COUNT, data_set, rational, vector
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.instances.real_data import digits, enclose_claims
from proofs_check.methods.combination import identity
from theory.language.statement import Statement
from theory.setting.symbols import X, n_features, u, v


def proof(statement: Statement) -> list[Step]:
    """One identity."""
    return [Step("linear", statement.claims["linear"], identity())]


def instances(statement: Statement) -> Iterator[Instance]:
    """Data sets with any weights."""
    source = random.Random(0)
    for _ in range(COUNT):
        instance, _ = data_set(source)
        yield with_values(instance, (u, vector(source, instance.scalars[n_features])), (v, rational(source)))


def on_real_data(statement: Statement) -> Iterator[StepRecord]:
    """The digits, with the first image for a first layer."""
    instance = digits()
    yield from enclose_claims(statement, with_values(instance, (u, value_of(instance, X)[0]), (v, 1)))
