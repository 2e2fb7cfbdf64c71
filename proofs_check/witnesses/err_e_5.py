"""Two orthogonal samples with the labels +1 and -1: `v sigma(h)` has the sign of v at both."""

import numpy as np
from flint import fmpq

from proofs_check.instances.instance import Instance
from theory.language.indexed import label_of as label
from theory.language.statement import Statement
from theory.setting.nonlinear_model import DIRECTIONS, NORMS
from theory.setting.symbols import N, X, n_features, y


def witness(statement: Statement) -> Instance:
    """`X` the identity, `y = (1, -1)`."""
    unit = np.array([[fmpq(1), fmpq(0)], [fmpq(0), fmpq(1)]], dtype=object)
    labels = np.array([fmpq(1), fmpq(-1)], dtype=object)
    return Instance(
        {N: 2, n_features: 2},
        {
            label(X): unit,
            label(y): labels,
            label(NORMS): np.array([fmpq(1), fmpq(1)], dtype=object),
            label(DIRECTIONS): unit,
        },
    )
