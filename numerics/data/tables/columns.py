"""Which columns of a table are features, which is the label, and which are left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from numerics.data.reading import Reading
from numerics.spectrum.arrays import title
from theory.did_you_mean import did_you_mean
from theory.errors import DataFileError, ParameterError


@dataclass(frozen=True)
class Roles:
    """The columns by their place from 0, and what people call them.

    Args:
        features: those that make X, in order.
        label: the one that makes y.
        feature_titles: of the features.
        label_title: of the label.
        left_out: the titles of those that are not looked at, with the reason.
    """

    features: tuple[int, ...]
    label: int
    feature_titles: tuple[str, ...]
    label_title: str
    left_out: tuple[tuple[str, str], ...]


def roles(place: object, names: Sequence[str] | None, width: int, index: Mapping[int, str], reading: Reading) -> Roles:
    """Give every column its role.

    Args:
        place: the file, for messages.
        names: the columns' names, where there are any.
        width: how many columns there are.
        index: columns that number the samples and are left out, with the reason.
        reading: what the user said.

    Raises:
        ParameterError: there is no such column, or no feature is left.
        DataFileError: two columns have the name that is asked for.

    Examples:
        >>> found = roles("data.csv", ("y", "a", "b"), 3, {}, Reading(label="y"))
        >>> found.features, found.feature_titles, found.label
        ((1, 2), ("column 2, 'a'", "column 3, 'b'"), 0)
    """
    dropped = {_column(place, names, width, one): "--drop" for one in reading.drop}
    label = None if reading.label is None else _column(place, names, width, reading.label)
    for column, why in index.items():
        if label != column:
            dropped.setdefault(column, why)
    if label in dropped:
        raise ParameterError(f"{place}: {reading.label!r} is the label and dropped; leave one of the two out")
    kept = [column for column in range(width) if column not in dropped]
    if label is None:
        label = kept[-1] if kept else -1
    features = tuple(column for column in kept if column != label)
    if not features:
        raise ParameterError(f"{place}: no column but the label is left; give features and a label")
    return Roles(
        features,
        label,
        tuple(title(names, column) for column in features),
        f"{title(names, label)}{' (the last)' * (not reading.label)}",
        tuple((title(names, column), f"left out: {why}") for column, why in sorted(dropped.items())),
    )


def _column(place: object, names: Sequence[str] | None, width: int, wanted: str) -> int:
    """Find a column by its name, or else by its number from 1."""
    found = [column for column, name in enumerate(names or ()) if name == wanted]
    if len(found) > 1:
        numbers = " and ".join(str(column + 1) for column in found)
        raise DataFileError(f"{place}: the columns {numbers} are both called {wanted!r}; give one's number")
    if found:
        return found[0]
    if wanted.isascii() and wanted.isdecimal() and 1 <= int(wanted) <= width:
        return int(wanted) - 1
    known = ", ".join(name for name in names or () if name)[:200] if names else f"numbers from 1 to {width}"
    raise ParameterError(
        f"{place}: there is no column {wanted!r}; there are {known}{did_you_mean(wanted, names or ())}"
    )
