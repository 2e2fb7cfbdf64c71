"""Tables as text, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence


def aligned(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    """Write a table as lines of text, each column to the right in its width, or in more where a cell needs it.

    Examples:
        >>> aligned([("bits", "peak"), ("24", "-3.5e-201")], (6, 6))
        ['  bits      peak', '    24 -3.5e-201']
    """
    columns = [max(width, 1 + max(map(len, cells))) for width, *cells in zip(widths, *rows, strict=True)]
    return ["".join(cell.rjust(width) for cell, width in zip(row, columns, strict=True)) for row in rows]
