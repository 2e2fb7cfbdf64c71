"""The bordered matrix of Lemma B.1: `[[0, b], [b^T, 0]]`, a zero block with one border."""

from __future__ import annotations

from typing import Any

from theory.language.arrays import Array
from theory.language.numbers import Number, plain, sqrt, square, total


def bordered_product(border: Array, first: Array, last: Number) -> tuple[Any, Number]:
    """Product of `[[0, b], [b^T, 0]]` and the vector `(x, t)`: `(b t, b^T x)`.

    Args:
        border: `b`, shape `(d,)`.
        first: `x`, shape `(d,)`.
        last: `t`.

    Examples:
        >>> import numpy as np
        >>> first, last = bordered_product(np.array([3.0, 4.0]), np.array([3.0, 4.0]), 5.0)
        >>> first.tolist(), float(last)
        ([15.0, 20.0], 25.0)
    """
    return border * last, border @ first


def bordered_norm(border: Array) -> Number:
    """Spectral norm of `[[0, b], [b^T, 0]]`: `||b||` (Lemma B.1).

    Args:
        border: `b`, shape `(d,)`.

    Examples:
        >>> import numpy as np
        >>> bordered_norm(np.array([3.0, 4.0]))
        5.0
    """
    return plain(sqrt(total(square(border))))
