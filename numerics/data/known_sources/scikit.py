"""`sklearn:NAME`: the tables that scikit-learn brings along, with every column standardized.

Classes become labels +1 and -1; of more than two classes, two are named: `sklearn:wine:0,2`. Measured targets are
standardized; of several, one is named: `sklearn:linnerud:Waist`. Means and deviations are those of the whole table
(for two of several classes: of all its rows), so that a sample has the same features in every draw.
`sklearn:friedman` is made, not measured: 200 rows of Friedman's first regression problem, without noise,
`y = 10 sin(pi x_1 x_2) + 20 (x_3 - 1/2)^2 + 10 x_4 + 5 x_5` of ten columns that are uniform on [0, 1].
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.data.dataset import Dataset
from numerics.data.source import Source
from numerics.data.subset import Subset
from numerics.data.tables.pair import parse_pair
from theory.did_you_mean import did_you_mean
from theory.errors import DataFileError

_CLASSES = {"breast-cancer": "load_breast_cancer", "iris": "load_iris", "wine": "load_wine"}
_MEASURED = {"diabetes": "load_diabetes", "friedman": "make_friedman1", "linnerud": "load_linnerud"}
_CHOICES: dict[str, dict[str, Any]] = {"diabetes": {"scaled": False}, "friedman": {"n_samples": 200, "random_state": 0}}


def _parse(text: str) -> tuple[str, str | None]:
    table, colon, target = text.partition(":")
    known = sorted({*_CLASSES, *_MEASURED})
    if table not in known:
        raise ValueError(f"{table!r} is not one of {', '.join(known)}{did_you_mean(table, known)}")
    if colon and not target.strip():
        raise ValueError("nothing is named after the second colon")
    if table in _CLASSES and colon:
        parse_pair(target)
    return table, target.strip() if colon else None


def _load(name: str, request: tuple[str, str | None], subset: Subset) -> Dataset:
    from sklearn import datasets  # here, because importing it takes a second

    table, target = request
    bunch = getattr(datasets, {**_CLASSES, **_MEASURED}[table])(**_CHOICES.get(table, {}))
    if isinstance(bunch, tuple):
        bunch = SimpleNamespace(data=bunch[0], target=bunch[1])
    features, targets = _standardized(np.asarray(bunch.data, dtype=np.float64)), np.asarray(bunch.target)
    several = table in _CLASSES or targets.ndim == 2
    names = [str(one) for one in bunch.target_names] if several else [table]
    chosen = _chosen(name, table, target, names, 2 if table in _CLASSES else 1)
    said = [names[one] for one in chosen]
    if table in _MEASURED:
        labels = _standardized(targets.reshape(len(targets), -1).astype(np.float64))[:, chosen[0]]
        rows = subset.rows(name, len(labels))
        what = f"scikit-learn's table {table}, columns and target {said[0]} standardized"
        return Dataset(name, features[rows], labels[rows], what)
    classes = targets.astype(np.int64)
    rows, labels = subset.two_classes(name, classes, (chosen[0], chosen[1]), (said[0], said[1]))
    what = f"scikit-learn's table {table}, {said[0]} (+1) and {said[1]} (-1), columns standardized"
    return Dataset(name, features[rows], labels, what, classes[rows])


def _chosen(name: str, table: str, target: str | None, names: list[str], count: int) -> list[int]:
    """The places of the one target, or the two classes, that the user named."""
    one, several, number = ("target", "targets", "one") if count == 1 else ("class", "classes", "two")

    def refused(reason: str) -> DataFileError:
        return DataFileError(f"{name}: {reason}, as in sklearn:{table}:...")

    if target is None:
        if len(names) != count:
            raise refused(f"it has {len(names)} {several}; name {number} of {_listed(names)}")
        return list(range(count))
    found = []
    for text in [target] if count == 1 else parse_pair(target):
        if text in names:
            found.append(names.index(text))
        elif text.isascii() and text.isdigit() and int(text) < len(names):
            found.append(int(text))
        else:
            near = did_you_mean(text, names)
            raise refused(f"there is no {one} {text!r}; name one of {_listed(names)}{near}")
    if len(set(found)) < count:
        raise refused(f"the two classes are both {names[found[0]]!r}")
    return found


def _listed(names: list[str]) -> str:
    return ", ".join(f"{index} ({one})" for index, one in enumerate(names))


def _standardized(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    deviation = columns.std(axis=0)
    centred: NDArray[np.float64] = (columns - columns.mean(axis=0)) / np.where(deviation > 0, deviation, 1.0)
    return centred


SOURCE = Source(
    form="sklearn:NAME[:WHICH]",
    example="sklearn:breast-cancer",
    summary="a table of scikit-learn's: breast-cancer, diabetes, friedman, iris:A,B, linnerud:TARGET or wine:A,B",
    parse=_parse,
    load=_load,
)
