"""Features and labels as a file has them, and what a user's words make of them: classes, scales, a draw of samples."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.data.dataset import Dataset, require_finite
from numerics.data.reading import Reading
from numerics.data.subset import Subset
from numerics.data.tables.channels import standardized_images
from numerics.data.tables.columns import Roles, roles
from numerics.data.tables.labels import counted, kinds_of
from numerics.data.tables.standardize import ColumnScales
from numerics.spectrum.arrays import are_numbers, fraction, is_exact, refuse_other_than_numbers, stacked
from numerics.spectrum.exact_reading import ExactNumbers, ExactReading, rounding_distance
from theory.errors import DataFileError, DegenerateDataError, ShapeError

_SCALED = {"columns": "each column, over all rows", "channels": "each channel, over all images"}


@dataclass(frozen=True)
class Labels:
    """The labels of all samples.

    Args:
        title: what people call them.
        texts: as they are written, for classes.
        numbers: gives them in float64; it raises where they are none.
        exactly: gives them as rationals.
        decimal: the mark before decimals in `texts`.
    """

    title: str
    texts: Sequence[str]
    numbers: Callable[[], NDArray[Any]]
    exactly: Callable[[], list[Fraction]]
    decimal: str = "."

    @classmethod
    def of_array(cls, place: object, title: str, values: NDArray[Any]) -> Labels:
        """Take an array, shape `(N,)` or `(N, 1)`, of numbers or texts.

        Examples:
            >>> Labels.of_array("mine", "the label", np.array(["a", "b"])).texts
            ['a', 'b']
        """
        flat = values[:, 0] if values.ndim == 2 and values.shape[1] == 1 else values
        texts = [str(value) for value in flat.tolist()]

        def numbers() -> NDArray[Any]:
            if not are_numbers(flat) and not any(is_exact(value) for value in flat.tolist()):
                raise DataFileError(not_numbers(place, title, texts))
            refuse_other_than_numbers(f"{place}: the label, {title},", flat)
            return flat

        return cls(title, texts, numbers, lambda: [fraction(value) for value in flat])


def not_numbers(place: object, title: str, texts: Sequence[str]) -> str:
    """Say that labels are no numbers, and what can be done."""
    return (
        f"{place}: the label, {title}, holds no numbers but {counted(texts)}; "
        "name two of them with --classes A,B, or another column with --label"
    )


@dataclass(frozen=True)
class RawData:
    """What a file holds.

    Args:
        place: the file, for messages.
        X: features, shape `(N, d)`, or images with more axes, of any real dtype.
        labels: one for each row of X.
        exactly: gives X as rationals, shape `(N, d)`, where float64 only rounds them.
        understood: what the file was taken for: a word and what it stands for.
        feature_names: what people call the columns of X.
        description: one line for people.
    """

    place: object
    X: NDArray[Any]
    labels: Labels
    exactly: Callable[[], list[list[Fraction]]] | None = None
    understood: tuple[tuple[str, str], ...] = ()
    feature_names: tuple[str, ...] | None = None
    description: str = ""

    @classmethod
    def of_columns(
        cls,
        path: Path,
        X: NDArray[Any],
        labels: Labels,
        found: Roles,
        understood: str,
        exactly: Callable[[], list[list[Fraction]]] | None = None,
    ) -> RawData:
        """Take the columns of a file in their roles."""
        said = ("file", understood), *found.left_out
        return cls(path, X, labels, exactly, said, found.feature_titles, f"rows of {path.name}")

    def dataset(self, name: str, subset: Subset) -> Dataset:
        """Follow what the user said: standardize, name two classes, draw.

        Raises:
            ParameterError, DataFileError, ShapeError, NotFiniteError, DegenerateDataError: see the messages.
        """
        how, X = subset.reading.standardize, self.X
        if len(X) != len(self.labels.texts):
            raise ShapeError(
                f"{name}: X has {len(X)} rows but y has {len(self.labels.texts)} labels; give one label per row"
            )
        if X.dtype.kind == "f":
            require_finite(name, "X", X)
        if how == "channels":
            X = standardized_images(self.place, X)
        scales = ColumnScales.of(_matrix(X)) if how == "columns" else None
        drawn, y, kinds, meaning = self._chosen(name, subset)

        def exactly() -> ExactNumbers:
            rows = _rationals(_matrix(X)) if self.exactly is None else self.exactly()
            rows = rows if scales is None else scales.exactly(rows)
            labels = self.labels.exactly() if kinds is None else []
            return [rows[row] for row in drawn], [labels[row] for row in drawn] if labels else [Fraction(z) for z in y]

        numbers, reading = X, None
        if scales is not None:
            numbers = scales.applied(_matrix(X))
            reading = ExactReading(exactly, scales.distance(numbers))
        elif self.exactly is not None:
            reading = ExactReading(exactly, rounding_distance(X))
        return Dataset(
            name,
            numbers if len(drawn) == len(numbers) else numbers[drawn],
            y,
            self.description,
            kinds,
            understood=(
                *self.understood,
                ("label", f"{self.labels.title}: {meaning}"),
                *((("standardized", _SCALED[how]),) if how in _SCALED else ()),
            ),
            feature_names=self.feature_names,
            exact_reading=reading,
        )

    def _chosen(
        self, name: str, subset: Subset
    ) -> tuple[NDArray[np.int64], NDArray[Any], NDArray[np.int64] | None, str]:
        """Give the rows that are taken, their labels, their classes where the user named two, and a word on them."""
        classes = subset.reading.classes
        if classes is None:
            y = self.labels.numbers()
            drawn = subset.rows(name, len(y))
            return drawn, y[drawn], None, counted(y[drawn].astype(np.float64))
        kinds = kinds_of(self.place, self.labels.texts, classes, self.labels.decimal)
        drawn, y = subset.two_classes(name, kinds, (0, 1), classes)
        first, second = classes
        meaning = f"{first!r} is +1 ({int((y > 0).sum())}), {second!r} is -1 ({int((y < 0).sum())})"
        others = int((kinds < 0).sum())
        return drawn, y, kinds[drawn], meaning + (f", {others} rows of other labels left out" if others else "")


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


def _matrix(X: NDArray[Any]) -> NDArray[Any]:
    """Make each image a row."""
    return X.reshape(len(X), -1)


def _rationals(X: NDArray[Any]) -> list[list[Fraction]]:
    return [[fraction(value) for value in row] for row in X]
