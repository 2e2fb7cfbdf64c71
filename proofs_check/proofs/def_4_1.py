"""Proof of Definition 4.1's claims: a solution's rows are fixed by the data, and Bessel's gap is a sum of squares."""

from collections.abc import Iterator

import numpy as np
from flint import fmpq
from sympy import Sum

from proofs_check.engine.proof import Step, StepRecord, fact
from proofs_check.instances.data_sets import orthogonal_part
from proofs_check.instances.instance import value_of, with_values
from proofs_check.instances.real_data import digits, enclose_claims
from proofs_check.methods.combination import Combination, identity
from proofs_check.proofs import claims_of
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.symbols import N, e, label_coefficients, modes, rank, s, samples, w
from theory.statements.def_4_1 import LEAST_SOLUTION, SOLUTION

_i, _n = modes.index(set()), samples.index(set())


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    return [
        claim("solves", identity("svd", "labels")),
        claim("norm", identity()),
        Step(
            "coefficients-of-a-solution",
            equal((w @ SOLUTION) * s, label_coefficients),
            Combination(Sum(e.at(_i, _n) * fact("solution", _n), (_n, 1, N)), rewrite=("svd", "labels")),
        ),
        claim(
            "least",
            Combination(
                ((SOLUTION - LEAST_SOLUTION) ** 2).total()
                - 2
                * Sum(label_coefficients.at(_i) / s.at(_i) ** 2 * fact("coefficients-of-a-solution", _i), (_i, 1, rank))
            ),
        ),
    ]


def on_real_data(statement: Statement) -> Iterator[StepRecord]:
    """The digits, at a solution longer than the least one: the part of the middle pixel outside their span is added."""
    instance = digits()
    pixel = np.array([fmpq(int(k == 27)) for k in range(64)], dtype=object)
    outside = orthogonal_part(pixel, value_of(instance, w))
    least = (value_of(instance, label_coefficients) / value_of(instance, s)) @ value_of(instance, w)
    yield from enclose_claims(statement, with_values(instance, (SOLUTION, least + outside)))
