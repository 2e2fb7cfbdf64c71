"""Train the minimalist model and watch its sharpness, in any arithmetic."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from numerics.arithmetic import arithmetics
from numerics.arithmetic.base import exact_fraction
from numerics.command_line.argument_types import OneOf
from numerics.command_line.data_argument import data_argument, describe_sources, say_what_was_understood
from numerics.command_line.help_list import listed
from numerics.command_line.one_line_errors import interrupted
from numerics.command_line.output import json_option, say, show_result, write_figure
from numerics.command_line.run_options import (
    ARITHMETIC,
    depth_option,
    folder_options,
    init_option,
    record_every_option,
    say_what_stands_in,
)
from numerics.data.first_look import in_words
from numerics.interface.given import Given
from numerics.interface.training import Run
from numerics.interface.training import train as run_training
from numerics.optimizers import optimizers
from numerics.trajectory import Outcome
from numerics.work.checkpoint import FILE_NAME


@click.command(
    epilog=f"""{describe_sources()}

{listed("OPTIMIZER is one of", {name: one.summary for name, one in optimizers().items()})}

{listed("A is one of", {one.form(): one.summary for one in arithmetics().values()})}

\b
Examples:
  sharpness train digits:3,5 --depth 3 --optimizer gf --steps 2000 \\
      --init balanced
  sharpness train digits:3,5 --step-size 0.01 --steps 5000 \\
      --record-every 50 --out run
  sharpness train digits:3,5 --optimizer sgd-reshuffle --step-size 0.01 \\
      --batch-size 32 --steps 5000
  sharpness train minimal:100,5.477,0.233,0.3,1.414 --step-size 2.5 \\
      --arithmetic mpfr:200 --init c=0.1,0.1,v=0.5
"""
)
@data_argument
@depth_option
@click.option(
    "--optimizer",
    type=OneOf(list(optimizers())),
    default="gd",
    show_default=True,
    metavar="OPTIMIZER",
    help="Rule for the next step, see below.",
)
@click.option("--step-size", metavar="ETA", help="Step size, a decimal or a quotient such as 2/0.8.")
@click.option("--batch-size", type=int, metavar="B", help="Samples in a batch, for the stochastic optimizers.")
@click.option(
    "--arithmetic",
    type=ARITHMETIC,
    default="float64",
    show_default=True,
    metavar="A",
    help="Kind of number, see below.",
)
@click.option("--steps", type=int, default=1000, show_default=True, metavar="T", help="Most steps to take.")
@click.option("--tolerance", type=float, default=0.0, metavar="L", help="Stop once a recorded loss is at most L.")
@init_option
@record_every_option()
@folder_options("Keep trajectory.npz, figure.png and checkpoints there.", kept=FILE_NAME)
@json_option
def train(
    data: Given,
    folder: Path | None,
    json_target: str | None,
    **asked: Any,
) -> int:
    """Train the minimalist model on DATA and record loss, sharpness and layer imbalance.

    The run is one sequence of rounded numbers, fixed by its settings. Ctrl-C saves it; the same command with --resume
    goes on to the same end, bit for bit.
    """

    def checked() -> None:
        say_what_stands_in(asked["arithmetic"])
        say_what_was_understood(data.dataset, json_target)

    run = run_training(data, folder=folder, checked=checked, **asked)
    if folder is not None:
        run.save(folder / "trajectory.npz")
        write_figure(run.plot, folder / "figure.png")
    said = None if run.comparison is None else run.comparison.record()
    record = {"understood": in_words(data.dataset), **run.summary(), "comparison": said}
    show_result(record, json_target, lambda: _print(run, folder))
    if run.outcome is Outcome.INTERRUPTED:
        return interrupted(folder, f" at step {run.last_step}")
    return 0


def _print(trajectory: Run, folder: Path | None) -> None:
    series, comparison = trajectory.series, trajectory.comparison
    click.echo(f"{trajectory.outcome.value} at step {trajectory.last_step}")
    if len(trajectory.steps):
        click.echo(f"loss       {series['loss'][0]:.6g} -> {series['loss'][-1]:.6g}")
        click.echo(f"sharpness  {series['sharpness'][0]:.6g} -> {series['sharpness'][-1]:.6g}", nl=False)
        step_size = trajectory.settings.get("step_size")
        click.echo("" if step_size is None else f"  (2/eta {float(2 / exact_fraction(step_size)):.6g})")
        for layer, (first, last) in enumerate(
            zip(series["imbalance"][0], series["imbalance"][-1], strict=True), start=1
        ):
            click.echo(f"imbalance  {first:.6g} -> {last:.6g}  (layer {layer})")
    if comparison is not None:
        say("\n" + "\n".join(comparison.lines()))
    elif trajectory.outcome not in (Outcome.DIVERGED, Outcome.UNDECIDED):
        say("\nlimit      of this run's imbalances: beyond what float64 can hold, so that nothing is compared")
    if folder is not None:
        click.echo(f"kept in {folder}")
