"""`FILE.csv` and `FILE.tsv`: rows of numbers, one column of which is the label.

The form of the file is found by `numerics.data.tables.table_form`, and what was found is part of what the data set
says about itself. Empty lines are skipped. A file may be compressed: `FILE.csv.gz`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from numerics.data.dataset import Dataset
from numerics.data.formats.files import parse_path, read_text
from numerics.data.reading import Reading
from numerics.data.source import Source
from numerics.data.subset import Subset
from numerics.data.tables.cells import fault, fraction, is_name, is_zero, number
from numerics.data.tables.columns import Roles, roles
from numerics.data.tables.raw_data import Labels, RawData, not_numbers
from numerics.data.tables.table_form import TableForm, form_of, lines
from numerics.spectrum.arrays import title
from theory.errors import DataFileError, DegenerateDataError, NotFiniteError

_DELIMITERS = {".csv": (",", ";", "\t"), ".tsv": ("\t",)}


@dataclass(frozen=True)
class _Table:
    """A file whose form is known."""

    path: Path
    text: str
    form: TableForm
    roles: Roles

    @classmethod
    def of(cls, path: Path, reading: Reading) -> _Table:
        text = read_text(path)
        suffix = path.name.lower().removesuffix(".gz").rpartition(".")[2]
        form = form_of(path, text, _DELIMITERS.get(f".{suffix}", _DELIMITERS[".csv"]), reading)
        index = {0: "an index without a name"} if form.names and not form.names[0] else {}
        return cls(path, text, form, roles(path, form.names, form.width, index, reading))

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Give the lines below the header, all of the same width."""
        rows = lines(self.path, self.text, self.form.delimiter)
        if self.form.names is not None:
            next(rows)
        for line, all_cells in rows:
            cells = self.form.cells(all_cells)
            if len(cells) != self.form.width:
                raise DataFileError(
                    f"{self.path}: line {line} has {len(cells)} columns, the lines before have {self.form.width}; "
                    "give every line the same number"
                )
            yield line, cells

    def features_and_labels(self) -> tuple[NDArray[np.float64], list[tuple[int, str]]]:
        """Read X, shape `(N, d)`, in float64, and each label as it is written, with its line."""
        rows: list[NDArray[np.float64]] = []
        labels: list[tuple[int, str]] = []
        for line, cells in self.rows():
            rows.append(np.array([self.number(line, column, cells[column]) for column in self.roles.features]))
            labels.append((line, cells[self.roles.label]))
        if not rows:
            raise DegenerateDataError(f"{self.path}: no rows of numbers; give at least one sample")
        return np.vstack(rows), labels

    def numbers(self, labels: list[tuple[int, str]]) -> NDArray[np.float64]:
        """Read labels that are numbers."""
        texts = [text for _, text in labels]
        if all(number(text, self.form.decimal) is None for text in texts):
            raise DataFileError(not_numbers(self.path, title(self.form.names, self.roles.label), texts))
        return np.array([self.number(line, self.roles.label, text) for line, text in labels])

    def number(self, line: int, column: int, cell: str) -> float:
        """Read a cell, or say where it is and what is wrong with it."""
        value = number(cell, self.form.decimal)
        where = f"{self.path}: line {line}, column {column + 1}"
        if value is None:
            error, what = fault(cell, self.form.decimal)
            hint = "; if the line has the columns' names, say --header" if line == 1 and is_name(cell) else ""
            raise error(f"{where}: {what}{hint}")
        if not np.isfinite(value) or (value == 0 and not is_zero(cell)):
            raise NotFiniteError(f"{where}: {cell.strip()} is not a finite number in float64, or only 0; rescale it")
        return value

    def exact_features(self) -> list[list[Fraction]]:
        """Read X exactly."""
        mark = self.form.decimal
        return [[fraction(cells[column], mark) for column in self.roles.features] for _, cells in self.rows()]


def _load(name: str, path: Path, subset: Subset) -> Dataset:
    table = _Table.of(path, subset.reading)
    X, labels = table.features_and_labels()
    texts, mark = [text for _, text in labels], table.form.decimal
    read = Labels(
        table.roles.label_title,
        texts,
        lambda: table.numbers(labels),
        lambda: [fraction(text, mark) for text in texts],
        mark,
    )
    raw = RawData.of_columns(path, X, read, table.roles, table.form.described(), table.exact_features)
    return raw.dataset(name, subset)


SOURCE = Source(
    form="table:FILE",
    example="measurements.csv",
    summary="a .csv or .tsv file of numbers, one column of which is the label (the last, or --label)",
    parse=parse_path,
    load=_load,
    suffixes=(".csv", ".tsv", ".csv.gz", ".tsv.gz"),
    options=("label", "drop", "standardize", "classes", "delimiter", "decimal", "header"),
)
