"""Compare numerical precisions at the edge of stability, and predict which of them blow up."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import click

from numerics.command_line.data_argument import DataRequest, data_argument, describe_sources, say_what_was_understood
from numerics.command_line.interrupted import interrupted
from numerics.command_line.number_list import as_number_list, number_list
from numerics.command_line.output import STDOUT, json_option, write_figure, write_json
from numerics.command_line.precision_table import print_diagram, print_study
from numerics.model.initialization import FORMS
from numerics.precision.problem import Problem
from numerics.work.progress import bar
from numerics.work.versions import versions
from theory.errors import ParameterError

_MOST_BITS = 10_000


class _Bits(click.ParamType[tuple[int, ...]]):
    name = "bits"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        try:
            return tuple(_whole(part) for part in number_list(str(value)))
        except ValueError as error:
            self.fail(f"{value!r} is no list of precisions: {error}; write 24,53,200 or 20:400:20", param, ctx)


class _StepSizes(click.ParamType[tuple[Fraction, ...]]):
    name = "step sizes"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[Fraction, ...]:
        try:
            return tuple(number_list(str(value)))
        except ValueError as error:
            self.fail(f"{value!r} is no step size: {error}; write 2.5, 2/0.8 or, for a diagram, 1:3:20", param, ctx)


def _whole(number: Fraction) -> int:
    nearest = round(number)
    if not 2 <= nearest <= _MOST_BITS:
        raise ValueError(f"{nearest} bits are not between 2 and {_MOST_BITS}")
    return nearest


@click.command(
    epilog=f"""{describe_sources()}

\b
Examples:
  sharpness precision minimal:100,5.477,0.233,0.3,1.414 --step-size 2.5 --init c=0.1,0.1,v=0.5 \\
      --bits 24,53,113,200,400 --steps 2500 --out study
  sharpness precision minimal:100,5.477,0.233,0.3,1.414 --step-size 2/1.2 --init c=0.1,0.1,v=0.5 --json -
  sharpness precision minimal:100,5.477,0.233,0.3,1.414 --diagram --step-size 1.2:3.2:21 \\
      --bits 20:400:20 --init c=0.1,0.1,v=0.5 --steps 2500 --out diagram
