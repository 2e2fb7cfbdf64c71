"""X = diag(5, s), y = (0, d) at C = 0: `N S = 2 s d`, the second mode alone, falls with s, while Q = (d/s)^2 rises."""

import numpy as np
from flint import fmpq

from proofs_check.instances.hessian import with_sharpness
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.witnesses.err_4_4 import diagonal_data
from theory.errata.err_4_4_difficulty import (
    OTHER_E,
    OTHER_LABELS,
    OTHER_U,
    OTHER_V,
    OTHER_VALUES,
    OTHER_W,
    OTHER_X,
    OTHER_Y,
)
from theory.language.statement import Statement
from theory.setting.symbols import C, X, e, label_coefficients, s, u, v, w, y


def witness(statement: Statement) -> Instance:
    """Two data sets with the labels of one mode, d_2 = 19.6, at s_2 = 4.9 and s_2 = 3.6."""
    instance = _balanced(fmpq(49, 10), fmpq(2))
    other = _balanced(fmpq(36, 10), fmpq(7, 3))
    pairs = (
        (OTHER_X, X),
        (OTHER_Y, y),
        (OTHER_E, e),
        (OTHER_W, w),
        (OTHER_VALUES, s),
        (OTHER_LABELS, label_coefficients),
        (OTHER_U, u),
    )
    instance = with_values(instance, *((letter, value_of(other, twin)) for letter, twin in pairs))
    instance = with_values(instance, (OTHER_V, other.scalars[v]), (C, fmpq(0)))
    return with_sharpness(instance, statement)


def _balanced(second: fmpq, weight: fmpq) -> Instance:
    """The minimizer with `u_2 = v` for the label that it gives: `s v^2`, the same for both data sets."""
    labels = second * weight**2
    instance = diagonal_data((fmpq(5), second), (fmpq(0), labels))
    return with_values(instance, (u, np.array([fmpq(0), weight], dtype=object)), (v, weight))
