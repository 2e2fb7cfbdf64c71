"""Proof from Lemma B.3, whose second term is then not negative."""

import random
from collections.abc import Iterator
from typing import Any

from proofs_check.engine.proof import Step, fact
from proofs_check.instances.data_sets import positive
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.methods.combination import Combination
from proofs_check.proofs import established, lem_b_3
from theory.language.statement import Statement
from theory.setting.symbols import N, eta, label_coefficients, s, u, v, w
from theory.statements.lem_b_3 import STATEMENT as LEMMA
from theory.statements.own_radius_sharpness import COEFFICIENTS

_length = v**2 + COEFFICIENTS[0] ** 2


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    return [
        Step("pointwise", LEMMA.claims["lower"], established("lem-b.3", "lower")),
        Step(
            "lower",
            statement.claims["lower"],
            Combination(
                eta * fact("pointwise") + 2 * eta * s[0] / N * fact("pull") / _length, given=("not-both-zero",)
            ),
        ),
    ]


def instances(statement: Statement) -> Iterator[Instance]:
    """The lemma's instances in which the residual pulls the layers in."""
    for instance in with_step_sizes():
        if pull_of(instance) >= 0:
            yield instance


def with_step_sizes() -> Iterator[Instance]:
    """The lemma's instances with step sizes."""
    source = random.Random(7)
    for instance in lem_b_3.instances(LEMMA):
        yield with_values(instance, (eta, positive(source)))


def pull_of(instance: Instance) -> Any:
    """`v c_1 z_1` at an instance."""
    first, weight = (value_of(instance, w) @ value_of(instance, u))[0], instance.scalars[v]
    label = value_of(instance, label_coefficients)[0]
    return weight * first * (value_of(instance, s)[0] * first * weight - label)
