"""Columns of numbers, of which one is the label: what a table is after its file has been read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
        columns: each of shape `(N,)`.
        names: of the columns, where there are any.
        index: columns that number the samples, with a word on each.
    """

    place: object
    columns: Sequence[NDArray[Any]]
    names: tuple[str, ...] | None
    index: Mapping[int, str]

    def raw(self, reading: Reading, understood: str, description: str) -> RawData:
        """Give every column its role.

        Raises:
            ParameterError, DataFileError: there are no such columns.
            ShapeError, NotFiniteError: a feature holds no numbers.
            DegenerateDataError: there are no rows.
        """
        if not self.columns or not len(self.columns[0]):
            raise DegenerateDataError(f"{self.place}: no rows of numbers; give at least one sample")
        found = roles(self.place, self.names, len(self.columns), self.index, reading)
        features = [(title(self.names, column), self.columns[column]) for column in found.features]
        return RawData(
            self.place,
            stacked(self.place, features),
            Labels.of_array(
                self.place,
                f"{title(self.names, found.label)}{' (the last)' * (not reading.label)}",
                self.columns[found.label],
            ),
            None,
            (("file", understood), *left_out(self.names, found)),
            tuple(name for name, _ in features),
            description,
        )
