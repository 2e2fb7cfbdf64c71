"""Labels as a file has them: numbers that are taken as they are, or classes of which two get +1 and -1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from numerics.data.tables.cells import number
from theory.did_you_mean import did_you_mean
from theory.errors import ParameterError

_SHOWN = 4


def kinds_of(place: object, labels: Sequence[str], classes: tuple[str, str], decimal: str = ".") -> NDArray[np.int64]:
    """Find the samples of two classes.

    Args:
        place: the file, for messages.
        labels: each sample's label as it is written.
        classes: the class of +1, then that of -1; a number stands for every way to write it.
        decimal: the mark before decimals.

    Returns:
        For each sample 0 or 1, and -1 where it is of neither, shape `(N,)`.

    Raises:
        ParameterError: a class has no sample.

    Examples:
        >>> kinds_of("data.csv", ["a", "b", "c", "a"], ("c", "a"))
        array([ 1, -1,  0,  1])
    """
    wanted = {_same(name, "."): index for index, name in enumerate(classes)}
    kinds = np.array([wanted.get(_same(label, decimal), -1) for label in labels], dtype=np.int64)
    for index, name in enumerate(classes):
        if index not in kinds:
            near = did_you_mean(name, labels)
            raise ParameterError(f"{place}: no sample has the label {name!r}; the labels are {counted(labels)}{near}")
    return kinds


def _same(label: str, decimal: str) -> str | float:
    value = number(label, decimal)
    return label.strip() if value is None else value


def counted(labels: Sequence[str] | NDArray[np.float64]) -> str:
    """Say which values there are and how often.

    Examples:
        >>> counted(["a", "b", "a"])
        'a (2), b (1)'
        >>> counted(np.array([0.5, 2.0, 1.25, -3.0, 7.0]))
        '5 values from -3 to 7'
    """
    if isinstance(labels, np.ndarray):
        values, sizes = np.unique(labels, return_counts=True)
        if len(values) > _SHOWN:
            return f"{len(values)} values from {values[0]:.6g} to {values[-1]:.6g}"
        return ", ".join(f"{value:.6g} ({size})" for value, size in zip(values, sizes, strict=True))
    common = Counter(label.strip() for label in labels).most_common()
    shown = ", ".join(f"{value} ({size})" for value, size in common[: 2 * _SHOWN])
    return shown if len(common) <= 2 * _SHOWN else f"{shown} and {len(common) - 2 * _SHOWN} more"
