"""`FILE.parquet`: a table with named columns, one of which is the label. Read by pyarrow (extra `parquet`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.data.dataset import Dataset
from numerics.data.formats.files import existing_file, parse_path
from numerics.data.source import Source
from numerics.data.subset import Subset
from numerics.data.tables.number_columns import NumberColumns
from theory.errors import DataFileError, ParameterError


def _load(name: str, path: Path, subset: Subset) -> Dataset:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise ParameterError(f"{path}: Parquet needs pyarrow; install minimalist-sharpness[parquet]") from None
    if not path.is_dir():
        existing_file(path)
    try:
        table = parquet.read_table(path)
    except (pyarrow.ArrowException, OSError) as error:
        reason = " ".join(str(error).split())
        raise DataFileError(f"{path}: not a whole Parquet file ({reason[:200]}); save it again") from None
    of_pandas = (table.schema.pandas_metadata or {}).get("index_columns", [])
    index = {place: "the index of the frame" for place, one in enumerate(table.column_names) if one in of_pandas}
    columns = NumberColumns(path, [_array(column) for column in table.columns], tuple(table.column_names), index)
    raw = columns.raw(subset.reading, "named columns with types", f"rows of {path.name}")
    return raw.dataset(name, subset)


def _array(column: Any) -> NDArray[Any]:
    """Give a column as it is stored; as objects where NumPy's types would lose a value that is missing."""
    if column.null_count:
        values = column.to_pylist()
        array = np.empty(len(values), dtype=object)
        array[:] = values
        return array
    return np.asarray(column.to_numpy())


SOURCE = Source(
    scheme="parquet",
    form="parquet:FILE",
    example="measurements.parquet",
    summary="a Parquet table, one column of which is the label (the last, or --label)",
    parse=parse_path,
    load=_load,
    suffixes=(".parquet", ".pq"),
    options=("label", "drop", "standardize", "classes"),
)
