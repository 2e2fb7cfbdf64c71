"""X = diag(4, 1), y = (0, 48), u = (8, 8), v = 0: the imbalance falls from 128, and the sharpness ahead rises.

With `eta = 13/320` it falls to 1679/25. The squared weights at the minimizers are 16 and 25, and `N S = 16 V` there,
the first mode alone: 256 before the step and 400 after it. The threshold T_1 is 180.
"""

import numpy as np
from flint import fmpq

from proofs_check.instances.hessian import with_sharpness
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.witnesses.err_4_4 import diagonal_data, with_minimizers
from theory.errata.err_a import NEXT
from theory.language.statement import Statement
from theory.setting.hypotheses import START
from theory.setting.symbols import N, X, eta, y


def witness(statement: Statement) -> Instance:
    """The step, and the minimizers that the flow reaches from before and after it."""
    instance = diagonal_data((fmpq(4), fmpq(1)), (fmpq(0), fmpq(48)))
    data, labels = value_of(instance, X), value_of(instance, y)
    first, second, step_size = np.array([fmpq(8), fmpq(8)], dtype=object), fmpq(0), fmpq(13, 320)
    slope = data.T @ (data @ first * second - labels) * (step_size / instance.scalars[N])
    instance = with_values(
        instance,
        (eta, step_size),
        (START[0], first),
        (START[1], second),
        (NEXT[0], first - slope * second),
        (NEXT[1], second - slope @ first),
    )
    return with_sharpness(with_minimizers(instance, fmpq(4), fmpq(5)), statement)
