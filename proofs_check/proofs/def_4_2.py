"""Proof of Definition 4.2's claims: what X sends to 0 is orthogonal to every right singular vector."""

from collections.abc import Iterator

from sympy import Sum

from proofs_check.engine.proof import Step, StepRecord, fact
from proofs_check.instances.data_sets import orthogonal_part
from proofs_check.instances.instance import value_of, with_values
from proofs_check.instances.real_data import digits, enclose_claims
from proofs_check.methods.combination import Combination, identity
from proofs_check.proofs import claims_of
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.symbols import N, X, e, modes, rank, s, samples, u, v, w
from theory.statements.def_4_2 import UNSEEN

_i, _n = modes.index(set()), samples.index(set())


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    seen = w @ u
    change = Sum(
        fact("orthogonal", _i) * (2 * seen.at(_i) + (w @ UNSEEN).at(_i)),
        (_i, 1, rank),
    )
    return [
        claim("output", Combination(fact("unseen", _n))),
        # s_i w_i^T q = e_i^T X q = 0, and s_i is positive.
        Step(
            "orthogonal",
            equal(w @ UNSEEN, 0),
            Combination(Sum(e.at(_i, _n) * fact("unseen", _n), (_n, 1, N)) / s.at(_i), rewrite=("svd",)),
        ),
        claim("imbalance", Combination(change)),
        claim("split", identity()),
        claim("at-most", Combination(((u - seen @ w) ** 2).total() - fact("split"))),
    ]


def on_real_data(statement: Statement) -> Iterator[StepRecord]:
    """The digits, with products of images as weights: partly outside the span of the images."""
    images = digits()
    rows = value_of(images, X)
    unseen = orthogonal_part(rows[0] * rows[0], value_of(images, w))
    yield from enclose_claims(statement, with_values(images, (UNSEEN, unseen), (u, rows[1] * rows[2]), (v, 3)))
