"""What a data set is, before anything is made of it: columns, rank, conditioning, and what makes it difficult."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click
from flint import arb

from numerics.arithmetic.ball import Ball
from numerics.command_line.data_argument import data_argument, describe_sources, say_what_was_understood
from numerics.command_line.enclosure_options import block_work, cluster_option, digits_option, rank_tolerance_option
from numerics.command_line.output import json_option, say, show_result, write_figure
from numerics.figures.panels import draw_panels
from numerics.figures.spectrum import spectrum_panels
from numerics.interface.given import Given
from numerics.prediction.bounds_notes import notes
from numerics.prediction.bounds_report import BoundsReport, Question, bounds_report, certain_float
from numerics.spectrum.modes import Mode, modes_of

_SHOWN = 8  # modes


@click.command(
    epilog=f"""{describe_sources()}

\b
Examples:
  sharpness data describe measurements.csv --label price
  sharpness data describe digits:3,5 --figure spectrum.png
"""
)
@data_argument
@digits_option(default=6)
@rank_tolerance_option
@click.option(
    "--figure",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Draw the spectrum and each mode's part of Q into a PNG.",
)
@cluster_option
@json_option
def describe(
    data: Given,
    digits: int,
    rank_tolerance: float | None,
    figure: Path | None,
    cluster: str | None,
    json_target: str | None,
) -> None:
    """Say what DATA are: size, label, suspicious columns, rank, conditioning, and which modes make Q large."""
    dataset = data.dataset
    say_what_was_understood(dataset, json_target)
    with block_work(cluster) as work:
        report = bounds_report(dataset, Question(digits=digits, rank_tolerance=rank_tolerance), work=work)
        modes, remarks = modes_of(report.spectrum), tuple(notes(report))
    if figure is not None:
        noise = max(dataset.X.shape) * dataset.storage_precision
        places = [mode for mode in modes for _ in range(mode.count)]
        values = [float(mode.singular_value.mid()) for mode in places]
        panels = spectrum_panels(values, [float(mode.share.mid()) for mode in places], noise)
        write_figure(partial(draw_panels, panels), figure)
    with Ball(report.spectrum.bits).active():
        condition = modes[0].singular_value / modes[-1].singular_value
    record = {
        **report.data_record(remarks),
        "condition": certain_float(condition),
        "modes": [_mode_record(mode) for mode in modes],
    }
    show_result(record, json_target, lambda: _print(report, modes, condition, remarks))


def _mode_record(mode: Mode) -> dict[str, object]:
    return {
        "first": mode.first,
        "count": mode.count,
        "singular_value": certain_float(mode.singular_value),
        "label_coefficient": certain_float(mode.coefficient),
        "share": certain_float(mode.share),
    }


def _print(report: BoundsReport, modes: list[Mode], condition: arb, remarks: tuple[str, ...]) -> None:
    spectrum = report.spectrum
    facts = [
        ("rank r", str(spectrum.rank), report.rank_evidence),
        ("condition s_1/s_r", report.text(condition), ""),
        ("share of ||y||^2 outside col(X)", report.text(spectrum.label_residual_share), ""),
        ("difficulty Q", report.text(spectrum.difficulty), "the sum of d_i^2/s_i^2 over the modes"),
    ]
    largest = sorted(modes, key=lambda mode: float(mode.share.mid()), reverse=True)[:_SHOWN]
    rows = [["mode i", "s_i", "|d_i|", "part of Q"]]
    rows += [[mode.title, *map(report.text, (mode.singular_value, mode.coefficient, mode.share))] for mode in largest]
    lines = [f"{what:<31}   {value:>14}   {why}".rstrip() for what, value, why in facts]
    lines += ["", f"Largest parts of Q, {len(largest)} of {len(modes)}"]
    lines += [f"{row[0]:>9}" + "".join(f"   {cell:>16}" for cell in row[1:]) for row in rows]
    lines += [line for remark in remarks for line in ("", f"note: {remark}")]
    say("\n".join(lines))
