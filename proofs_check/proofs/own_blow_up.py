"""Proof of the law of blow-up: one step written in the modes, then two identities of two variables."""

import random
from collections.abc import Iterator

import numpy as np
from flint import fmpq

from proofs_check.engine.proof import Step
from proofs_check.instances.data_sets import COUNT, data_set, rational
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.methods.combination import Combination, identity
from theory.formulas.blow_up import squared_radius
from theory.language.statement import Statement
from theory.setting.symbols import N, X, e, eta, label_coefficients, u, v, w, y
from theory.statements.own_blow_up import C1, D1, FIRST, NEXT_U, NEXT_V, SECOND

_in_modes = ("svd", "labels", "label-in-top-mode", "weights-in-top-mode")


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claims = statement.claims
    step = (*_in_modes, "step-first", "step-second")
    escape = FIRST**2 * SECOND**2 * (squared_radius(FIRST, SECOND) - 4) ** 2
    return [
        Step("stays-in-top-mode", claims["stays-in-top-mode"], identity(*_in_modes, "step-first")),
        Step("scaled-first", claims["scaled-first"], identity(*_in_modes, "step-first")),
        Step("scaled-second", claims["scaled-second"], identity(*_in_modes, "step-second")),
        Step("increment", claims["increment"], identity(*step)),
        Step("side-kept", claims["side-kept"], identity()),
        Step("away-from-four", claims["away-from-four"], Combination(escape)),
    ]


def after_a_step(instance: Instance) -> Instance:
    """The instance with the weights after one step of gradient descent, computed from the data."""
    data, labels, first, second = (
        value_of(instance, X),
        value_of(instance, y),
        value_of(instance, u),
        instance.scalars[v],
    )
    size, step = instance.scalars[N], instance.scalars[eta]
    output = data @ first
    gradient = data.T @ (output * second - labels)
    return with_values(
        instance,
        (NEXT_U, first - gradient * (second * step / size)),
        (NEXT_V, second - (gradient @ first) * step / size),
    )


def instances(statement: Statement) -> Iterator[Instance]:
    """Data sets with labels and weights in the top mode, and a step size for which the scale is rational or not."""
    source = random.Random(0)
    for _ in range(COUNT):
        instance, r = data_set(source)
        first, label, second = rational(source), rational(source), rational(source)
        labels = np.array([label, *[fmpq(0)] * (r - 1)], dtype=object)
        size = instance.scalars[N]
        yield after_a_step(
            with_values(
                instance,
                (label_coefficients, labels),
                (y, labels @ value_of(instance, e)),
                (u, value_of(instance, w)[0] * first),
                (v, second),
                (C1, first),
                (D1, label),
                (eta, size * fmpq(source.randint(1, 3), source.randint(1, 3)) ** 2),
                (FIRST, rational(source)),
                (SECOND, rational(source)),
            )
        )
