"""X = diag(5, 4), y = (0, 15): for squared weights V from 3 to 3.75 the sharpness rises with C.

There `N S = 16 V + 225 / V`, the second mode alone, falls in V, which falls in C; T_1 = 27/16 is at V = 3.
"""

from typing import Any

import numpy as np
from flint import fmpq

from proofs_check.instances.hessian import with_sharpness
from proofs_check.instances.instance import Instance, value_of, with_values
from theory.language.indexed import label_of as label
from theory.language.statement import Statement
from theory.setting.symbols import C, N, X, e, label_coefficients, n_features, rank, s, u, v, w, y
from theory.setting.two_minimizers import OTHER_C, OTHER_U, OTHER_V


def witness(statement: Statement) -> Instance:
    """Two minimizers of the same data set."""
    instance = diagonal_data((fmpq(5), fmpq(4)), (fmpq(0), fmpq(15)))
    return with_sharpness(with_minimizers(instance, fmpq(19, 10), fmpq(9, 5)), statement)


def with_minimizers(instance: Instance, *weights: Any) -> Instance:
    """Two minimizers with given second layers, and their imbalances."""
    output = value_of(instance, label_coefficients) / value_of(instance, s)
    for (first, second, imbalance), weight in zip(((u, v, C), (OTHER_U, OTHER_V, OTHER_C)), weights, strict=True):
        solution = output / weight
        instance = with_values(
            instance, (first, solution), (second, weight), (imbalance, solution @ solution - weight**2)
        )
    return instance


def diagonal_data(values: tuple[fmpq, fmpq], labels: tuple[fmpq, fmpq]) -> Instance:
    """Two samples along two axes."""
    unit = np.array([[fmpq(1), fmpq(0)], [fmpq(0), fmpq(1)]], dtype=object)
    singular, coefficients = np.array(values, dtype=object), np.array(labels, dtype=object)
    return Instance(
        {N: 2, n_features: 2, rank: 2},
        {
            label(X): unit * singular,
            label(y): coefficients,
            label(e): unit,
            label(w): unit,
            label(s): singular,
            label(label_coefficients): coefficients,
        },
        f"X = diag({values[0]}, {values[1]}), y = ({labels[0]}, {labels[1]})",
    )
