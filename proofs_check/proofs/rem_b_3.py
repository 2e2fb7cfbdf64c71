"""Proof of what holds at v = c_1 = 0: the direction w_1 gives 0, and Lemma B.3's upper bound needs nothing more."""

import random
from collections.abc import Iterator

import numpy as np
from flint import fmpq

from proofs_check.engine.proof import Step, fact
from proofs_check.instances.data_sets import data_set, orthogonal_part, vector
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.instances.sharpness import with_sharpness
from proofs_check.methods.combination import Combination
from proofs_check.methods.rayleigh import RayleighQuotient, squared_norm
from proofs_check.proofs.lem_b_3 import form, upper
from theory.bounds import pointwise
from theory.language.relations import at_most
from theory.language.statement import Statement
from theory.setting.symbols import N, S, n_features, s, spectrum, u, v, w

_at_the_origin = ("second-layer-zero",)


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    direction = (w.row(1), 0)
    return [
        Step(
            "quotient",
            at_most(form(*direction), S * squared_norm(direction)),
            RayleighQuotient(direction, ("svd", "labels")),
        ),
        Step("lower", statement.claims["lower"], Combination(fact("quotient"), _at_the_origin)),
        *upper("upper-anywhere", at_most(S, pointwise(spectrum, w @ u, v).upper)),
        Step(
            "upper",
            statement.claims["upper"],
            Combination(fact("upper-anywhere") + s[0] ** 2 * (w @ u)[0] * fact("first-mode-zero") / N, _at_the_origin),
        ),
    ]


def instances(statement: Statement) -> Iterator[Instance]:
    """Any data, a second layer of 0 and a first layer orthogonal to the first right singular vector; all zero."""
    source = random.Random(0)
    for _ in range(12):
        instance, _ = data_set(source)
        first_layer = orthogonal_part(vector(source, instance.scalars[n_features]), value_of(instance, w)[:1])
        yield with_sharpness(with_values(instance, (u, first_layer), (v, fmpq(0))), statement.sharpness())
    instance, _ = data_set(source, np.array([fmpq(0)], dtype=object))
    nothing = with_values(instance, (u, value_of(instance, w)[0] * 0), (v, fmpq(0)))
    yield with_sharpness(nothing, statement.sharpness())
