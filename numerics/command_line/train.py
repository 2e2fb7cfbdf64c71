"""Train the minimalist model and watch its sharpness, in any arithmetic."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click
import numpy as np

from numerics.arithmetic import arithmetics, parse_arithmetic
from numerics.arithmetic.base import exact_fraction
from numerics.command_line.argument_types import OneOf
from numerics.command_line.data_argument import DataRequest, data_argument, describe_sources, say_what_was_understood
from numerics.command_line.help_list import listed
from numerics.command_line.interrupted import interrupted
from numerics.command_line.output import json_option, show_result, write_figure
from numerics.command_line.run_options import depth_option, folder_options, init_option, record_every_option
from numerics.command_line.training_progress import training_bar
from numerics.data.first_look import in_words
from numerics.figures.panels import draw_panels
from numerics.figures.trajectories import trajectory_panels
from numerics.model.initialization import initialize
from numerics.model.reduced import ReducedModel
from numerics.optimizers import Options, optimizers
from numerics.prediction.comparison import Comparison, compare
from numerics.trajectory import Outcome, Trajectory
from numerics.trajectory import train as run_training
from numerics.trajectory.observers import increment_observers, standard_observers
from numerics.work.checkpoint import FILE_NAME
from theory.errors import ParameterError


@click.command(
    epilog=f"""{describe_sources()}

{listed("OPTIMIZER is one of", {name: one.summary for name, one in optimizers().items()})}

{listed("A is one of", {one.form(): one.summary for one in arithmetics().values()})}

\b
Examples:
  sharpness train digits:3,5 --depth 3 --optimizer gf --steps 2000 --init balanced
  sharpness train digits:3,5 --step-size 0.01 --steps 5000 --record-every 50 --out run
  sharpness train digits:3,5 --optimizer sgd-reshuffle --step-size 0.01 --batch-size 32 --steps 5000
  sharpness train minimal:100,5.477,0.233,0.3,1.414 --step-size 2.5 --arithmetic mpfr:200 --init c=0.1,0.1,v=0.5
"""
)
@data_argument
@depth_option()
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
    data: DataRequest,
    depth: int,
    optimizer: str,
    step_size: str | None,
    batch_size: int | None,
    arithmetic: str,
    steps: int,
    tolerance: float,
    form: str,
    record_every: int,
    folder: Path | None,
    resume: bool,
    json_target: str | None,
) -> int:
    """Train the minimalist model on DATA and record loss, sharpness and layer imbalance.

    The run is one sequence of rounded numbers, fixed by its settings. Ctrl-C saves it; the same command with --resume
    goes on to the same end, bit for bit.
    """
    numbers = parse_arithmetic(arithmetic)
    rule = optimizers()[optimizer].from_options(Options(step_size, batch_size, data.seed))
    dataset = data.load()
    spectrum = dataset.spectrum()
    model = ReducedModel.from_data(dataset.X, dataset.y, depth, numbers, spectrum)
    c, v = initialize(form, np.asarray(spectrum.right_singular_vectors), depth, data.seed)
    _check_tolerance(tolerance, float(model.unreachable_loss), float(spectrum.label_residual_share))
    say_what_was_understood(dataset, json_target)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    threshold = None if rule.step_size is None else float(2 / exact_fraction(rule.step_size))
    with training_bar("", steps, threshold) as watch:
        trajectory = run_training(
            model,
            rule,
            model.state(c, v),
            steps=steps,
            record_every=record_every,
            observers=(*standard_observers(), *increment_observers(rule, depth)),
            tolerance=tolerance,
            data=dataset.digest,
            folder=folder,
            resume=resume,
            settings={**data.settings(), "init": form},
            progress=watch,
        )
    comparison = compare(trajectory, spectrum)
    if folder is not None:
        trajectory.save(folder / "trajectory.npz")
        write_figure(partial(draw_panels, trajectory_panels(trajectory, comparison), columns=1), folder / "figure.png")
    said = None if comparison is None else comparison.record()
    record = {"understood": in_words(dataset), **trajectory.summary(), "comparison": said}
    show_result(record, json_target, lambda: _print(trajectory, comparison, folder))
    if trajectory.outcome is Outcome.INTERRUPTED:
        return interrupted(folder, f" at step {trajectory.last_step}")
    return 0


def _check_tolerance(tolerance: float, least_loss: float, share: float) -> None:
    """Refuse to wait for a loss that no weights have."""
    if 0 < tolerance <= least_loss:
        raise ParameterError(
            f"--tolerance {tolerance:g} is not above the least possible loss {least_loss:.6g}: "
            f"{share:.3%} of ||y||^2 lies outside the column space of X; give a larger one"
        )


def _print(trajectory: Trajectory, comparison: Comparison | None, folder: Path | None) -> None:
    series = trajectory.series
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
        click.echo("\n" + "\n".join(comparison.lines()))
    elif trajectory.outcome not in (Outcome.DIVERGED, Outcome.UNDECIDED):
        click.echo("\nlimit      of this run's imbalances: beyond what float64 can hold, so that nothing is compared")
    if folder is not None:
        click.echo(f"kept in {folder}")
