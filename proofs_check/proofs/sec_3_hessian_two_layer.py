"""Proof of the two-layer Hessian: both sides are the same polynomial."""

from collections.abc import Iterator

import numpy as np
from flint import fmpq

from proofs_check.engine.proof import Step, StepRecord
from proofs_check.instances.instance import value_of, with_values
from proofs_check.instances.real_data import digits, enclose_claims
from proofs_check.methods.combination import identity
from proofs_check.proofs import claims_of
from theory.language.statement import Statement
from theory.setting.symbols import X, n_features, u, v
from theory.statements.sec_3_hessian_two_layer import FIRST, SECOND


def proof(statement: Statement) -> list[Step]:
    """One identity."""
    claim = claims_of(statement)
    return [claim("quadratic-form", identity())]


def on_real_data(statement: Statement) -> Iterator[StepRecord]:
    """The digits, at weights 1/64 and 1/2, towards the first image."""
    images = digits()
    weights = np.array([fmpq(1, 64)] * images.scalars[n_features], dtype=object)
    yield from enclose_claims(
        statement,
        with_values(images, (u, weights), (v, fmpq(1, 2)), (FIRST, value_of(images, X)[0]), (SECOND, fmpq(1))),
    )
