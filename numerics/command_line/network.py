"""Train a SiLU network at several precisions and watch its sharpness."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import click

from numerics.arithmetic import Arithmetic, arithmetics, parse_arithmetic
from numerics.arithmetic.base import exact_fraction
from numerics.command_line.data_argument import DataRequest, data_argument, describe_sources, say_what_was_understood
from numerics.command_line.help_list import listed
from numerics.command_line.interrupted import interrupted
from numerics.command_line.output import json_option, show_result, write_figure
from numerics.command_line.run_options import depth_option, folder_options, record_every_option
from numerics.data.first_look import in_words
from numerics.figures.panels import draw_panels
from numerics.figures.trajectories import panels_of_runs
from numerics.model.silu_network import SiluNetwork, default_weights, row_space_coordinates
from numerics.optimizers.base import check_step_size
from numerics.optimizers.gradient_descent import GradientDescent
from numerics.sharpness.network import NetworkSharpness
from numerics.trajectory import Outcome, Trajectory
from numerics.trajectory import train as run_training
from numerics.trajectory.edge import Edge, largest_difference
from numerics.trajectory.observers import Loss
from numerics.trajectory.progress_bar import training_bar
from numerics.work.checkpoint import FILE_NAME
from numerics.work.versions import versions
from theory.errors import ParameterError


@click.command(
    epilog=f"""{describe_sources()}

{listed("A is one of", {one.form(): one.summary for one in arithmetics().values() if not one.exact_enclosure})}

\b
Examples:
  sharpness network digits:3,5 --samples 5 --step-size 0.1
  sharpness network cifar10:cifar-10-batches-py:cat,dog --samples 5 --seed 1 --step-size 0.0303 --steps 400 --out run
  sharpness network digits:3,5 --samples 8 --step-size 0.1 --arithmetic float32,mpfr:60,mpfr:200 --out run --resume