"""
)
@data_argument
@click.option("--depth", type=int, default=2, show_default=True, metavar="D", help="Number of layers, at least 2.")
@click.option(
    "--step-size",
    "step_sizes",
    type=_StepSizes(),
    required=True,
    metavar="ETA",
    help="Step size, such as 2.5 or 2/0.8; for a diagram several, A,B,... or FIRST:LAST:COUNT.",
)
@click.option(
    "--bits",
    type=_Bits(),
    default="24,53,113,200,400",
    show_default=True,
    metavar="P,...",
    help="Precisions, P,Q,... or FIRST:LAST:COUNT. 24 and 53 also run as native float32 and float64.",
)
@click.option("--steps", type=int, default=2500, show_default=True, metavar="T", help="Most steps of a run.")
@click.option("--init", "form", default="default", show_default=True, metavar="INIT", help=f"One of {FORMS}.")
@click.option(
    "--tolerance",
    type=float,
    default=1e-4,
    show_default=True,
    metavar="L",
    help="A run that took all its steps converged if its last loss is at most L.",
)
@click.option("--diagram", is_flag=True, help="Draw the phase diagram over step size and bits, each cell a run.")
@click.option(
    "--out",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Keep the result, the figure, every trajectory and checkpoints there.",
)
@click.option("--resume", is_flag=True, help="Go on with the study in DIR.")
@json_option
def precision(
    data: DataRequest,
    depth: int,
    step_sizes: tuple[Fraction, ...],
    bits: tuple[int, ...],
    steps: int,
    form: str,
    tolerance: float,
    diagram: bool,
    folder: Path | None,
    resume: bool,
    json_target: str | None,
) -> int:
    """Run gradient descent on DATA at many precisions, and predict where each one's sharpness drops.

    The drop step of a run is the first step after its crossing of 2/ETA with a sharpness below 2/ETA again, or the step
    at which its loss passes 1e6. The predictions come from one run whose own precision is doubled until nothing
    changes. A study that was stopped or killed goes on with --resume, to the same result.
    """
    if resume and folder is None:
        raise ParameterError("--resume goes on from a folder; give it with --out")
    if not tolerance >= 0:
        raise ParameterError(f"the tolerance is {tolerance}; give 0 or a positive loss")
    if len(step_sizes) > 1 and not diagram:
        raise ParameterError("a study has one step size; give one, or draw a --diagram")
    dataset = data.load()
    problem = Problem.from_dataset(dataset, depth, step_sizes[0], form, data.seed)
    say_what_was_understood(dataset, json_target)
    settings = {
        **data.settings(),
        "sha256": problem.digest(),
        "depth": depth,
        "init": form,
        "step_size": ",".join(map(str, step_sizes)),
        "bits": list(bits),
        "steps": steps,
        "tolerance": tolerance,
        "diagram": diagram,
    }
    ask = _ask_diagram if diagram else _ask_study
    return ask(problem, step_sizes, bits, steps, tolerance, folder, resume, settings, json_target)


def _ask_study(
    problem: Problem,
    step_sizes: tuple[Fraction, ...],
    bits: tuple[int, ...],
    steps: int,
    tolerance: float,
    folder: Path | None,
    resume: bool,
    settings: dict[str, Any],
    json_target: str | None,
) -> int:
    from numerics.figures.panels import draw_panels
    from numerics.figures.precision_study import study_panels
    from numerics.precision.study import run_study

    with bar("steps", (len(bits) + 2) * steps) as update:
        study = run_study(
            problem,
            bits,
            steps,
            tolerance=tolerance,
            folder=folder,
            resume=resume,
            settings=settings,
            progress=update,
        )
    record = {**_made(step_sizes, settings), **study.record(), "settings": settings}
    if folder is not None:
        _keep(folder, record, partial(draw_panels, study_panels(study, record), columns=1))
    if json_target is not None:
        write_json(json_target, record)
    if json_target != STDOUT:
        print_study(record, folder)
    return interrupted(folder) if study.interrupted else 0


def _ask_diagram(
    problem: Problem,
    step_sizes: tuple[Fraction, ...],
    bits: tuple[int, ...],
    steps: int,
    tolerance: float,
    folder: Path | None,
    resume: bool,
    settings: dict[str, Any],
    json_target: str | None,
) -> int:
    from numerics.figures.phase_diagram import draw_diagram
    from numerics.precision.diagram import run_diagram

    with bar("steps", len(step_sizes) * (len(bits) + 2) * steps) as update:
        columns = run_diagram(
            problem,
            step_sizes,
            bits,
            steps,
            tolerance=tolerance,
            folder=folder,
            resume=resume,
            settings=settings,
            progress=update,
        )
    whole = [column for column in columns if column is not None]
    record = {**_made(step_sizes, settings), "columns": whole, "settings": settings}
    if folder is not None:
        _keep(folder, record, partial(draw_diagram, whole))
    if json_target is not None:
        write_json(json_target, record)
    if json_target != STDOUT:
        print_diagram(whole, folder)
    return interrupted(folder) if len(whole) < len(columns) else 0


def _made(step_sizes: tuple[Fraction, ...], settings: dict[str, Any]) -> dict[str, Any]:
    """What makes the result again: the command with every option that matters, and the versions it ran with."""
    drawn = () if settings["samples"] is None else ("--samples", settings["samples"])
    asked = (
        *(("--diagram",) if settings["diagram"] else ()),
        *(*drawn, "--seed", settings["seed"], "--depth", settings["depth"], "--init", settings["init"]),
        *("--step-size", as_number_list(step_sizes), "--bits", as_number_list(settings["bits"])),
        *("--steps", settings["steps"], "--tolerance", settings["tolerance"]),
    )
    return {
        "command": shlex.join(map(str, ("sharpness", "precision", settings["data"], *asked))),
        "versions": versions(),
    }


def _keep(folder: Path, record: dict[str, Any], draw: Callable[[Path], object]) -> None:
    write_json(str(folder / "result.json"), record)
    write_figure(draw, folder / "figure.png")
