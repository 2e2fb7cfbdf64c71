"""`sklearn:NAME`: the tables that scikit-learn brings along, with every column standardized.

Classes become labels +1 and -1; of more than two classes, two are named: `sklearn:wine:0,2`. Measured targets are
standardized; of several, one is named: `sklearn:linnerud:Waist`. Means and deviations are those of the whole table
(for two of several classes: of all its rows), so that a sample has the same features in every draw.
`sklearn:friedman` is made, not measured: 200 rows of Friedman's first regression problem, without noise,
`y = 10 sin(pi x_1 x_2) + 20 (x_3 - 1/2)^2 + 10 x_4 + 5 x_5` of ten columns that are uniform on [0, 1].
"""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.data.dataset import Dataset
from numerics.data.source import Source
from numerics.data.subset import Subset
from numerics.data.tables.two_class_images import parse_pair
from theory.did_you_mean import did_you_mean
from theory.errors import DataFileError

_CLASSES = {"breast-cancer": "load_breast_cancer", "iris": "load_iris", "wine": "load_wine"}
_MEASURED = {"diabetes": "load_diabetes", "friedman": "make_friedman1", "linnerud": "load_linnerud"}
_CHOICES: dict[str, dict[str, Any]] = {"diabetes": {"scaled": False}, "friedman": {"n_samples": 200, "random_state": 0}}


@dataclass(frozen=True)
class _Request:
    table: str
    target: str | None


def _parse(text: str) -> _Request:
    table, colon, target = text.partition(":")
    known = sorted({*_CLASSES, *_MEASURED})
    if table not in known:
        raise ValueError(f"{table!r} is not one of {', '.join(known)}{did_you_mean(table, known)}")
    if colon and not target.strip():
        raise ValueError("nothing is named after the second colon")
    if table in _CLASSES and colon:
        parse_pair(target)
    return _Request(table, target.strip() if colon else None)


def _load(name: str, request: _Request, subset: Subset) -> Dataset:
    from sklearn import datasets  # here, because importing it takes a second

    loader = {**_CLASSES, **_MEASURED}[request.table]
    bunch = getattr(datasets, loader)(**_CHOICES.get(request.table, {}))
    if isinstance(bunch, tuple):
        bunch = SimpleNamespace(data=bunch[0], target=bunch[1])
    features = _standardized(np.asarray(bunch.data, dtype=np.float64))
    if request.table in _MEASURED:
        targets, names = np.asarray(bunch.target, dtype=np.float64), [request.table]
        if targets.ndim == 2:
            names = [str(one) for one in bunch.target_names]
        column = _named(name, request, names, "target")
        labels = _standardized(targets.reshape(len(targets), -1))[:, column]
        rows = subset.rows(name, len(labels))
        what = f"scikit-learn's table {request.table}, columns and target {names[column]} standardized"
        return Dataset(name, features[rows], labels[rows], what)
    return _two_classes(name, request, subset, features, bunch)


def _two_classes(name: str, request: _Request, subset: Subset, features: NDArray[np.float64], bunch: Any) -> Dataset:
    names = [str(one) for one in bunch.target_names]
    classes = np.asarray(bunch.target, dtype=np.int64)
    if request.target is None:
        if len(names) != 2:
            raise _refused(name, request, f"it has {len(names)} classes; name two of {_listed(names)}")
        first, second = 0, 1
    else:
        first, second = (_index(name, request, part, names, "class") for part in parse_pair(request.target))
        if first == second:
            raise _refused(name, request, f"the two classes are both {names[first]!r}")
    members = np.flatnonzero(np.isin(classes, (first, second)))
    pair = names[first], names[second]
    rows = members[subset.balanced_rows(name, classes[members], first, second, pair)]
    what = f"scikit-learn's table {request.table}, {pair[0]} (+1) and {pair[1]} (-1), columns standardized"
    return Dataset(name, features[rows], np.where(classes[rows] == first, 1.0, -1.0), what, classes[rows])


def _named(name: str, request: _Request, names: list[str], what: str) -> int:
    if request.target is None:
        if len(names) > 1:
            raise _refused(name, request, f"it has {len(names)} {what}s; name one of {_listed(names)}")
        return 0
    return _index(name, request, request.target, names, what)


def _index(name: str, request: _Request, text: str, names: list[str], what: str) -> int:
    if text in names:
        return names.index(text)
    if text.isascii() and text.isdigit() and int(text) < len(names):
        return int(text)
    raise _refused(
        name, request, f"there is no {what} {text!r}; name one of {_listed(names)}{did_you_mean(text, names)}"
    )


def _refused(name: str, request: _Request, reason: str) -> DataFileError:
    return DataFileError(f"{name}: {reason}, as in sklearn:{request.table}:...")


def _listed(names: list[str]) -> str:
    return ", ".join(f"{index} ({one})" for index, one in enumerate(names))


def _standardized(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    deviation = columns.std(axis=0)
    centred: NDArray[np.float64] = (columns - columns.mean(axis=0)) / np.where(deviation > 0, deviation, 1.0)
    return centred


SOURCE = Source(
    scheme="sklearn",
    form="sklearn:NAME[:WHICH]",
    example="sklearn:breast-cancer",
    summary="a table of scikit-learn's: breast-cancer, diabetes, friedman, iris:A,B, linnerud:TARGET or wine:A,B",
    parse=_parse,
    load=_load,
)
