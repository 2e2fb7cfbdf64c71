"""The one shape that every data source is brought into."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.data.tables.on_disk import blocks, stays_on_disk
from numerics.spectrum.arrays import are_numbers, column_names, in_float64, plain_array
from numerics.spectrum.exact_reading import ExactReading, reading_of
from numerics.spectrum.numbers import Numbers
from theory import Spectrum
from theory.errors import DegenerateDataError, NotFiniteError, ShapeError


@dataclass(frozen=True, eq=False, repr=False)
class Dataset:
    """A data matrix and its labels: `X` (N, d) and `y` (N,), both float64 and read-only.

    Nothing is scaled by 1/N here: that factor is part of the loss `L = ||f - y||^2 / (2N)`.

    Args:
        name: what the user wrote, such as `digits:3,5`.
        X: features, (N, d), one row per sample, of any real dtype; or images, (N, rows, columns) or with channels
            too, each of which becomes one row. A frame of pandas or polars, a sparse matrix and a tensor will do. A
            memory-mapped array of more than 2^26 floats stays where it is.
        y: labels, (N,) or (N, 1), likewise.
        description: one line for people.
        classes: for a two-class source the class of each sample as the source itself names it (a digit, or
            an index into CIFAR-10's names), else None.
        exact_singular_values: the singular values as exact rationals, largest first, where the source is
            defined by them and the right singular vectors are the axes in the same order, else None.
        exact_label_coefficients: the label coefficients `d_i = e_i^T y` in the same order, else None.
        understood: what the source took the file for: a word and what it stands for, such as `label`.
        feature_names: what people call the columns of X, where the source has names for them.
        exact_reading: how to read X and y exactly, where float64 only rounds them.
        storage_precision: the relative precision of the numbers that X is made from.

    Raises:
        ShapeError: `X` or `y` has other dimensions, their lengths differ, or they are not real numbers.
        DegenerateDataError: there is no row or no column.
        NotFiniteError: NaN, infinity or a masked or missing value somewhere; the message says where.

    Examples:
        >>> data = Dataset("mine", np.array([[1, 2], [3, 4], [5, 6]]), np.array([1, -1, 1]))
        >>> data.n_samples, data.n_features, data.X.dtype.name
        (3, 2, 'float64')
    """

    name: str
    X: NDArray[np.float64]
    y: NDArray[np.float64]
    description: str = ""
    classes: NDArray[np.int64] | None = None
    exact_singular_values: tuple[Fraction, ...] | None = None
    exact_label_coefficients: tuple[Fraction, ...] | None = None
    understood: tuple[tuple[str, str], ...] = ()
    feature_names: tuple[str, ...] | None = None
    exact_reading: ExactReading | None = None
    storage_precision: float = field(init=False)

    def __post_init__(self) -> None:
        name = self.name
        features, stored_features = _real_array(name, "X", self.X)
        labels, stored_labels = _real_array(name, "y", self.y)
        if features.ndim not in (2, 3, 4):
            raise ShapeError(
                f"{name}: X has {features.ndim} dimension(s), shape {features.shape}; "
                "give a matrix with one row per sample"
            )
        if features.ndim > 2:
            shape = " x ".join(map(str, features.shape[1:]))
            self._set("understood", (*self.understood, ("images", f"each of shape {shape} is one row of X")))
            features, stored_features = (array.reshape(len(array), -1) for array in (features, stored_features))
        if labels.ndim == 2 and labels.shape[1] == 1:
            labels, stored_labels = labels[:, 0], stored_labels[:, 0]
        if labels.ndim != 1:
            raise ShapeError(
                f"{name}: y has {labels.ndim} dimension(s), shape {labels.shape}; give one number per row of X"
            )
        if len(features) != len(labels):
            raise ShapeError(
                f"{name}: X has {len(features)} rows but y has {len(labels)} labels; give one label per row"
            )
        if 0 in features.shape:
            missing = "rows" if len(features) == 0 else "columns"
            raise DegenerateDataError(f"{name}: X has no {missing}; give at least one sample and one feature")
        require_finite(name, "X", features)
        require_finite(name, "y", labels)
        if self.exact_reading is None:
            self._set("exact_reading", reading_of(stored_features, stored_labels))
        if self.feature_names is None:
            self._set("feature_names", column_names(self.X))
        self._set("storage_precision", _precision(self.X, stored_features))
        self._freeze("X", features)
        self._freeze("y", labels)
        if self.classes is not None:
            self._freeze("classes", np.array(self.classes, dtype=np.int64))

    def __repr__(self) -> str:
        return f"<Dataset {self.name}: X of shape {self.X.shape}, y of shape {self.y.shape}>"

    def _freeze(self, field: str, array: NDArray[Any]) -> None:
        array.setflags(write=False)
        self._set(field, array)

    def _set(self, field: str, value: object) -> None:
        object.__setattr__(self, field, value)

    @property
    def n_samples(self) -> int:
        """The number of samples N."""
        return len(self.X)

    def spectrum(self, *, rank_tolerance: float | None = None, require_zero_loss: bool = False) -> Spectrum:
        """Give the singular values and label coefficients: exact ones where the source has them.

        Whoever has a data set takes its spectrum from here: a source that is defined by its spectrum knows more than
        the rounded numbers in X.

        Args:
            rank_tolerance: singular values up to so much of the largest count as 0; by default those that are 0.
            require_zero_loss: refuse labels that lie partly outside `col(X)`.

        Raises:
            NoZeroLossError: `require_zero_loss` and a part of y lies outside `col(X)`.
            DegenerateDataError: X = 0, y = 0, or y orthogonal to `col(X)`.

        Examples:
            >>> data = Dataset("mine", np.diag([3.0, 2.0]), np.array([0.0, 4.0]))
            >>> data.spectrum().difficulty
            4.0
        """
        s, d = self.exact_singular_values, self.exact_label_coefficients
        if s is None or d is None:
            from numerics.spectrum.decomposition import spectrum_of  # here, because few data sets are decomposed

            return spectrum_of(self.numbers, rank_tolerance, require_zero_loss)
        return Spectrum(s, d, n_samples=self.n_samples, right_singular_vectors=np.eye(len(s), self.n_features))

    @cached_property
    def numbers(self) -> Numbers:
        """X and y in float64 and exactly."""
        return Numbers(self.X, self.y, self.exact_reading)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the numbers in float64.

        Examples:
            >>> Dataset("mine", np.eye(2), np.ones(2)).digest == Dataset("other", np.eye(2), np.ones(2)).digest
            True
        """
        content = hashlib.sha256(repr(self.X.shape).encode())
        content.update(np.ascontiguousarray(self.X).data)
        content.update(np.ascontiguousarray(self.y).data)
        return content.hexdigest()

    @property
    def n_features(self) -> int:
        """The number of features d."""
        return int(self.X.shape[1])


def _real_array(name: str, what: str, values: Any) -> tuple[NDArray[np.float64], NDArray[Any]]:
    """Round to float64, in memory of its own, so that freezing it never freezes the caller's; and as it is stored."""
    if stays_on_disk(values):
        return values.view(), values
    array = plain_array(name, what, values)
    if not are_numbers(array):
        two = ", such as 1 and -1 for two classes" if what == "y" else ""
        raise ShapeError(f"{name}: {what} holds {array.dtype.name} values; give real numbers{two}")
    return np.array(in_float64(name, what, array)), array


def _precision(given: Any, stored: NDArray[Any]) -> float:
    if str(getattr(given, "dtype", "")).endswith("bfloat16"):
        return 2.0**-7
    coarse = stored.dtype.kind == "f" and stored.dtype.itemsize < 8
    return float(np.finfo(stored.dtype if coarse else np.float64).eps)


def require_finite(name: str, what: str, array: NDArray[np.float64]) -> None:
    """Refuse NaN and infinity.

    Raises:
        NotFiniteError: says where the first one is.
    """
    if all(np.isfinite(array[rows]).all() for rows in blocks(array)):
        return
    finite = np.isfinite(array)
    where = np.unravel_index(int(np.argmin(finite)), array.shape)
    place = ", ".join(f"{axis} {int(index) + 1}" for axis, index in zip(("row", "column"), where, strict=False))
    raise NotFiniteError(
        f"{name}: {what} holds {array[where]} at {place} ({int((~finite).sum())} such value(s)); remove or replace them"
    )
