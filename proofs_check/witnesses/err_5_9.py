"""One sample x = 1, y = 0 with u = 2, v = 1: the imbalance falls from 3 by 12 eta^2."""

from collections.abc import Sequence
from math import isqrt
from typing import Any

import numpy as np
from flint import fmpq

from proofs_check.instances.instance import Instance, with_values
from theory.language.indexed import label_of as label
from theory.language.statement import Statement
from theory.setting.symbols import N, X, e, eta, n_features, rank, s, u, v, w, y


def witness(statement: Statement) -> Instance:
    """Weights with C = 3 that gradient descent shrinks, the first layer faster."""
    return one_feature(labels=(0,), first_layer=2, second_layer=1)


def one_feature(labels: Sequence[int], first_layer: int, second_layer: int) -> Instance:
    """One feature, equal to 1 in every sample, and step size 1/10; the number of samples must be a square."""

    def entries(*values: int) -> np.ndarray[Any, Any]:
        return np.array([fmpq(value) for value in values], dtype=object)

    size = len(labels)
    length = isqrt(size)
    ones = entries(*[1] * size)
    decomposition = {
        label(X): ones.reshape(size, 1),
        label(e): ones.reshape(1, size) / length,
        label(s): entries(length),
        label(w): entries(1).reshape(1, 1),
    }
    instance = Instance({N: size, n_features: 1, rank: 1, eta: fmpq(1, 10)}, decomposition)
    return with_values(instance, (y, entries(*labels)), (u, entries(first_layer)), (v, fmpq(second_layer)))
