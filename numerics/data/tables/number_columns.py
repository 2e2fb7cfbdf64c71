"""Columns of numbers, of which one is the label: what a table is after its file has been read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from numerics.data.reading import Reading
from numerics.data.tables.columns import left_out, roles
from numerics.data.tables.raw_data import Labels, RawData
from numerics.spectrum.arrays import stacked, title
from theory.errors import DegenerateDataError


@dataclass(frozen=True)
class NumberColumns:
    """A table whose columns have a type each.

    Args:
        place: the file, for messages.
        width: how many columns there are.
        names: of the columns, where there are any.
        index: columns that number the samples, with a word on each.
        column: gives one, of shape `(N,)`.
        matrix: puts some side by side, where that is not done column by column.
    """

    place: object
    width: int
    names: tuple[str, ...] | None
    index: Mapping[int, str]
    column: Callable[[int], NDArray[Any]]
    matrix: Callable[[Sequence[int]], NDArray[Any]] | None = None

    def raw(self, reading: Reading, understood: str, description: str) -> RawData:
        """Give every column its role.

        Raises:
            ParameterError, DataFileError: there are no such columns.
            ShapeError, NotFiniteError: a feature holds no numbers.
            DegenerateDataError: there are no rows.
        """
        if not self.width or not len(self.column(0)):
            raise DegenerateDataError(f"{self.place}: no rows of numbers; give at least one sample")
        found = roles(self.place, self.names, self.width, self.index, reading)
        titles = tuple(title(self.names, column) for column in found.features)
        if self.matrix is None:
            X = stacked(self.place, list(zip(titles, map(self.column, found.features), strict=True)))
        else:
            X = self.matrix(found.features)
        return RawData(
            self.place,
            X,
            Labels.of_array(
                self.place,
                f"{title(self.names, found.label)}{' (the last)' * (not reading.label)}",
                self.column(found.label),
            ),
            None,
            (("file", understood), *left_out(self.names, found)),
            titles,
            description,
        )
