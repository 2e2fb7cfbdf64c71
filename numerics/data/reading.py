"""How a file is to be read, where its user says so; what is not said is found out from the file, and reported."""

from __future__ import annotations

from dataclasses import dataclass, fields

from theory.errors import ParameterError

STANDARDIZATIONS = ("none", "columns", "channels")


@dataclass(frozen=True)
class Reading:
    """What the user said about a file. A field that is None, or empty, is found out from the file and reported.

    Args:
        label: the column that is the label: its name, or its number from 1. By default the last one.
        drop: columns to leave out, named likewise.
        standardize: `columns` subtracts the mean and divides by the deviation of each column, `channels` of each
            channel of images, `none` changes nothing.
        classes: two labels; the samples of the first get +1, those of the second -1, all others are left out.
        delimiter: what separates the cells of a line.
        decimal: the mark before decimals, a point or a comma.
        header: whether the first line has the columns' names.

    Raises:
        ParameterError: a field has no such value.

    Examples:
        >>> Reading(label="y").given()
        ('label',)
    """

    label: str | None = None
    drop: tuple[str, ...] = ()
    standardize: str | None = None
    classes: tuple[str, str] | None = None
    delimiter: str | None = None
    decimal: str | None = None
    header: bool | None = None

    def __post_init__(self) -> None:
        if self.standardize not in (None, *STANDARDIZATIONS):
            raise ParameterError(f"standardize is {self.standardize!r}; give one of {', '.join(STANDARDIZATIONS)}")
        if self.decimal not in (None, ".", ","):
            raise ParameterError(f"the decimal mark is {self.decimal!r}; give a point or a comma")
        if self.delimiter is not None and (len(self.delimiter) != 1 or self.delimiter in '\r\n"'):
            raise ParameterError(f"the delimiter is {self.delimiter!r}; give one character, such as ;")
        if self.classes is not None and (len(self.classes) != 2 or self.classes[0] == self.classes[1]):
            raise ParameterError(f"classes are {self.classes!r}; name two different ones")

    def given(self) -> tuple[str, ...]:
        """Name the fields that the user said something about."""
        return tuple(one.name for one in fields(self) if getattr(self, one.name) != one.default)
