"""Proof of Lemma 5.2 for two layers: along the negative gradient the imbalance has no coefficient of order 1."""

import random
from collections.abc import Iterator

import numpy as np

from proofs_check.engine.proof import Step
from proofs_check.instances.data_sets import COUNT, data_set, rational, vector
from proofs_check.instances.gradient_flow import with_flow
from proofs_check.instances.instance import Instance, with_values
from proofs_check.methods.combination import identity
from proofs_check.methods.conservation import Conservation
from theory.language.statement import Statement
from theory.setting.symbols import n_features, u, v
from theory.statements.lem_5_2_two_layer import DIRECTION, END, GRADIENT, POINT, START, imbalance


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claims = statement.claims
    return [
        Step("gradient", claims["gradient"], identity()),
        Step("rate", claims["rate"], identity("svd", "labels")),
        Step("conserved", claims["conserved"], Conservation("flow", imbalance, POINT, DIRECTION, GRADIENT)),
    ]


def instances(statement: Statement) -> Iterator[Instance]:
    """Trajectories from any weights, enclosed, and any weights and direction beside them."""
    source = random.Random(4)
    for _ in range(COUNT):
        instance, _ = data_set(source)
        size = instance.scalars[n_features]
        weights = with_values(instance, (u, vector(source, size)), (v, rational(source)))
        start = np.array([rational(source)], dtype=object)
        moved = with_flow(weights, START, END, start)
        yield with_values(moved, (DIRECTION[0], vector(source, size)), (DIRECTION[1], rational(source)))
