"""Gradient flow from exact weights, enclosed: one step of a Taylor method with its remainder.

The coefficients of the solution follow from the field by power series. The remainder is the next coefficient over a
box that surely holds the whole solution: a box that the field, over the step, does not leave.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from flint import arb

from proofs_check.instances.instance import Array
from proofs_check.instances.truncated_series import Truncated
from theory.errors import StatementError

ORDER = 12
"""Order of the Taylor method."""


def flow(field: Callable[[Array], Array], start: Array, longest: int = 2) -> Array:
    """Weights at a later time, in balls, on the trajectory of `theta' = field(theta)` through the start.

    Args:
        field: polynomial in its entries, which may be numbers, balls or truncated power series.
        start: shape `(p,)`, exact.
        longest: the step is the longest of `2^-longest`, `2^-(longest + 2)`, ... that is shown not to leave its box.

    Raises:
        StatementError: no step down to `2^-40` is short enough.

    Examples:
        >>> end = flow(lambda x: -x, np.array([1], dtype=object))
        >>> bool(abs(end[0] - arb("-0.25").exp()) < 1e-12)
        True
    """
    start = np.array([arb(entry) for entry in start], dtype=object)
    for exponent in range(longest, 41, 2):
        step = arb(1) / 2**exponent
        box = _box(field, start, step)
        if box is not None:
            terms = _coefficients(field, start, ORDER)
            remainder = _coefficients(field, box, ORDER)[ORDER]
            end = remainder * step**ORDER
            for power in range(ORDER):
                end = end + terms[power] * step**power
            return np.asarray(end)
    raise StatementError("gradient flow leaves every box around its start: choose smaller weights")


def _box(field: Callable[[Array], Array], start: Array, step: arb) -> Array | None:
    """A box that the solution surely does not leave during the step, or None."""
    forth, both_ways = arb(0).union(step), (2 * step).union(-2 * step)
    box = start + field(start) * both_ways
    for _ in range(4):
        change = field(box)
        after = start + change * forth
        if all(outer.contains(inner) for outer, inner in zip(box, after, strict=True)):
            return np.asarray(box)
        box = start + change * both_ways
    return None


def _coefficients(field: Callable[[Array], Array], start: Array, order: int) -> list[Array]:
    """Coefficients 0 to `order` of the solution through the start, as a power series in time."""
    found = [start]
    for known in range(order):
        values = field(np.array([Truncated(tuple(entry)) for entry in np.array(found).T.tolist()], dtype=object))
        found.append(np.array([value.coefficients[known] / (known + 1) for value in values], dtype=object))
    return found