"""
)
@data_argument
@click.option("--step-size", required=True, metavar="ETA", help="Step size of gradient descent.")
@depth_option(default=3)
@click.option("--width", type=int, default=32, show_default=True, metavar="H", help="Neurons in each hidden layer.")
@click.option(
    "--scale",
    default="1",
    show_default=True,
    metavar="A",
    help="Factor on the initial weights, which are PyTorch's default.",
)
@click.option(
    "--arithmetic",
    "names",
    default="float32,float64,mpfr:113,mpfr:200",
    show_default=True,
    metavar="A,...",
    help="Kinds of number, separated by commas, one run for each, see below.",
)
@click.option("--steps", type=int, default=400, show_default=True, metavar="T", help="Steps of each run.")
@record_every_option()
@folder_options(
    "Keep figure.png there, and each run's trajectory.npz and checkpoint in a folder of its own.", kept=f"*/{FILE_NAME}"
)
@json_option
def network(
    data: DataRequest,
    step_size: str,
    depth: int,
    width: int,
    scale: str,
    names: str,
    steps: int,
    record_every: int,
    folder: Path | None,
    resume: bool,
    json_target: str | None,
) -> int:
    """Train a SiLU network on DATA at several precisions and record loss and sharpness.

    The network has D layers without biases and learns the labels by gradient descent on all the samples. Its inputs
    are the data in an orthonormal basis of their row space, which changes nothing but the cost. Take few samples: at
    MPFR's speed a step with width 32 and 5 samples takes some ten milliseconds.
    """
    check_step_size(step_size)
    if not exact_fraction(scale) > 0:
        raise ParameterError(f"the scale is {scale}; give a positive number")
    chosen = _arithmetics(names)
    dataset = data.load()
    say_what_was_understood(dataset, json_target)
    inside, basis = row_space_coordinates(dataset.X)
    hidden, last_layer = default_weights(dataset.X.shape[1], depth, width, data.seed)
    hidden[0] = hidden[0] @ basis.T
    factor, threshold = float(exact_fraction(scale)), float(2 / exact_fraction(step_size))
    settings = {**data.given.settings, "width": width, "scale": scale}
    runs: dict[str, Trajectory] = {}
    for a in chosen:
        model = SiluNetwork.from_data(inside, dataset.y, depth, width, a)
        own = None if folder is None else folder / a.name.replace(":", "-")
        if own is not None:
            own.mkdir(parents=True, exist_ok=True)
        with training_bar(a.name, steps, threshold) as watch:
            run = run_training(
                model,
                GradientDescent(step_size),
                model.state([factor * matrix for matrix in hidden], factor * last_layer),
                steps=steps,
                record_every=record_every,
                observers=(Loss(), NetworkSharpness()),
                data=dataset.digest,
                folder=own,
                resume=resume,
                settings=settings,
                progress=watch,
            )
        if own is not None:
            run.save(own / "trajectory.npz")
        runs[a.name] = run
        if run.outcome is Outcome.INTERRUPTED:
            break
    if folder is not None:
        write_figure(partial(draw_panels, panels_of_runs(runs, threshold), columns=1), folder / "figure.png")
    asked = f"--step-size {step_size} --steps {steps} --depth {depth} --width {width} --scale {scale}"
    compared = _record(runs, chosen, threshold)
    record = {
        "command": f"sharpness network {data.words()} {asked} --seed {data.seed} --arithmetic {names}",
        "understood": in_words(dataset),
        "data_sha256": dataset.digest,
        "versions": versions(),
        "step_size": step_size,
        "settings": settings,
        **compared,
        **_series(runs),
    }
    show_result(record, json_target, lambda: _print(compared, threshold, folder))
    if run.outcome is Outcome.INTERRUPTED:
        return interrupted(folder, f" at step {run.last_step} of {run.settings['arithmetic']}")
    return 0


def _arithmetics(names: str) -> list[Arithmetic]:
    """Read the arithmetics, in the order of their precision."""
    found = [parse_arithmetic(name) for name in names.split(",")]
    if len(set(found)) < len(found):
        raise ParameterError(f"{names} names an arithmetic twice; give each once")
    return sorted(found, key=lambda a: a.bits)


def _record(runs: Mapping[str, Trajectory], chosen: list[Arithmetic], threshold: float) -> dict[str, Any]:
    """What the runs did at the edge, each against the one of most bits."""
    reference = list(runs.values())[-1]
    bits = {a.name: a.bits for a in chosen}
    rows = []
    for name, run in runs.items():
        edge = Edge.of(run, threshold)
        apart = largest_difference(run, reference)
        rows.append(
            {
                "bits": bits[name],
                "arithmetic": name,
                "outcome": run.outcome.value,
                "crossing_step": edge.crossing_step,
                "drop_step": edge.drop_step,
                "peak_sharpness": edge.peak_sharpness,
                "final_loss": float(run.series["loss"][-1]),
                "largest_difference": apart if apart < float("inf") else None,
            }
        )
    return {"reference_bits": bits[list(runs)[-1]], "runs": rows}


def _series(runs: Mapping[str, Trajectory]) -> dict[str, Any]:
    """What was recorded, to nine digits; null where it is not finite."""

    def plain(value: float) -> float | None:
        return float(f"{value:.9g}") if math.isfinite(value) else None

    return {
        "steps": max((run.steps.tolist() for run in runs.values()), key=len),
        "series": {
            name: {key: [plain(float(value)) for value in values] for key, values in run.series.items()}
            for name, run in runs.items()
        },
    }


def _print(record: Mapping[str, Any], threshold: float, folder: Path | None) -> None:
    click.echo(f"2/step size {threshold:.6g}; differences of the sharpness are from {record['reference_bits']} bits\n")
    click.echo(
        f"{'arithmetic':12}{'outcome':>12}{'crossing':>10}{'drop':>8}{'peak':>12}{'final loss':>14}{'difference':>12}"
    )
    for row in record["runs"]:
        crossing, drop = ("-" if row[key] is None else row[key] for key in ("crossing_step", "drop_step"))
        apart = "-" if row["largest_difference"] is None else f"{row['largest_difference']:.2g}"
        click.echo(
            f"{row['arithmetic']:12}{row['outcome']:>12}{crossing:>10}{drop:>8}"
            f"{row['peak_sharpness']:>12.6g}{row['final_loss']:>14.4g}{apart:>12}"
        )
    if folder is not None:
        click.echo(f"\nkept in {folder}")
