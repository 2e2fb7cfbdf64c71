"""Rank 1, s = 1, Q = 0.9^12, about 0.28: with two layers N S is 2 (0.9)^6, with three 3 (0.9)^8."""

import numpy as np
from flint import fmpq

from proofs_check.instances.hessian import with_sharpness
from proofs_check.instances.instance import Instance, with_values
from theory.errata.err_4_6 import DEEP_FIRST, DEEP_LATER, DEEP_SIZE
from theory.language.indexed import label_of as label
from theory.language.statement import Statement
from theory.setting.symbols import (
    D,
    N,
    X,
    e,
    label_coefficients,
    later_layers,
    n_features,
    n_later_layers,
    rank,
    s,
    u,
    w,
    y,
)


def witness(statement: Statement) -> Instance:
    """Balanced minimizers of one data point at depths 2 and 3."""
    root = fmpq(9, 10)
    one, labels = np.array([fmpq(1)], dtype=object), np.array([root**6], dtype=object)
    instance = Instance(
        {N: 1, n_features: 1, rank: 1, n_later_layers: 1, D: 2, DEEP_SIZE: 2},
        {
            label(X): one.reshape(1, 1),
            label(e): one.reshape(1, 1),
            label(w): one.reshape(1, 1),
            label(s): one,
            label(y): labels,
            label(label_coefficients): labels,
        },
    )
    instance = with_values(
        instance,
        (u, one * root**3),
        (later_layers, one * root**3),
        (DEEP_FIRST, one * root**2),
        (DEEP_LATER, np.array([root**2, root**2], dtype=object)),
    )
    return with_sharpness(instance, statement)
