"""Proof: an identity of three numbers; and a step multiplies a mode without a label by `1 - lambda_i v^2`."""

import random
from collections.abc import Iterator

import numpy as np
from flint import fmpq

from proofs_check.engine.proof import Step, fact
from proofs_check.instances.data_sets import COUNT, data_set, rational, vector
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.methods.combination import Combination, identity
from proofs_check.proofs.own_blow_up import after_a_step
from theory.language.numbers import square
from theory.language.relations import at_most
from theory.language.statement import Statement
from theory.setting.symbols import N, e, eta, label_coefficients, modes, n_features, s, u, v, w, y
from theory.statements.own_blow_up import D1, FIRST, SECOND
from theory.statements.own_one_mode import LABEL
from theory.statements.own_top_mode import OTHERS

_i = modes.index(set())
_rate = eta / N * s.at(_i) ** 2 * v**2


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claims = statement.claims
    before, residual = square(FIRST) - square(SECOND), square(FIRST * SECOND - LABEL)
    after, shrunk = claims["difference"].left, claims["difference"].right
    step = fact("others-step", _i)
    kept, moved = claims["others-step"].right, claims["others-step"].left
    return [
        Step("difference", claims["difference"], identity()),
        Step(
            "toward-balance",
            claims["toward-balance"],
            Combination(square(before) * residual * fact("residual") + fact("difference") * (after + shrunk)),
        ),
        Step("others-step", claims["others-step"], identity("svd", "labels", "label-in-top-mode", "step-first")),
        Step("descending-squares", at_most(s**2, s[0] ** 2), Combination(fact("descending", _i) * (s[0] + s.at(_i)))),
        Step(
            "rates",
            at_most(s**2 * (eta * v**2 / N), 2),
            Combination(fact("rate") + eta * v**2 / N * fact("descending-squares", _i)),
        ),
        Step(
            "others-shrink",
            claims["others-shrink"],
            Combination(OTHERS.at(_i) * (w @ u).at(_i) ** 2 * _rate * fact("rates", _i) + step * (kept + moved)),
        ),
    ]


def instances(statement: Statement) -> Iterator[Instance]:
    """A label in the top mode alone, any weights, a step size within the rate; three numbers with z^2 <= 2."""
    source = random.Random(10)
    for number in range(COUNT):
        instance, r = data_set(source)
        label, second = rational(source), rational(source)
        labels = np.array([label, *[fmpq(0)] * (r - 1)], dtype=object)
        top = (value_of(instance, s)[0] * second) ** 2 / instance.scalars[N]
        first, other = rational(source), rational(source)
        yield after_a_step(
            with_values(
                instance,
                (label_coefficients, labels),
                (y, labels @ value_of(instance, e)),
                (u, vector(source, instance.scalars[n_features])),
                (v, second),
                (D1, label),
                (eta, fmpq(2, 1 + number % 3) / top if top else fmpq(1)),
                (FIRST, first),
                (SECOND, other),
                (LABEL, first * other - fmpq(number % 6, 5)),
            )
        )
