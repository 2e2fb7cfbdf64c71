"""A target as a sum of columns with numbers in front, some of which must not be negative, in exact rationals.

A solver in floating point says which columns take part; the numbers are then solved for exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from flint import fmpq, fmpq_mat

from proofs_check.engine.ring import Powers, Sparse, fraction


def weights(
    target: Sparse, columns: Sequence[Sparse], signed: Sequence[bool], liked: Sequence[float]
) -> list[Fraction] | None:
    """Numbers for the columns that add up to the target, or None.

    Args:
        target: what is to be reached.
        columns: what it is made of.
        signed: whether the column's number may be negative.
        liked: columns that are to take part, if that is possible, with how much; of the others as few as possible.
    """
    from scipy.optimize import linprog

    rows = {powers: k for k, powers in enumerate(dict.fromkeys(p for part in (target, *columns) for p in part))}
    table = np.zeros((len(rows), len(columns) + 1))
    for place, column in enumerate((*columns, target)):
        for powers, coefficient in column.items():
            table[rows[powers], place] = float(coefficient)
    matrix, goal, count = table[:, :-1], table[:, -1], len(columns)
    # A number that may be negative is a difference of two, so that few of them are wanted.
    doubled = np.hstack([matrix, -matrix[:, [k for k in range(count) if signed[k]]]]) if any(signed) else matrix
    costs = np.ones(doubled.shape[1]) - 1000 * np.array([*liked, *[0.0] * (doubled.shape[1] - count)])
    bounds = [(0, 1 if like else None) for like in liked] + [(0, None)] * (doubled.shape[1] - count)
    found = linprog(costs, A_eq=doubled, b_eq=goal, bounds=bounds, method="highs")
    if found.status != 0:
        return None
    answer = [float(value) for value in np.asarray(found.x)]
    values = answer[:count]
    for extra, place in enumerate(k for k in range(count) if signed[k]):
        values[place] -= answer[count + extra]
    return _exactly(target, columns, signed, values, rows)


def _exactly(
    target: Sparse,
    columns: Sequence[Sparse],
    signed: Sequence[bool],
    values: Sequence[float],
    rows: dict[Powers, int],
) -> list[Fraction] | None:
    support = [k for k, value in enumerate(values) if abs(value) > 1e-9]
    if not support:
        return [Fraction(0)] * len(columns) if not target else None
    table = fmpq_mat(len(rows), len(support) + 1, [0] * (len(rows) * (len(support) + 1)))
    for place, column in enumerate((*(columns[k] for k in support), target)):
        for powers, coefficient in column.items():
            table[rows[powers], place] = fmpq(coefficient.numerator, coefficient.denominator)
    reduced, rank = table.rref()
    leads = [next(k for k in range(len(support) + 1) if reduced[row, k] != 0) for row in range(rank)]
    if len(support) in leads:
        return None
    result = [Fraction(0)] * len(columns)
    free = [place for place in range(len(support)) if place not in leads]
    for place in free:  # any number will do: that of the solver, rounded
        result[support[place]] = Fraction(values[support[place]]).limit_denominator(1000)
    for row, lead in enumerate(leads):
        value = fraction(reduced[row, len(support)])
        result[support[lead]] = value - sum(
            (fraction(reduced[row, place]) * result[support[place]] for place in free), start=Fraction(0)
        )
    if any(value < 0 and not free_ for value, free_ in zip(result, signed, strict=True)):
        return None
    return result
