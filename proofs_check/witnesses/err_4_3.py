"""X = I, y = (3, 4): with the axes in the other order, d_1 is 4 instead of 3."""

import numpy as np
from flint import fmpq

from proofs_check.instances.instance import Instance, with_values
from theory.errata.err_4_3 import OTHER_D, OTHER_E, OTHER_W
from theory.language.indexed import label_of as label
from theory.language.statement import Statement
from theory.setting.symbols import N, X, e, label_coefficients, n_features, rank, s, w, y


def witness(statement: Statement) -> Instance:
    """Two decompositions of the unit matrix."""
    zero, one = fmpq(0), fmpq(1)
    straight, crossed = (
        np.array(rows, dtype=object) for rows in (((one, zero), (zero, one)), ((zero, one), (one, zero)))
    )
    labels = np.array([fmpq(3), fmpq(4)], dtype=object)
    decomposition = {
        label(X): straight,
        label(e): straight,
        label(w): straight,
        label(s): np.array([one, one], dtype=object),
    }
    instance = Instance({N: 2, n_features: 2, rank: 2}, {**decomposition, label(label_coefficients): labels})
    return with_values(instance, (y, labels), (OTHER_E, crossed), (OTHER_W, crossed), (OTHER_D, labels[::-1]))
