"""What was understood of a data set, and what in it looks unlike measurements: said before any number."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from numerics.data.dataset import Dataset
from numerics.data.tables.labels import counted
from numerics.data.tables.on_disk import in_blocks

Floats = NDArray[np.float64]

_SHOWN = 5
_FAR = 20  # from 0, in lengths of the column's own range


def first_look(dataset: Dataset) -> tuple[tuple[str, str], ...]:
    """Give each finding as a word and what is to be said under it.

    Examples:
        >>> data = Dataset("mine", np.array([[1, 7], [2, 7], [4, 7]]), np.array([1, -1, 1]))
        >>> first_look(data)
        (('size', '3 samples, 2 features'), ('label', '-1 (1), 1 (2)'), ('constant', 'column 2'))
    """
    findings = [("size", f"{dataset.n_samples} samples, {dataset.n_features} features"), *dataset.understood]
    if all(word != "label" for word, _ in findings):
        findings.append(("label", counted(dataset.y)))
    low, high, nearest, counting = _seen(dataset.X)
    steady, first = low == high, np.asarray(dataset.X[0], dtype=np.float64)
    if dataset.n_samples > 1:
        certain = dataset.exact_reading is None or (np.abs(first) < 2**53) & (first == np.rint(first))
        findings += _columns(dataset, "constant", steady & certain)
        findings += _columns(dataset, "constant", steady & ~np.bool_(certain), "as float64 has it")
    if dataset.feature_names is not None and dataset.n_samples > 2:  # columns of images are no measurements
        counting &= ~steady
        findings += _columns(dataset, "like an index", counting, "rising by the same step from row to row")
        far = nearest > _FAR * (high - low)
        findings += _columns(dataset, "like a time", far & ~steady & ~counting, "far from 0 compared with their range")
    return tuple(findings)


def in_words(dataset: Dataset) -> list[str]:
    """Give the same as lines, for records.

    Examples:
        >>> in_words(Dataset("mine", np.array([[1.0], [2.0]]), np.array([3.0, 4.0])))
        ['size: 2 samples, 1 features', 'label: 3 (1), 4 (1)']
    """
    return [f"{word}: {what}" for word, what in first_look(dataset)]


def _seen(
    X: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """The smallest and the largest number of each column, its smallest magnitude, and whether its steps are equal."""
    size = X.shape[1]
    low, high, nearest = np.full(size, np.inf), np.full(size, -np.inf), np.full(size, np.inf)
    step = np.asarray(X[min(1, len(X) - 1)], dtype=np.float64) - X[0]
    counting, last = step != 0, np.empty((0, size))
    for block in in_blocks(X):
        low, high = np.minimum(low, block.min(axis=0)), np.maximum(high, block.max(axis=0))
        nearest = np.minimum(nearest, np.abs(block).min(axis=0))
        counting &= (np.diff(block, axis=0, prepend=last) == step).all(axis=0)
        last = block[-1:]
    return low, high, nearest, counting


def _columns(dataset: Dataset, word: str, which: NDArray[np.bool_], why: str = "") -> list[tuple[str, str]]:
    places = np.flatnonzero(which).tolist()
    if not places:
        return []
    shown = _listed([_title(dataset.feature_names, place) for place in places])
    return [(word, f"{shown}: {why}" if why else shown)]


def _title(names: Sequence[str] | None, place: int) -> str:
    return names[place] if names is not None else f"column {place + 1}"


def _listed(titles: list[str]) -> str:
    rest = len(titles) - _SHOWN
    return "; ".join(titles[:_SHOWN]) + (f" and {rest} more" if rest > 0 else "")
