"""What other libraries hold, as NumPy arrays: frames, sparse matrices, tensors, masked arrays.

None of these libraries is imported here: a frame has columns, a sparse matrix can be made dense, a tensor offers
`__array__` or `__dlpack__`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from numbers import Rational
from typing import Any

import numpy as np
from numpy.typing import NDArray

from theory.errors import DataFileError, NotFiniteError, ShapeError

_LARGEST_DENSE = 16 * 2**30  # bytes


def plain_array(place: object, what: str, values: Any) -> NDArray[Any]:
    """Give what `values` holds, in the type in which it is stored.

    Args:
        place: the data set, for messages.
        what: the array, likewise.
        values: anything with `__array__` or `__dlpack__`, a sparse matrix, a frame, or nested sequences.

    Raises:
        ShapeError: it cannot be read as an array, or a column of a frame holds no numbers.
        NotFiniteError: entries are masked.
        DataFileError: a sparse matrix that would be too large if it were dense.

    Examples:
        >>> plain_array("mine", "X", [[1, 2], [3, 4]]).shape
        (2, 2)
    """
    if column_names(values) is not None:
        return stacked(place, _frame_columns(values))
    if hasattr(values, "toarray"):
        size = 8.0 * np.prod([float(length) for length in values.shape])
        if size > _LARGEST_DENSE:
            raise DataFileError(f"{place}: {what} takes {size / 2**30:.3g} GiB if it is not sparse; take fewer samples")
        values = values.toarray()
    if hasattr(values, "detach") and hasattr(values, "cpu"):  # a tensor of PyTorch, in whatever memory
        values = values.detach().cpu()
        if str(values.dtype) == "torch.bfloat16":  # NumPy has no such type
            values = values.float()
    try:
        use_dlpack = hasattr(values, "__dlpack__") and not hasattr(values, "__array__")
        array = np.from_dlpack(values) if use_dlpack else np.ma.asanyarray(values)
    except (TypeError, ValueError, RuntimeError, BufferError) as error:
        if isinstance(values, (list, tuple)) and "inhomogeneous" in str(error):
            raise ShapeError(f"{place}: the rows of {what} have different lengths; give a full array") from None
        reason = " ".join(str(error).split())
        raise ShapeError(f"{place}: {what} cannot be read as an array ({reason}); make it one of NumPy's") from None
    if isinstance(array, np.ma.MaskedArray):
        _refuse_masked(place, what, array)
    array = np.asarray(array)
    if array.dtype.name == "bfloat16":  # of JAX
        array = array.astype(np.float32)
    return array


def title(names: Sequence[str] | None, column: int) -> str:
    """Name a column for people.

    Examples:
        >>> title(("a", ""), 0), title(("a", ""), 1), title(None, 2)
        ("column 1, 'a'", 'column 2', 'column 3')
    """
    name = names[column] if names is not None else ""
    return f"column {column + 1}, {name!r}" if name else f"column {column + 1}"


def column_names(values: Any) -> tuple[str, ...] | None:
    """What people call the columns of a frame; None for what is no frame.

    Examples:
        >>> column_names(np.ones((2, 2))) is None
        True
    """
    if not hasattr(values, "__array__") or isinstance(values, np.ndarray):
        return None
    names = getattr(values, "column_names", getattr(values, "columns", None))
    return None if names is None else tuple(title([str(name) for name in names], place) for place in range(len(names)))


def _frame_columns(frame: Any) -> list[tuple[str, NDArray[Any]]]:
    """Give every column of a frame with its title; two may have the same name."""
    names = column_names(frame) or ()
    if hasattr(frame, "column_names"):  # of Arrow
        return [(name, np.asarray(frame.column(place))) for place, name in enumerate(names)]
    by_place = frame.iloc if hasattr(frame, "iloc") else frame
    return [(name, np.asarray(by_place[:, place])) for place, name in enumerate(names)]


def stacked(place: object, columns: Sequence[tuple[str, NDArray[Any]]]) -> NDArray[Any]:
    """Put columns of numbers side by side, shape `(N, d)`.

    Raises:
        ShapeError: one holds something else; the message names it.
        NotFiniteError: a value is missing.

    Examples:
        >>> stacked("mine", [("a", np.array([1, 2])), ("b", np.array([0.5, 1.5]))]).tolist()
        [[1.0, 0.5], [2.0, 1.5]]
    """
    for name, column in columns:
        refuse_other_than_numbers(f"{place}: {name},", column)
    arrays = [column for _, column in columns]
    if any(column.dtype.kind in "iu" and lossy(column) for column in arrays):
        arrays = [column.astype(object) for column in arrays]
    return np.column_stack(arrays) if arrays else np.empty((0, 0))


def refuse_other_than_numbers(what: str, column: NDArray[Any]) -> None:
    """Refuse a column that holds something else.

    Raises:
        ShapeError: says what it holds.
        NotFiniteError: a value is missing.
    """
    if column.ndim != 1:
        raise ShapeError(f"{what} holds arrays of shape {column.shape[1:]}; give one number a row")
    if column.dtype.kind in "mM":
        raise ShapeError(f"{what} holds times; leave the column out, or make them numbers")
    if are_numbers(column):
        return
    values = column.tolist()
    for row, value in enumerate(values, 1):
        if value is None or type(value).__name__ in ("NAType", "NaTType"):
            raise NotFiniteError(f"{what} has a missing value in row {row}; leave the row out, or fill it")
    found = str(next(value for value in values if not is_exact(value)))[:40]
    raise ShapeError(f"{what} holds {found!r}; leave the column out, or give numbers")


def is_exact(value: object) -> bool:
    """Whether a value is a number of Python, each of which is a rational, if it is finite."""
    return isinstance(value, (int, float, Rational, Decimal))


def are_numbers(array: NDArray[Any]) -> bool:
    """Whether an array holds real numbers, be it as objects.

    Examples:
        >>> are_numbers(np.array([Fraction(1, 3), 2])), are_numbers(np.array(["1"]))
        (True, False)
    """
    return array.dtype.kind in "fiub" or (array.dtype.kind == "O" and all(is_exact(value) for value in array.flat))


def lossy(array: NDArray[Any]) -> bool:
    """Whether float64 rounds a number of an array: a large whole one, a decimal, a long double.

    Examples:
        >>> lossy(np.array([2**53 + 1])), lossy(np.array([2**60])), lossy(np.array([0.1]))
        (True, False, False)
    """
    if array.dtype.kind == "b" or (array.dtype.kind == "f" and array.dtype.itemsize <= 8):
        return False
    if array.dtype.kind in "iu" and (array.size == 0 or max(abs(int(array.min())), int(array.max())) <= 2**53):
        return False
    return any(fraction(value) != fraction(float(value)) for value in array.ravel() if np.isfinite(float(value)))


def fraction(value: Any) -> Fraction:
    """Give the rational that a number is."""
    if isinstance(value, np.floating):  # a long double is no float of Python
        return Fraction(*value.as_integer_ratio())
    return Fraction(int(value) if isinstance(value, np.generic) else value)


def _refuse_masked(place: object, what: str, array: np.ma.MaskedArray[Any, Any]) -> None:
    mask = np.ma.getmaskarray(array)
    if mask.any():
        where = np.unravel_index(int(np.argmax(mask)), mask.shape)
        axes = ", ".join(f"{axis} {int(at) + 1}" for axis, at in zip(("row", "column"), where, strict=False))
        raise NotFiniteError(f"{place}: {what} has {int(mask.sum())} masked value(s), at {axes}; remove or fill them")
