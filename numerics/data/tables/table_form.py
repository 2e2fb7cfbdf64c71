"""The form of a table in a text file: what separates its cells, which decimal mark it has, whether a header.

Each is found from the file, and where two readings of it are possible, neither is taken: the message names the cell
and the option that decides.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise, product
from pathlib import Path

from numerics.data.reading import Reading
from numerics.data.tables.cells import is_grouped, is_name, number, plain_number
from theory.errors import DataFileError, DegenerateDataError

_LOOKED_AT = 100  # lines
_MARKS = {",": "comma", ".": "point"}
_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", " ": "spaces", "|": "bars"}

Line = tuple[int, list[str]]


@dataclass(frozen=True)
class TableForm:
    """How the lines of a file are to be read.

    Args:
        delimiter: what separates the cells of a line.
        decimal: the mark before decimals.
        names: the columns' names, where the first line has them. One is empty where an index has no name.
        width: how many cells each line of numbers has.
        ended: whether a delimiter ends the lines, too, and does not begin another cell.
    """

    delimiter: str
    decimal: str
    names: tuple[str, ...] | None
    width: int
    ended: bool = False

    def described(self) -> str:
        """Say it in one line.

        Examples:
            >>> TableForm(";", ",", None, 3).described()
            'no header, cells separated by semicolons, decimal commas'
        """
        parts = ["a header" if self.names else "no header", f"cells separated by {plural(self.delimiter)}"]
        parts += ["decimal commas"] * (self.decimal == ",")
        return ", ".join(parts + ["a delimiter at the end of the lines"] * self.ended)

    def cells(self, cells: list[str]) -> list[str]:
        """Give the cells of a line, without what is behind the delimiter at its end.

        Examples:
            >>> TableForm(",", ".", None, 2, ended=True).cells(["1", "2", ""])
            ['1', '2']
        """
        return cells[:-1] if self.ended and len(cells) == self.width + 1 and not cells[-1].strip() else cells


def plural(delimiter: str) -> str:
    """Name a delimiter.

    Examples:
        >>> plural(";"), plural("#")
        ('semicolons', "'#'")
    """
    return _NAMES.get(delimiter, repr(delimiter))


def lines(path: Path, text: str, delimiter: str) -> Iterator[Line]:
    """Give each line that is not empty, with its number.

    Raises:
        DataFileError: a quoted cell has no end, or the file is no text.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                ends = delimiter == " " and not cells[-1]  # spaces at the end of a line separate nothing
                yield reader.line_num, cells[:-1] if ends else cells
    except csv.Error as error:
        raise DataFileError(f"{path}: line {reader.line_num}: {error}; save the table again") from None


def form_of(path: Path, text: str, delimiters: tuple[str, ...], reading: Reading) -> TableForm:
    """Find the form of a table.

    Args:
        path: the file, for messages.
        text: what is in it.
        delimiters: those that the file's name allows, the usual one first.
        reading: what the user said.

    Raises:
        DataFileError: two readings are possible, or none.
        DegenerateDataError: there are no lines.
    """
    delimiter, decimal = _separators(path, text, delimiters, reading)
    head = list(islice(lines(path, text, delimiter), _LOOKED_AT))
    if not head:
        raise DegenerateDataError(f"{path}: no rows of numbers; give at least one sample")
    ended = _are_ended(path, head)
    if ended:
        longest = max(len(cells) for _, cells in head)
        head = [(line, cells[:-1] if len(cells) == longest else cells) for line, cells in head]
    line, first = head[0]
    if len(first) < 2 and not (len(head) > 1 and len(head[1][1]) == 2):
        raise DataFileError(
            f"{path}: line {line} has one column, {first[0].strip()[:40]!r}; give features and then the label, "
            f"separated by {plural(delimiter)}, or say --delimiter"
        )
    names = tuple(cell.strip() for cell in first) if _has_header(path, head, decimal, reading) else None
    width = len(first)
    if names and len(head) > 1 and all(len(cells) == width + 1 for _, cells in head[1:]):
        names, width = ("", *names), width + 1  # R's write.table: the row names have no header
    return TableForm(delimiter, decimal, names, width, ended)


def _are_ended(path: Path, head: list[Line]) -> bool:
    """Whether a delimiter ends the lines: their last cell is empty, and no name stands over it."""
    line, first = head[0]
    rest = [cells for _, cells in head[1:]] or [first]
    width = len(rest[0])
    if width < 2 or not all(len(cells) == width and not cells[-1].strip() for cells in rest):
        return False
    if len(first) == width - 1:
        raise DataFileError(
            f"{path}: the last cells are empty, and line {line} has a name less: do delimiters end the lines, "
            "or are they named and labels missing? remove the delimiters, or name the first column"
        )
    return len(first) == width and not first[-1].strip()


