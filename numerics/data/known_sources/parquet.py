"""`FILE.parquet`: a table with named columns, one of which is the label. Read by pyarrow (extra `parquet`).

A folder of such files is one table; what `name=value` in the names of its folders says is a column. More numbers than
memory should hold are copied, some rows at a time, to a file that is worked on where it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.data.dataset import Dataset
from numerics.data.formats.files import existing_file, parse_path
from numerics.data.source import Source
from numerics.data.subset import Subset
from numerics.data.tables import on_disk
from numerics.data.tables.raw_data import number_columns
from numerics.spectrum.arrays import lossy, stacked, title
from theory.errors import DataFileError, ParameterError

_ROWS = 8192  # at a time


def _load(name: str, path: Path, subset: Subset) -> Dataset:
    try:
        import pyarrow
        from pyarrow import dataset
    except ImportError:
        raise ParameterError(f"{path}: Parquet needs pyarrow; install minimalist-sharpness[parquet]") from None
    if not path.is_dir():
        existing_file(path)
    try:
        files = dataset.dataset(path, format="parquet", partitioning="hive" if path.is_dir() else None)
        _check_names(path, files)
        of_pandas = (files.schema.pandas_metadata or {}).get("index_columns", [])
        index = {place: "the index of the frame" for place, one in enumerate(files.schema.names) if one in of_pandas}
        table = _Table(path, files)
        raw = number_columns(
            path,
            files.schema.names,
            table.column,
            subset.reading,
            "named columns with types",
            index=index,
            matrix=table.matrix,
        )
    except (pyarrow.ArrowException, OSError) as error:
        reason = " ".join(str(error).split())
        raise DataFileError(f"{path}: cannot be read as Parquet ({reason[:200]}); save it again") from None
    return raw.dataset(name, subset)


def _check_names(path: Path, files: Any) -> None:
    """Refuse a folder whose files have other columns than the first: what they lack would be missing values."""
    first: set[str] | None = None
    for fragment in files.get_fragments():
        names = set(fragment.physical_schema.names)
        first = names if first is None else first
        if names != first:
            other = sorted(names ^ first)[0]
            raise DataFileError(f"{fragment.path}: not every file of the folder has a column {other!r}; add or drop it")


@dataclass(frozen=True)
class _Table:
    """A file or a folder of files, a `pyarrow.dataset.Dataset`, of which nothing is read before it is needed."""

    path: Path
    files: Any

    def column(self, place: int) -> NDArray[Any]:
        return _array(self.files.to_table(columns=[self.files.schema.names[place]]).column(0))

    def matrix(self, places: Sequence[int]) -> NDArray[Any]:
        """Put columns side by side, on the disk where they are many numbers that float64 holds."""
        names = [self.files.schema.names[place] for place in places]
        kinds = {_kind(self.files.schema.field(name).type) for name in names}
        rows = self.files.count_rows()
        if None not in kinds and rows * len(names) > on_disk.MANY:
            made = self._on_disk(names, rows, np.result_type(*kinds))
            if made is not None:
                return made
        table = self.files.to_table(columns=names)
        titles = [title(self.files.schema.names, place) for place in places]
        return stacked(self.path, list(zip(titles, map(_array, table.columns), strict=True)))

    def _on_disk(self, names: list[str], rows: int, kind: np.dtype[Any]) -> NDArray[Any] | None:
        made, first = on_disk.on_disk((rows, len(names)), kind), 0
        for batch in self.files.to_batches(
            columns=names, batch_size=_ROWS, batch_readahead=1, fragment_readahead=1, use_threads=False
        ):
            columns = list(map(_array, batch.columns))
            if any(column.dtype.kind == "O" or (column.dtype.itemsize == 8 and lossy(column)) for column in columns):
                return None  # missing, or too large for float64: what is to be said of it is said of all columns
            made[first : first + len(batch)] = np.column_stack(columns) if columns else 0
            first += len(batch)
        return made


def _kind(of_arrow: Any) -> np.dtype[Any] | None:
    """The type in which a column is kept on the disk; None where it is no plain number."""
    from pyarrow import types

    if not (types.is_floating(of_arrow) or types.is_integer(of_arrow) or types.is_boolean(of_arrow)):
        return None
    narrow = of_arrow.bit_width <= 16 or str(of_arrow) == "float"
    return np.dtype(np.float32 if narrow else np.float64)


def _array(column: Any) -> NDArray[Any]:
    """Give a column as it is stored; as objects where NumPy's types would lose a value that is missing."""
    if column.null_count:
        values = column.to_pylist()
        array = np.empty(len(values), dtype=object)
        array[:] = values
        return array
    return np.asarray(column)


SOURCE = Source(
    form="parquet:FILE",
    example="measurements.parquet",
    summary="a Parquet table or a folder of them, one column of which is the label (the last, or --label)",
    parse=parse_path,
    load=_load,
    suffixes=(".parquet", ".pq"),
    options=("label", "drop", "standardize", "classes"),
)
