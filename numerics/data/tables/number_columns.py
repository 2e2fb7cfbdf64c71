"""Columns of numbers, of which one is the label: what a table is after its file has been read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from numerics.data.reading import Reading
from numerics.data.tables.columns import roles
from numerics.data.tables.raw_data import Labels, RawData
from numerics.spectrum.arrays import stacked
from theory.errors import DegenerateDataError


def number_columns(
    path: Path,
    names: Sequence[str] | int,
    column: Callable[[int], NDArray[Any]],
    reading: Reading,
    understood: str,
    *,
    index: Mapping[int, str] = {},
    matrix: Callable[[Sequence[int]], NDArray[Any]] | None = None,
) -> RawData:
    """Give every column of a table, whose columns have a type each, its role.

    Args:
        path: the file.
        names: of the columns, or how many there are.
        column: gives one, of shape `(N,)`.
        reading: what the user said.
        understood: what the file was taken for.
        index: columns that number the samples, with a word on each.
        matrix: puts some side by side, where that is not done column by column.

    Raises:
        ParameterError, DataFileError: there are no such columns.
        ShapeError, NotFiniteError: a feature holds no numbers.
        DegenerateDataError: there are no rows.
    """
    width, named = (names, None) if isinstance(names, int) else (len(names), names)
    if not width or not len(column(0)):
        raise DegenerateDataError(f"{path}: no rows of numbers; give at least one sample")
    found = roles(path, named, width, index, reading)
    if matrix is None:
        X = stacked(path, list(zip(found.feature_titles, map(column, found.features), strict=True)))
    else:
        X = matrix(found.features)
    labels = Labels.of_array(path, found.label_title, column(found.label))
    return RawData.of_columns(path, X, labels, found, understood)