def _separators(path: Path, text: str, delimiters: tuple[str, ...], reading: Reading) -> tuple[str, str]:
    """Give the delimiter and the decimal mark that make most cells numbers."""
    allowed = (reading.delimiter,) if reading.delimiter is not None else delimiters
    marks = (reading.decimal,) if reading.decimal is not None else (".", ",")
    scores: dict[tuple[str, str], float] = {}
    for delimiter, mark in product(allowed, marks):
        try:
            head = [cells for _, cells in islice(lines(path, text, delimiter), _LOOKED_AT)]
        except DataFileError:
            continue
        below = head[1:] or head
        if below and len(below[0]) > 1 and all(len(cells) == len(below[0]) for cells in below):
            cells = [cell for row in head for cell in row]
            scores[delimiter, mark] = sum(number(cell, mark) is not None for cell in cells) / len(cells)
    best = [form for form, score in scores.items() if score == max(scores.values())]
    if not best:
        return allowed[0], marks[0]
    delimiter, mark = best[0]
    if len({form[0] for form in best}) > 1:
        others = " or ".join(plural(form[0]) for form in best)
        raise DataFileError(f"{path}: {others} may separate the cells; say which with --delimiter")
    if reading.decimal is None and (mark == "," or delimiter == ";"):  # as where commas are before decimals
        _refuse_groups(path, text, delimiter, mark)
    return delimiter, mark


def _refuse_groups(path: Path, text: str, delimiter: str, mark: str) -> None:
    """Refuse a table all of whose commas may group digits, or all of whose points."""
    grouped = None
    for line, cells in islice(lines(path, text, delimiter), _LOOKED_AT):
        for column, cell in enumerate(cells, 1):
            if mark in cell and plain_number(cell, mark) and not is_grouped(cell, mark):
                return
            if mark in cell and is_grouped(cell, mark) and grouped is None:
                grouped = f"line {line}, column {column}: {cell.strip()!r}"
    if grouped is not None:
        raise DataFileError(
            f"{path}: {grouped} has a decimal {_MARKS[mark]} or digits in groups; say --decimal {mark} "
            f"or write it without {_MARKS[mark]}s"
        )


def _has_header(path: Path, head: list[Line], decimal: str, reading: Reading) -> bool:
    if reading.header is not None:
        return reading.header
    line, first = head[0]
    rest = [cells for _, cells in head[1:]]
    numbers = [number(cell, decimal) for cell in first]
    if all(value is not None for value in numbers):
        counting = rest and _counts(first) and (first[0].strip() == "0" or not _all_whole(rest))
        if counting or _stands_apart(first, rest, decimal):
            raise DataFileError(
                f"{path}: line {line} is {_beginning(first)}: a header that numbers the columns, or a sample? "
                "say --header or --no-header"
            )
        return False
    if not first[0].strip() and rest:  # an index has no name
        numbered = _counts(first[1:]) and any(cells[0].strip() for cells in rest)
        return all(is_name(cell) for cell in first[1:]) or numbered
    return all(is_name(cell) for cell in first) and (
        not rest or any(number(cell, decimal) is not None for cells in rest for cell in cells)
    )


def _beginning(cells: list[str]) -> str:
    return ", ".join(cell.strip() for cell in cells[:3]) + (", ..." if len(cells) > 3 else "")


def _counts(cells: list[str]) -> bool:
    """Whether a line counts up by ones, as numbered columns do."""
    if not all(cell.strip().isdecimal() and cell.isascii() and len(cell) < 16 for cell in cells):
        return False
    values = [int(cell) for cell in cells]
    counting = all(after - before == 1 for before, after in pairwise(values))
    return counting and (len(values) > 2 or values[0] == 0)


def _stands_apart(first: list[str], rest: list[list[str]], decimal: str) -> bool:
    """Whether rising whole numbers, as of years, lie farther from every column below them than that is wide."""
    if len(rest) < 3 or not _all_whole([first]) or any(len(cells) != len(first) for cells in rest):
        return False
    values = [int(cell) for cell in first]
    for value, column in zip(values, zip(*rest, strict=True), strict=True):
        found = [x for cell in column if (x := number(cell, decimal)) is not None]
        if len(found) < len(column) or max(min(found) - value, value - max(found)) <= max(found) - min(found):
            return False
    return all(before < after for before, after in pairwise(values))


def _all_whole(rows: list[list[str]]) -> bool:
    """Whether every cell is a whole number, as in a line that counts."""
    return bool(rows) and all(cell.strip().lstrip("+-").isdecimal() for cells in rows for cell in cells)
