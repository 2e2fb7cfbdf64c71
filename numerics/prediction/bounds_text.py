"""The bounds on one data set for people: tables where there is room for them, else a list."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from rich import box
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from numerics.prediction.bounds_report import BoundsReport, DepthBounds

_UNLIMITED = 10_000  # columns: a line is as long as what stands in it
_NUMBERS = ("predicted", "lower", "exact", "upper")


def bounds_text(report: BoundsReport, notes: Sequence[str] = (), width: int | None = None) -> str:
    """Write a report. No number is ever cut: where there is no room for a table there is one number a line.

    Args:
        report: what was found.
        notes: what is to be said beside it.
        width: columns that there are; None where a line may be as long as what stands in it.

    Examples:
        >>> from numerics.data import load
        >>> from numerics.prediction.bounds_report import Question, bounds_report
        >>> print(bounds_text(bounds_report(load("minimal:4,2,1,0,1"), Question())))  # doctest: +ELLIPSIS
        rank r                              2   given
        ...
    """
    room = width or _UNLIMITED
    console = Console(
        file=sys.stdout, width=_UNLIMITED, force_jupyter=False, markup=False, highlight=False, emoji=False
    )
    with console.capture() as captured:
        _print(console, room, ("", "", ""), facts(report))
        console.print(Text(f"\n{minimizer_title(report)}", style="bold"))
        _print(console, room, ("depth", *_NUMBERS, "bounds from"), depth_rows(report))
        console.print(Text("predicted: Definition 5.8, for balanced layers"))
        console.print(Text("exact: secular equation of the tangent kernel at the minimizer"))
        if rows := expectations(report):
            console.print(Text(f"\n{expectation_title(report)}", style="bold"))
            _print(console, room, ("", "lower", "upper", "bounds from"), rows)
    lines = [line.rstrip() for line in captured.get().splitlines()]
    return "\n".join([*lines, *(line for note in notes for line in ("", f"note: {note}"))])


def _print(console: Console, room: int, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a name, numbers and a source in each row: as a table, or one number a line where there is no room."""
    if any(head):
        wide = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    else:
        wide = Table(box=None, show_header=False, pad_edge=False, padding=(0, 3, 0, 0))
    wide.add_column(head[0], justify="right" if head[0] else "left")
    for title in head[1:-1]:
        wide.add_column(title, justify="right")
    wide.add_column(head[-1], style="dim")
    narrow = []
    for row in rows:
        wide.add_row(*row)
        name, *numbers, source = row
        narrow.append(f"{head[0]} {name}".lstrip() + (source and f" ({source})"))
        narrow += [f"  {title and f'{title:9} '}{one}" for title, one in zip(head[1:-1], numbers, strict=True)]
    fits = Measurement.get(console, console.options, wide).maximum <= room
    console.print(wide if fits else Text("\n".join(narrow)))


def facts(report: BoundsReport) -> list[tuple[str, str, str]]:
    """Give what the data are, each fact with its value and where it is from."""
    spectrum = report.spectrum
    return [
        ("rank r", str(spectrum.rank), report.rank_evidence),
        ("share of ||y||^2 outside col(X)", report.text(spectrum.label_residual_share), "left out"),
        ("difficulty Q", report.text(spectrum.difficulty), "Definition 4.1"),
        ("imbalance threshold T_1", report.text(spectrum.imbalance_threshold), "Theorem 4.3"),
    ]


def minimizer_title(report: BoundsReport) -> str:
    """Say at which minimizer the sharpness is bounded."""
    imbalance = report.question.imbalance
    if imbalance is None:
        return "Sharpness at a balanced global minimizer"
    return f"Sharpness at a global minimizer with layer imbalance C = {_plain(imbalance)}"


def depth_rows(report: BoundsReport) -> list[tuple[str, ...]]:
    """Give for each depth its number, the predicted sharpness, lower bound, exact value, upper bound and theorem."""
    return [
        (str(row.depth), *(report.text(getattr(row, name)) for name in _NUMBERS), _theorem(row))
        for row in report.depths
    ]


def _theorem(row: DepthBounds) -> str:
    return "Theorem 4.3" if row.depth == 2 else "Theorem 4.6"


def expectation_title(report: BoundsReport) -> str:
    """Say what the bounds on the expected sharpness are about."""
    alpha, beta = (_plain(value) for value in (report.question.alpha, report.question.beta) if value is not None)
    return f"Expected sharpness of two layers from alpha = {alpha}, beta = {beta}"


def expectations(report: BoundsReport) -> list[tuple[str, str, str, str]]:
    """Give the bounds on the expected sharpness, each place with its lower and upper bound and its theorem."""
    places = {
        "initialization": ("at initialization", "Theorem 5.6"),
        "convergence": ("at gradient flow's limit", "Theorem 5.7"),
    }
    return [
        (places[key][0], report.text(bounds.lower), report.text(bounds.upper), places[key][1])
        for key, bounds in report.expected.items()
    ]


def _plain(value: Fraction) -> str:
    """A short decimal where that is exact, else a quotient."""
    decimal = f"{Decimal(value.numerator) / value.denominator:.12g}"
    return decimal if Fraction(decimal) == value else str(value)
