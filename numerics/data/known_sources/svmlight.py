"""`FILE.svmlight` or `FILE.libsvm`: lines of `label index:value ...`, in which features that are 0 are left out.

scikit-learn reads the file in float64. Where float64 cannot decide, the decimals are read once more as rationals.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np

from numerics.data.dataset import Dataset
from numerics.data.formats.files import parse_path, read_text
from numerics.data.source import Source
from numerics.data.subset import Subset
from numerics.data.tables.cells import fraction
from numerics.data.tables.raw_data import Labels, RawData
from numerics.spectrum.arrays import plain_array
from theory.errors import DataFileError


def _load(name: str, path: Path, subset: Subset) -> Dataset:
    from io import BytesIO

    from sklearn.datasets import load_svmlight_file  # here, because importing it takes a second

    text = read_text(path)
    written = list(_lines(path, text))
    try:
        sparse, y = load_svmlight_file(BytesIO(text.encode()))
    except (ValueError, OverflowError, MemoryError) as error:
        reason = " ".join(str(error).split())
        raise DataFileError(f"{path}: not lines of 'label index:value ...' ({reason[:200]}); correct it") from None
    X = np.asarray(plain_array(path, "X", sparse))
    first = 0 if any("0" in dict(cells) for _, cells in written) else 1

    def exactly() -> list[list[Fraction]]:
        rows = []
        for _, cells in written:
            row = [Fraction(0)] * X.shape[1]
            for index, value in cells:
                row[int(index) - first] = fraction(value)
            rows.append(row)
        return rows

    labels = [label for label, _ in written]
    return RawData(
        path,
        X,
        Labels("the first number of each line", labels, lambda: y, lambda: [fraction(label) for label in labels]),
        exactly,
        (("file", f"lines of index:value, indices from {first}, {sparse.nnz} values"),),
        description=f"rows of {path.name}",
    ).dataset(name, subset)


def _lines(path: Path, text: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Give the label and the cells of each line.

    Raises:
        DataFileError: an underscore, which Python reads over within a number, and this format does not have.
    """
    for number, line in enumerate(text.splitlines(), start=1):
        label, *cells = line.partition("#")[0].split() or [""]
        for cell in (label, *cells):
            if "_" in cell:
                raise DataFileError(
                    f"{path}: line {number} has {cell[:40]!r}, which is no number: write it without '_'"
                )
        if label:
            yield label, [(cell.partition(":")[0], cell.partition(":")[2]) for cell in cells if cell[:4] != "qid:"]


SOURCE = Source(
    form="svmlight:FILE",
    example="measurements.svmlight",
    summary="lines of 'label index:value ...', as LIBSVM and SVMlight have them",
    parse=parse_path,
    load=_load,
    suffixes=(".svmlight", ".libsvm", ".svmlight.gz", ".libsvm.gz"),
    options=("standardize", "classes"),
)
