"""What other libraries hold, as NumPy arrays: frames, sparse matrices, tensors, masked arrays.

None of these libraries is imported here: a frame has columns, a sparse matrix can be made dense, a tensor offers
`__array__` or `__dlpack__`.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from numbers import Rational
from typing import Any

import numpy as np
from numpy.typing import NDArray

from theory.errors import DataFileError, NotFiniteError, ShapeError, SharpnessError

_DENSE = ("toarray", "todense", "to_dense")  # of SciPy, JAX and PyTorch


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
    try:
        values = _in_memory(place, what, values)
        use_dlpack = hasattr(values, "__dlpack__") and not hasattr(values, "__array__")
        array = np.from_dlpack(values) if use_dlpack else np.ma.asanyarray(values)
    except SharpnessError:
        raise
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


def _in_memory(place: object, what: str, values: Any) -> Any:
    """Make a sparse matrix dense, and take a tensor of PyTorch from its graph and its device."""
    if hasattr(values, "detach") and hasattr(values, "cpu"):
        values = values.detach().cpu().resolve_neg()
        if str(values.dtype) == "torch.bfloat16":  # NumPy has no such type
            values = values.float()
    dense = next((getattr(values, name) for name in _DENSE if hasattr(values, name)), None)
    if dense is None or str(getattr(values, "layout", "")) == "torch.strided":
        return values
    size = 8.0 * np.prod([float(length) for length in values.shape])
    if size > largest_dense():
        raise DataFileError(f"{place}: {what} takes {size / 2**30:.3g} GiB if it is not sparse; take fewer samples")
    return dense()


def largest_dense() -> int:
    """How many bytes of numbers are made of a sparse matrix: a quarter of the machine's memory."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 4


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
    if isinstance(values, np.ndarray):
        names: Any = values.dtype.names  # of a structured array
    elif hasattr(values, "__array__"):
        names = getattr(values, "column_names", getattr(values, "columns", None))
    else:
        return None
    return None if names is None else tuple(title([str(name) for name in names], place) for place in range(len(names)))


def _frame_columns(frame: Any) -> list[tuple[str, NDArray[Any]]]:
    """Give every column of a frame with its title; two may have the same name."""
    names = column_names(frame) or ()
    if isinstance(frame, np.ndarray):
        return [(name, frame[field]) for name, field in zip(names, frame.dtype.names or (), strict=True)]
    if hasattr(frame, "column_names"):  # of Arrow
        return [(name, _column(frame.column(place))) for place, name in enumerate(names)]
    by_place = frame.iloc if hasattr(frame, "iloc") else frame
    return [(name, _column(by_place[:, place])) for place, name in enumerate(names)]


def _column(values: Any) -> NDArray[Any]:
    """Give a column in NumPy's types; as objects where they have none for it, as for whole numbers of 128 bits."""
    try:
        return np.asarray(values)
    except Exception:  # each library has its own
        return np.array(list(values), dtype=object)


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
        if isinstance(column, np.ma.MaskedArray):
            _refuse_masked(place, name, column)
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


def in_float64(place: object, what: str, array: NDArray[Any]) -> NDArray[np.float64]:
    """Round an array of numbers to float64; one that is float64 is given as it is.

    Raises:
        NotFiniteError: a whole number or a quotient is too large.

    Examples:
        >>> in_float64("mine", "X", np.array([Fraction(1, 4), 2])).tolist()
        [0.25, 2.0]
    """
    try:
        with np.errstate(over="ignore"):
            return array.astype(np.float64, copy=False)
    except OverflowError:
        raise NotFiniteError(f"{place}: {what} holds a number beyond the range of float64; rescale it") from None


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
