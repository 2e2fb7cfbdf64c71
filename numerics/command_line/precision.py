"""Compare numerical precisions at the edge of stability, and predict which of them blow up."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import click

from numerics.command_line.argument_types import Read
from numerics.command_line.data_argument import data_argument, describe_sources, say_what_was_understood, words_for
from numerics.command_line.number_list import as_number_list, number_list
from numerics.command_line.one_line_errors import interrupted
from numerics.command_line.output import json_option, say, show_result, write_figure, write_json
from numerics.command_line.run_options import depth_option, folder_options, init_option
from numerics.data.first_look import in_words
from numerics.finite_precision.precision_text import diagram_text
from numerics.finite_precision.problem import Problem
from numerics.interface.given import Given
from numerics.interface.precision import PrecisionStudy, problem_of, settings_of
from numerics.work.progress import bar
from numerics.work.versions import versions
from theory.errors import ParameterError

Found = tuple[Mapping[str, Any], bool, Callable[[Path], object], str]
"""What a study or a diagram gives: its record, whether it was interrupted, what draws it, and its text."""
_MOST_BITS = 10_000


def _precisions(text: str) -> tuple[int, ...]:
    found = tuple(map(round, number_list(text)))
    for bits in found:
        if not 2 <= bits <= _MOST_BITS:
            raise ValueError(f"{bits} bits are not between 2 and {_MOST_BITS}")
    return found


@click.command(
    epilog=f"""{describe_sources()}

\b
Examples:
  sharpness precision minimal:100,5.477,0.233,0.3,1.414 --step-size 2.5 \\
      --init c=0.1,0.1,v=0.5 --bits 24,53,113,200,400 --out study
  sharpness precision minimal:100,5.477,0.233,0.3,1.414 \\
      --step-size 2/1.2 --init c=0.1,0.1,v=0.5 --json -
  sharpness precision minimal:100,5.477,0.233,0.3,1.414 --diagram \\
      --step-size 1.2:3.2:21 --bits 20:400:20 --init c=0.1,0.1,v=0.5 \\
      --out diagram
"""
)
@data_argument
@depth_option
@click.option(
    "--step-size",
    "step_sizes",
    type=Read("step size", number_list, "write 2.5, 2/0.8 or, for a diagram, 1:3:20"),
    required=True,
    metavar="ETA",
    help="Step size, such as 2.5 or 2/0.8; for a diagram several, A,B,... or FIRST:LAST:COUNT.",
)
@click.option(
    "--bits",
    type=Read("list of precisions", _precisions, "write 24,53,200 or 20:400:20"),
    default="24,53,113,200,400",
    show_default=True,
    metavar="P,...",
    help="Precisions, P,Q,... or FIRST:LAST:COUNT. 24 and 53 also run as native float32 and float64.",
)
@click.option("--steps", type=int, default=2500, show_default=True, metavar="T", help="Most steps of a run.")
@init_option
@click.option(
    "--tolerance",
    type=float,
    default=1e-4,
    show_default=True,
    metavar="L",
    help="A run that took all its steps converged if its last loss is at most L, and a hundredth of the first.",
)
@click.option("--diagram", is_flag=True, help="Draw the phase diagram over step size and bits, each cell a run.")
@folder_options("Keep the result, the figure, every trajectory and checkpoints there.")
@json_option
def precision(
    data: Given,
    depth: int,
    step_sizes: list[Fraction],
    bits: tuple[int, ...],
    steps: int,
    init: str,
    tolerance: float,
    diagram: bool,
    folder: Path | None,
    resume: bool,
    json_target: str | None,
) -> int:
    """Run gradient descent on DATA at many precisions, and predict where each one's sharpness drops.

    The drop step of a run is the first step after its crossing of 2/ETA with a sharpness below 2/ETA again, or the step
    at which its loss passes 1e6, or a million times its first if that is above 1. The predictions come from one run
    whose own precision is doubled until another changes nothing. A study that was stopped or killed goes on with
    --resume, to the same result.
    """
    if not tolerance >= 0:
        raise ParameterError(f"the tolerance is {tolerance}; give 0 or a positive loss")
    if len(step_sizes) > 1 and not diagram:
        raise ParameterError("a study has one step size; give one, or draw a --diagram")
    dataset = data.dataset
    problem = problem_of(data, depth, step_sizes[0], init, folder)
    say_what_was_understood(dataset, json_target)
    settings = settings_of(data, problem, init, step_sizes, bits, steps, tolerance, diagram=diagram)
    with bar("steps", len(step_sizes) * (len(bits) + 2) * steps) as update:
        options = {
            "tolerance": tolerance,
            "folder": folder,
            "resume": resume,
            "settings": settings,
            "progress": update,
        }
        run = _diagram if diagram else _study
        found, stopped, draw, text = run(problem, step_sizes, bits, steps, options)
    asked = (
        *(("--diagram",) if diagram else ()),
        *("--seed", data.seed, "--depth", depth, "--init", init),
        *("--step-size", as_number_list(step_sizes), "--bits", as_number_list(bits)),
        *("--steps", steps, "--tolerance", tolerance),
    )
    record = {
        "command": f"sharpness precision {words_for(data)} {shlex.join(map(str, asked))}",
        "understood": in_words(dataset),
        "versions": versions(),
        **found,
        "settings": settings,
    }
    if folder is not None:
        write_json(str(folder / "result.json"), record)
        write_figure(draw, folder / "figure.png")
    kept = "" if folder is None else f"\nkept in {folder}"
    show_result(record, json_target, lambda: say((text + kept).lstrip("\n")))
    return interrupted(folder) if stopped else 0


def _study(
    problem: Problem, step_sizes: Sequence[Fraction], bits: Sequence[int], steps: int, options: dict[str, Any]
) -> Found:
    study = PrecisionStudy.of(problem, bits, steps, **options)
    return study.found, study.interrupted, study.plot, repr(study)


def _diagram(
    problem: Problem, step_sizes: Sequence[Fraction], bits: Sequence[int], steps: int, options: dict[str, Any]
) -> Found:
    from numerics.figures.phase_diagram import draw_diagram
    from numerics.finite_precision.diagram import run_diagram

    columns = run_diagram(problem, step_sizes, bits, steps, **options)
    whole = [column for column in columns if column is not None]
    return {"columns": whole}, len(whole) < len(columns), partial(draw_diagram, whole), diagram_text(whole)
