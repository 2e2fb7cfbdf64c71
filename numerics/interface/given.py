"""What people hand over as data: arrays, a frame and the name of its label, a file, or a text such as `digits:3,5`."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from numerics.arithmetic.whole_numbers import whole
from numerics.data import Dataset, Reading, load
from numerics.spectrum.arrays import column_names
from theory import Spectrum
from theory.did_you_mean import did_you_mean
from theory.errors import ParameterError, ShapeError

_NAME = "data"


@dataclass(frozen=True, eq=False)
class Given:
    """A data set that is read when it is needed, so that other arguments are looked at first.

    Attributes:
        read: gives the data set.
        settings: what identifies it in the record of a run.
        seed: fixes every random choice.

    Examples:
        >>> given("digits:3,5", samples=20).dataset.X.shape
        (20, 64)
    """

    read: Callable[[], Dataset]
    settings: Mapping[str, Any]
    seed: int = 0

    @cached_property
    def dataset(self) -> Dataset:
        """The data set."""
        return self.read()

    @cached_property
    def spectrum(self) -> Spectrum:
        """Its singular values and label coefficients, in float64."""
        return self.dataset.spectrum()


def given(
    data: Any, y: Any = None, *, samples: int | None = None, seed: int = 0, reading: Reading | None = None
) -> Given:
    """Read data in any of the forms that people have them in.

    Args:
        data: features, shape `(N, d)`: an array, nested lists, a frame of pandas or polars, a sparse matrix, a tensor;
            or a text that the commands take, the path of a file, or a `Dataset`.
        y: labels, shape `(N,)`, likewise; of a frame or a file the name of the column that is the label. None where
            `data` has them.
        samples: how many samples to draw; for data that have a name alone.
        seed: fixes every random choice.
        reading: how to read a file.

    Raises:
        ShapeError: labels are missing, or do not belong to the features.
        ParameterError: something is said that these data do not follow.
        DataFileError, NotFiniteError, DegenerateDataError: see `numerics.data.Dataset` and `numerics.data.load`.
    """
    seed = whole(seed, "the seed", 0)
    if isinstance(data, Given):
        return data
    if isinstance(data, str | os.PathLike):
        if y is not None and not isinstance(y, str):
            raise ParameterError(f"{os.fspath(data)!r} has labels of its own; leave y out, or name the column")
        if y is not None:
            reading = Reading(label=y) if reading is None else reading
        text, said = os.fspath(data), reading or Reading()
        read = partial(load, text, samples=samples, seed=seed, reading=said)
        of_file = {name: getattr(said, name) for name in said.given()}
        settings = {"data": text, "samples": samples, "seed": seed, **({"reading": of_file} if of_file else {})}
        return Given(read, settings, seed)
    if samples is not None or reading is not None:
        raise ParameterError("samples and reading are for data that are named by a text; take rows of your arrays")
    name = data.name if isinstance(data, Dataset) else _NAME
    read = partial(_dataset, data, y)
    return Given(read, {"data": name, "samples": None, "seed": seed}, seed)


def _dataset(X: Any, y: Any) -> Dataset:
    if isinstance(X, Dataset):
        if y is not None:
            raise ParameterError(f"{X.name} has labels of its own; leave y out")
        return X
    is_frame = column_names(X) is not None
    if isinstance(y, str) and not is_frame:
        raise ShapeError(f"y is the text {y!r}, but X is no frame with a column of that name; give one label a row")
    if isinstance(y, str | int) and is_frame:
        X, y = _split(X, str(y))
    if y is None:
        named = "its column, as in study(frame, 'price')" if is_frame else "study(X, y)"
        raise ShapeError(f"the labels y are missing; give them: {named}")
    index: Any = getattr(X, "index", None)
    other: Any = getattr(y, "index", None)
    if hasattr(index, "equals") and hasattr(other, "equals") and len(X) == len(y) and not index.equals(other):
        raise ShapeError("X and y have different indices, so that their rows do not match; give y.loc[X.index]")
    return Dataset(_NAME, X, y)


def _split(frame: Any, label: str) -> tuple[Any, Any]:
    """Take the column that is the label out of a frame."""
    names = list(frame.columns)
    found = [name for name in names if str(name) == label]
    if len(found) != 1:
        texts = list(map(str, names))
        known = ", ".join(texts)[:200]
        raise ParameterError(f"there is no one column {label!r}; there are {known}{did_you_mean(label, texts)}")
    return frame[[name for name in names if str(name) != label]], frame[found[0]]
