"""`FILE.csv` and `FILE.tsv`: rows of numbers whose last column is the label.

Columns are separated by commas in a `.csv` file and by tabs in a `.tsv` file. A first line in which no cell is a
number is a header. Empty lines are skipped.
"""

from __future__ import annotations

import csv
from math import isfinite
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from numerics.data.dataset import Dataset
from numerics.data.files import existing_file, parse_path
from numerics.data.source import Source
from numerics.data.subset import Subset
from theory.errors import DataFileError, DegenerateDataError, NotFiniteError

_SEPARATORS = {".csv": (",", "commas"), ".tsv": ("\t", "tabs")}


def _load(name: str, path: Path, subset: Subset) -> Dataset:
    rows = _read(path)
    drawn = rows[subset.rows(name, len(rows))]
    return Dataset(name, drawn[:, :-1], drawn[:, -1], f"rows of {path.name}, the last column is the label")


def _read(path: Path) -> NDArray[np.float64]:
    existing_file(path)
    separator, plural = _SEPARATORS.get(path.suffix.lower(), (",", "commas"))
    rows: list[NDArray[np.float64]] = []
    width = 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, delimiter=separator, strict=True)
            for cells in reader:
                if not any(cell.strip() for cell in cells):
                    continue
                line = reader.line_num
                if width == 0:
                    width = len(cells)
                    if width < 2:
                        raise DataFileError(
                            f"{path}: line {line} has one column; give features and then the label, "
                            f"separated by {plural}"
                        )
                    if all(_number(cell) is None for cell in cells):
                        continue
                if len(cells) != width:
                    raise DataFileError(
                        f"{path}: line {line} has {len(cells)} columns, the lines before have {width}; "
                        "give every line the same number"
                    )
                rows.append(_row(path, line, cells))
    except UnicodeDecodeError as error:
        raise DataFileError(f"{path}: not UTF-8 text ({error.reason}); save it as UTF-8") from None
    except csv.Error as error:
        raise DataFileError(f"{path}: line {reader.line_num}: {error}; save the table again") from None
    except OSError as error:
        raise DataFileError(f"{path}: {error.strerror}; check the file's permissions") from None
    if not rows:
        raise DegenerateDataError(f"{path}: no rows of numbers; give at least one sample")
    return np.vstack(rows)


def _row(path: Path, line: int, cells: list[str]) -> NDArray[np.float64]:
    numbers = np.empty(len(cells))
    for column, cell in enumerate(cells):
        number = _number(cell)
        place = f"{path}: line {line}, column {column + 1}"
        if number is None:
            what = f"{cell.strip()!r} is not a number" if cell.strip() else "the cell is empty"
            raise DataFileError(f"{place}: {what}; every cell below the header must be a number")
        if not isfinite(number):
            raise NotFiniteError(f"{place}: {cell.strip()} is not a finite number; remove or replace it")
        numbers[column] = number
    return numbers


def _number(cell: str) -> float | None:
    if "_" in cell:  # float() reads 1_000 as a thousand; a table does not mean that
        return None
    try:
        return float(cell)
    except ValueError:
        return None


SOURCE = Source(
    scheme="table",
    form="table:FILE",
    example="measurements.csv",
    summary="a .csv or .tsv file of numbers whose last column is the label, with or without a header line",
    parse=parse_path,
    load=_load,
    suffixes=(".csv", ".tsv"),
)
