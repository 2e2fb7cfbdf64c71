"""Proof of Lemma B.1: eigenvectors by hand, the other eigenvalues by elimination, the norm by Lagrange's identity."""

from collections.abc import Iterator

import numpy as np
from flint import arb, fmpq
from sympy import Sum

from proofs_check.engine.proof import Step, StepRecord, fact
from proofs_check.instances.instance import value_of, with_values
from proofs_check.instances.real_data import digits, enclose_claims
from proofs_check.lemmas.minors import minors
from proofs_check.methods.combination import Combination, identity
from proofs_check.proofs import claims_of
from theory.language.statement import Statement
from theory.setting.symbols import X, features, n_features, y
from theory.statements.lem_b_1 import BORDER, EIGENVALUE, EIGENVECTOR, EIGENVECTOR_LAST, ORTHOGONAL, VECTOR, VECTOR_LAST

_k = features.index(set())
_l = features.index({_k.name})


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    b, h = BORDER, VECTOR
    # With lambda x = b t and lambda t = b.x: lambda^2 t = b.(lambda x) = ||b||^2 t.
    eliminated = EIGENVALUE * fact("eigenvector-last") + Sum(
        b.at(_l) * fact("eigenvector-first", _l), (_l, 1, n_features)
    )
    return [
        claim("plus-first", identity()),
        claim("plus-last", identity()),
        claim("minus-first", identity()),
        claim("minus-last", identity()),
        claim("kernel", Combination(fact("orthogonal"))),
        claim("only-last", Combination(-EIGENVALUE * eliminated)),
        claim(
            "only-first",
            Combination(-b.at(_k) * eliminated - (EIGENVALUE**2 - (b**2).total()) * fact("eigenvector-first", _k)),
        ),
        claim("norm", Combination(minors(b, h))),
    ]


def on_real_data(statement: Statement) -> Iterator[StepRecord]:
    """The border is the gradient of the digits' loss in the first layer at u = 0, v = -1, times N: X^T y."""
    images = digits()
    border = value_of(images, X).T @ value_of(images, y)
    norm = arb((border**2).sum()).sqrt()
    orthogonal = np.array([fmpq(0)] * len(border), dtype=object)
    first, second = np.flatnonzero(border)[:2]
    orthogonal[first], orthogonal[second] = border[second], -border[first]
    yield from enclose_claims(
        statement,
        with_values(
            images,
            (BORDER, border),
            (EIGENVALUE, norm),
            (EIGENVECTOR, border),
            (EIGENVECTOR_LAST, norm),
            (VECTOR, value_of(images, X)[0]),
            (VECTOR_LAST, fmpq(1)),
            (ORTHOGONAL, orthogonal),
        ),
    )
