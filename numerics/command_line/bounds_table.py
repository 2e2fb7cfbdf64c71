"""`sharpness bounds` for people: tables where there is room for them, else a list."""

from __future__ import annotations

import sys

import click
from rich import box
from rich.console import Console, RenderableType
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from numerics.command_line.bounds_report import AlphaBeta, BoundsReport, DepthBounds

_UNLIMITED = 10_000  # columns: a line is as long as what stands in it
_NUMBERS = ("predicted", "lower", "exact", "upper")


def print_bounds(report: BoundsReport) -> None:
    """Print a report to stdout. No number is ever cut: a narrow terminal gets one number a line.

    Examples:
        >>> from numerics.command_line.bounds_report import at_depth, in_float64
        >>> from numerics.data import load
        >>> data = load("minimal:4,2,1,0,1")
        >>> spectrum = in_float64(data.spectrum())
        >>> print_bounds(BoundsReport(data, spectrum, None, (at_depth(spectrum, 2),), None))  # doctest: +ELLIPSIS
        rank r                              2
        ...
    """
    console = Console(file=sys.stdout, markup=False, highlight=False, emoji=False)
    room = console.width if console.is_terminal else _UNLIMITED
    console.width = _UNLIMITED
    with console.capture() as captured:
        _print(console, room, _fact_table(report), _fact_list(report))
        _print(console, room, Text())
        _print(console, room, Text(_minimizer(report), style="bold"))
        _print(console, room, _depth_table(report.depths), _depth_list(report.depths))
        _print(console, room, Text("predicted: Definition 5.8, for balanced layers"))
        _print(console, room, Text("exact: secular equation of the tangent kernel at the minimizer"))
        if report.alpha_beta is not None:
            heading, table, narrow = _expectations(report.alpha_beta)
            _print(console, room, Text())
            _print(console, room, Text(heading, style="bold"))
            _print(console, room, table, narrow)
    # Not printed by the console itself, which would end the process on a closed pipe in its own way.
    click.echo("\n".join(line.rstrip() for line in captured.get().splitlines()))


def _print(console: Console, room: int, wide: RenderableType, narrow: RenderableType | None = None) -> None:
    """Print `wide` whole, unless a terminal has no room for it and there is a narrow form."""
    fits = narrow is None or Measurement.get(console, console.options, wide).maximum <= room
    console.print(wide if fits or narrow is None else narrow)


def _facts(report: BoundsReport) -> list[tuple[str, str, str]]:
    spectrum = report.spectrum
    return [
        ("rank r", str(spectrum.rank), ""),
        ("share of ||y||^2 outside col(X)", number(float(spectrum.label_residual_share)), "left out"),
        ("difficulty Q", number(float(spectrum.difficulty)), "Definition 4.1"),
        ("imbalance threshold T_1", number(float(spectrum.imbalance_threshold)), "Theorem 4.3"),
    ]


def _fact_table(report: BoundsReport) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 3, 0, 0))
    table.add_column()
    table.add_column(justify="right")
    table.add_column(style="dim")
    for fact in _facts(report):
        table.add_row(*fact)
    return table


def _fact_list(report: BoundsReport) -> Text:
    return Text("\n".join(f"{what}{source and f' ({source})'}\n  {value}" for what, value, source in _facts(report)))


def _minimizer(report: BoundsReport) -> str:
    if report.imbalance is None:
        return "Sharpness at a balanced global minimizer"
    return f"Sharpness at a global minimizer with layer imbalance C = {report.imbalance!r}"


def _depth_table(depths: tuple[DepthBounds, ...]) -> Table:
    table = _table()
    for title in ("depth", *_NUMBERS):
        table.add_column(title, justify="right")
    table.add_column("bounds from", style="dim")
    for row in depths:
        table.add_row(str(row.depth), *(number(getattr(row, name)) for name in _NUMBERS), _theorem(row))
    return table


def _depth_list(depths: tuple[DepthBounds, ...]) -> Text:
    blocks = [
        f"depth {row.depth} ({_theorem(row)})\n"
        + "\n".join(f"  {name:9} {number(getattr(row, name))}" for name in _NUMBERS)
        for row in depths
    ]
    return Text("\n".join(blocks))


def _theorem(row: DepthBounds) -> str:
    return "Theorem 4.3" if row.depth == 2 else "Theorem 4.6"


def _expectations(found: AlphaBeta) -> tuple[str, Table, Text]:
    heading = f"Expected sharpness of two layers from alpha = {found.alpha!r}, beta = {found.beta!r}"
    rows = (
        ("at initialization", found.initialization, "Theorem 5.6"),
        ("at gradient flow's limit", found.convergence, "Theorem 5.7"),
    )
    table = _table()
    table.add_column()
    for title in ("lower", "upper"):
        table.add_column(title, justify="right")
    table.add_column("bounds from", style="dim")
    blocks = []
    for place, bounds, theorem in rows:
        table.add_row(place, number(float(bounds.lower)), number(float(bounds.upper)), theorem)
        blocks.append(f"{place} ({theorem})\n  lower     {number(bounds.lower)}\n  upper     {number(bounds.upper)}")
    return heading, table, Text("\n".join(blocks))


def _table() -> Table:
    return Table(box=box.SIMPLE_HEAD, pad_edge=False)


def number(value: float) -> str:
    """Ten significant digits; the JSON has all of them.

    Examples:
        >>> number(1 / 3), number(2e20), number(0.0)
        ('0.3333333333', '2e+20', '0')
    """
    return f"{value:.10g}"
