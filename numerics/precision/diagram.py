"""The phase diagram over step size and bits: each cell a run, the predicted boundaries over it."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numerics.precision.law import PrecisionLaw
from numerics.precision.problem import Problem, at_precision
from numerics.precision.recording import Recording, recorded
from numerics.precision.reference import reference_run
from numerics.precision.study import open_folder
from numerics.precision.study_figure import figure_and_canvas, write_figure
from numerics.trajectory import Outcome
from numerics.work.files import replace_file
from numerics.work.pool import Job, Report, run_jobs
from theory.errors import ParameterError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLUMNS = "columns"
REGIONS = {
    "no crossing": "#d9d9d9",
    "survives": "#a6cee3",
    "blows up": "#fdbf6f",
    "survives as in exact arithmetic": "#1f78b4",
    "blows up as in exact arithmetic": "#e31a1c",
}
"""What a cell can be, and its colour."""

Column = dict[str, Any]


def run_diagram(
    problem: Problem,
    step_sizes: Sequence[Fraction],
    bits: Sequence[int],
    steps: int,
    *,
    tolerance: float = 1e-4,
    folder: Path | None = None,
    resume: bool = False,
    settings: Mapping[str, Any] | None = None,
    processes: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> list[Column | None]:
    """Run a problem at every step size and every precision.

    Args:
        problem: what to run; its own step size does not matter.
        step_sizes: one for each column, ascending.
        bits: one precision for each row, ascending.
        steps: most steps of a run.
        tolerance: the largest loss at the last step of a run that counts as converged.
        folder: keeps every finished column; None to keep nothing.
        resume: go on with what the folder holds.
        settings: what determined the diagram; kept, and compared on resuming.
        processes: how many columns at a time; by default one for each core.
        progress: called with the number of steps taken by all runs together.

    Returns:
        The columns in the order of the step sizes; None for one that was interrupted.

    Raises:
        ParameterError: fewer than two step sizes or precisions, or not in ascending order.
        StudyError: the folder holds a study, and `resume` is not given or it is another one.
    """
    _check_ascending(step_sizes, "step sizes")
    _check_ascending(bits, "precisions")
    if steps < 1:
        raise ParameterError(f"{steps} steps; give a whole number of at least 1")
    at_precision(min(bits))
    problems = [problem.with_step_size(step_size) for step_size in step_sizes]
    place = None
    if folder is not None:
        open_folder(folder, dict(settings or {}), resume)
        place = folder / COLUMNS
        place.mkdir(exist_ok=True)
    jobs = [Job(_column, (one, tuple(bits), steps, tolerance, place, number)) for number, one in enumerate(problems)]
    return run_jobs(jobs, processes=processes, progress=progress, interrupted=lambda column: column is None)


def _check_ascending(values: Sequence[Any], what: str) -> None:
    if len(values) < 2 or list(values) != sorted(set(values)):
        raise ParameterError(f"a diagram needs two or more {what} in ascending order")


def _column(
    problem: Problem, bits: Sequence[int], steps: int, tolerance: float, place: Path | None, number: int, report: Report
) -> Column | None:
    path = None if place is None else place / f"{number}.json"
    if path is not None and path.exists():
        kept: Column = json.loads(path.read_bytes())
        return kept
    reference = reference_run(problem, steps, progress=report)
    if reference is None:
        return None
    done, cells = 2 * reference.recording.last_step, []

    def watch(step: int) -> None:
        report(done + step)

    for p in bits:
        run = recorded(problem, at_precision(p), steps, progress=watch)
        if run.outcome is Outcome.INTERRUPTED:
            return None
        done += run.last_step
        cells.append(
            {
                "bits": p,
                "region": region(run, reference.recording),
                "outcome": run.fate(tolerance).value,
                "crossing_step": run.crossing_step,
                "drop_step": run.drop_step,
            }
        )
    law = PrecisionLaw(reference, steps)
    column = {
        "step_size": float(problem.step_size),
        "critical_bits": law.critical_bits,
        "contraction_bits": reference.contraction_bits,
        "blowup_bits": law.blowup_bits,
        "reference_bits": reference.bits,
        "exact_crossing_step": reference.recording.crossing_step,
        "exact_drop_step": reference.recording.drop_step,
        "cells": cells,
    }
    if path is not None:
        replace_file(path, (json.dumps(column) + "\n").encode())
    return column


def region(run: Recording, exact: Recording) -> str:
    """Name the cell of a run: how it ended, and whether its crossing and drop are those of exact arithmetic."""
    if run.crossing_step is None and not run.diverged:
        return "no crossing"
    fate = "blows up" if run.diverged else "survives"
    same = run.drop_step is not None and (run.crossing_step, run.drop_step, run.diverged) == (
        exact.crossing_step,
        exact.drop_step,
        exact.diverged,
    )
    return f"{fate} as in exact arithmetic" if same else fate


def draw_diagram(columns: Sequence[Column], path: Path) -> Figure:
    """Draw the cells and, over them, the predicted critical and blow-up precisions.

    Raises:
        ParameterError: matplotlib is not installed, or there is no column.
    """
    if not columns:
        raise ParameterError("no column of the diagram is complete")
    figure, canvas = figure_and_canvas(8.0, 6.0)
    from matplotlib.colors import BoundaryNorm, ListedColormap
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    axes = figure.subplots()
    names = list(REGIONS)
    bits = [cell["bits"] for cell in columns[0]["cells"]]
    sizes = [column["step_size"] for column in columns]
    values = [[names.index(column["cells"][row]["region"]) for column in columns] for row in range(len(bits))]
    colours = ListedColormap(list(REGIONS.values()))
    axes.pcolormesh(
        _edges(sizes), _edges(bits), values, cmap=colours, norm=BoundaryNorm(range(len(names) + 1), colours.N)
    )
    lines: tuple[tuple[str, Any, str], ...] = (
        ("critical_bits", "solid", "predicted critical precision"),
        ("blowup_bits", "dashed", "predicted least precision that blows up"),
    )
    handles: list[Any] = [Patch(color=colour, label=name) for name, colour in REGIONS.items()]
    for name, style, label in lines:
        heights = [math.nan if column[name] is None else column[name] for column in columns]
        axes.plot(sizes, heights, color="black", linestyle=style)
        handles.append(Line2D([], [], color="black", linestyle=style, label=label))
    axes.set_xlim(_edges(sizes)[0], _edges(sizes)[-1])
    axes.set_ylim(_edges(bits)[0], _edges(bits)[-1])
    axes.set_xlabel("step size")
    axes.set_ylabel("bits")
    figure.legend(handles=handles, loc="outside lower center", ncols=2, fontsize="small")
    write_figure(canvas, path)
    return figure


def _edges(centres: Sequence[float]) -> list[float]:
    if len(centres) == 1:
        return [0.95 * centres[0], 1.05 * centres[0]]
    between = [(one + other) / 2 for one, other in itertools.pairwise(centres)]
    return [2 * centres[0] - between[0], *between, 2 * centres[-1] - between[-1]]
