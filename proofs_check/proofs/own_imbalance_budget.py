"""Proof: Theorem 5.9 in every step, summed; `||X^T z||^2 <= s_1^2 ||z||^2`."""

import random
from collections.abc import Iterator
from typing import Any

import numpy as np
from flint import fmpq
from sympy import Sum

from proofs_check.engine.proof import Step, fact
from proofs_check.instances.data_sets import COUNT, data_set, positive, rational, vector
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.methods.combination import Combination
from theory.formulas.dynamics import gradient, step, two_layers
from theory.language.relations import at_most
from theory.language.statement import Statement
from theory.setting.steps import (
    OUTPUT_SLOPES,
    RUN_NEXT_U,
    RUN_NEXT_V,
    RUN_U,
    RUN_V,
    n_steps,
    residuals,
    steps,
)
from theory.setting.symbols import N, X, e, eta, modes, n_features, rank, s, samples, w, y
from theory.statements.own_imbalance_budget import END_C, NEEDED_C, START_C

_t, _i, _n = steps.index(set()), modes.index(set()), samples.index(set())
_z = residuals(RUN_U, RUN_V)
_in_modes = _z @ e.T


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claims = statement.claims
    descent = ("svd", "steps-first", "steps-second")
    outputs = (OUTPUT_SLOPES**2).total()
    smaller = Sum(fact("descending-squares", _i) * _in_modes.at(_t, _i) ** 2, (_i, 1, rank))
    rest = _z - _in_modes @ e
    bessel = s[0] ** 2 * Sum(rest.at(_t, _n) ** 2, (_n, 1, N))
    return [
        Step("increments", claims["increments"], Combination(-fact("consecutive"), rewrite=descent)),
        Step("path", claims["path"], Combination(-fact("consecutive"), rewrite=descent)),
        Step(
            "budget",
            claims["budget"],
            Combination(fact("needed") + fact("increments") + eta**2 / N**2 * outputs),
        ),
        Step("descending-squares", at_most(s**2, s[0] ** 2), Combination(fact("descending", _i) * (s[0] + s.at(_i)))),
        Step(
            "budget-in-losses",
            claims["budget-in-losses"],
            Combination(
                fact("budget") + eta**2 / N**2 * Sum(RUN_V.at(_t) ** 2 * (smaller + bessel), (_t, 1, n_steps)),
                rewrite=("svd",),
            ),
        ),
    ]


def instances(statement: Statement) -> Iterator[Instance]:
    """Runs of one to three steps on any data, labels and weights."""
    source = random.Random(7)
    for number in range(COUNT):
        instance, _ = data_set(source)
        yield a_run(
            with_values(instance, (y, vector(source, instance.scalars[N])), (eta, positive(source) / 8)),
            vector(source, instance.scalars[n_features]),
            rational(source),
            1 + number % 3,
        )


def a_run(instance: Instance, first: Any, second: fmpq, count: int) -> Instance:
    """The instance with so many steps of gradient descent from the weights, and the imbalances at both ends."""
    data, labels, right = value_of(instance, X), value_of(instance, y), value_of(instance, w)
    firsts, seconds = [first], [second]
    for _ in range(count):
        layers = two_layers(seconds[-1])
        slope = gradient(data, labels, firsts[-1], layers)
        following = step(firsts[-1], layers, slope, instance.scalars[eta])
        firsts.append(following[0])
        seconds.append(following[1])
    imbalances = [((right @ one) ** 2).sum() - other**2 for one, other in zip(firsts, seconds, strict=True)]
    return with_values(
        instance,
        (n_steps, count),
        (RUN_U, np.array(firsts[:-1], dtype=object)),
        (RUN_V, np.array(seconds[:-1], dtype=object)),
        (RUN_NEXT_U, np.array(firsts[1:], dtype=object)),
        (RUN_NEXT_V, np.array(seconds[1:], dtype=object)),
        (START_C, imbalances[0]),
        (END_C, imbalances[-1]),
        (NEEDED_C, imbalances[-1] - (0 if count % 2 else 1)),
    )
