"""One decomposition of each matrix, whatever the order of its rows and columns and whoever computes it.

Singular vectors are free in their signs, and within the space of a singular value that is tied. Here the first vector
of such a space points along the projection of y on it, so that the coefficients of the others are 0 and the loss does
not depend on them; and the entry of `w_i` that is largest in magnitude is positive. Where entries of both signs tie for
that (to one part in a million), `d_i` is positive instead; where that is 0, the loss is the same either way.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theory.language.numbers import sqrt

Array = np.ndarray[Any, Any]

_TIE = 1e-6


def canonical(right: Array, coefficients: Array, spaces: Sequence[range]) -> tuple[Array, Array]:
    """Choose among all decompositions with the same singular values.

    Args:
        right: the `w_i^T` as rows, shape `(r, d)`, of float64 or any other kind of number.
        coefficients: the `d_i`, shape `(r,)`, of the same kind.
        spaces: which modes have the same singular value.

    Examples:
        >>> right, d = canonical(np.eye(2), np.array([3.0, 4.0]), [range(2)])
        >>> right[0].round(15).tolist(), d.tolist()
        ([0.6, 0.8], [5.0, 0.0])
    """
    right, coefficients = right.copy(), coefficients.copy()
    for space in spaces:
        if len(space) > 1:
            _turn(right[space.start : space.stop], coefficients[space.start : space.stop])
    signs = _signs(right.astype(np.float64), coefficients.astype(np.float64))
    if right.dtype == object:
        signs = signs.astype(int).astype(object)
    return right * signs[:, np.newaxis], coefficients * signs


def _turn(right: Array, coefficients: Array) -> None:
    """Reflect one space, in place, so that its first coefficient has all of the length (Householder)."""
    size = sqrt((coefficients * coefficients).sum())
    axis = coefficients / size if size > 0 else coefficients
    axis[0] = axis[0] - 1
    squared = (axis * axis).sum()
    if not squared > 0:  # nothing to turn: y has no part in the space, or along its first vector only
        return
    right -= np.outer(2 * axis / squared, axis @ right)
    coefficients[:] = 0 * coefficients
    coefficients[0] = size


def _signs(right: Array, coefficients: Array) -> Array:
    sizes = np.abs(right)
    leading = np.sign(right) * (sizes >= (1 - _TIE) * sizes.max(axis=1, keepdims=True))
    untied = np.abs(leading.sum(axis=1)) == np.abs(leading).sum(axis=1)
    signs = np.where(untied, np.sign(leading.sum(axis=1)), np.sign(coefficients))
    return np.where(signs < 0, -1.0, 1.0)
