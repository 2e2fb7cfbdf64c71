"""What a formula asks of an array: NumPy's arrays of any kind of number have it, and so have those of symbolic size."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from theory.language.numbers import Number, is_indexed


class Array(Protocol):
    """Entries in one or two axes: a `numpy.ndarray`, or a `theory.language.indexed.IndexedArray`.

    A product with `@` is an array or, of two vectors, a number.
    """

    @property
    def ndim(self) -> int:
        """Number of axes."""

    @property
    def T(self) -> Any:  # noqa: N802 - NumPy's name
        """The transpose."""

    def __getitem__(self, position: int, /) -> Any: ...

    def __add__(self, other: Any, /) -> Any: ...

    def __radd__(self, other: Any, /) -> Any: ...

    def __sub__(self, other: Any, /) -> Any: ...

    def __rsub__(self, other: Any, /) -> Any: ...

    def __mul__(self, other: Any, /) -> Any: ...

    def __rmul__(self, other: Any, /) -> Any: ...

    def __truediv__(self, other: Any, /) -> Any: ...

    def __neg__(self) -> Any: ...

    def __pow__(self, exponent: int, /) -> Any: ...

    def __matmul__(self, other: Any, /) -> Any: ...


def row_count(matrix: Any) -> Number:
    """Number of rows: a symbol where the size is one.

    Examples:
        >>> row_count([[1, 2], [3, 4], [5, 6]])
        3
    """
    return matrix.axes[0].size if is_indexed(matrix) else len(matrix)


def outer(first: Any, second: Any) -> Any:
    """The products of an entry of one vector and an entry of another, as a matrix.

    Examples:
        >>> outer(np.array([1, 2]), np.array([3, 5])).tolist()
        [[3, 5], [6, 10]]
    """
    return first.outer(second) if is_indexed(first) else np.outer(first, second)
