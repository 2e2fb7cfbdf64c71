"""The phase diagram over step size and bits: each cell a run, and the predicted boundaries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, TypedDict, cast

from numerics.arithmetic import at_precision
from numerics.finite_precision.law import PrecisionLaw
from numerics.finite_precision.precision_runs import one_process_if_small, open_folder
from numerics.finite_precision.problem import Problem
from numerics.finite_precision.recording import Recording, recorded
from numerics.finite_precision.reference import reference_run
from numerics.trajectory import Outcome
from numerics.work.pool import Report, run_jobs
from numerics.work.store import Store
from numerics.work.task import Task, packed, unpacked
from theory.errors import ParameterError

COLUMNS = "columns"


class Cell(TypedDict):
    """A run: its precision, its `region`, how it ended, and the steps of its crossing and drop, None for none."""

    bits: int
    region: str
    outcome: str
    crossing_step: int | None
    drop_step: int | None


class Column(TypedDict):
    """The runs with one step size, what is predicted of them, and where exact arithmetic crosses and drops."""

    step_size: float
    critical_bits: int | None
    contraction_bits: float | None
    blowup_bits: int | None
    reference_bits: int
    exact_crossing_step: int | None
    exact_drop_step: int | None
    cells: list[Cell]


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
        processes: how many columns at a time; by default one for each core, or one if the diagram is small.
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
    chosen = [at_precision(p) for p in bits]
    problems = [problem.with_step_size(step_size) for step_size in step_sizes]
    if processes is None:
        processes = one_process_if_small(problem, chosen, steps, len(step_sizes))
    store = None
    if folder is not None:
        open_folder(folder, dict(settings or {}), resume)
        store = Store(folder / COLUMNS)
    return run_jobs(
        [partial(_kept_column, one, tuple(bits), steps, tolerance, store) for one in problems],
        processes=processes,
        progress=progress,
    )


def _check_ascending(values: Sequence[Any], what: str) -> None:
    if len(values) < 2 or list(values) != sorted(set(values)):
        raise ParameterError(f"a diagram needs two or more {what} in ascending order")


def _kept_column(
    problem: Problem, bits: Sequence[int], steps: int, tolerance: float, store: Store | None, progress: Report
) -> Column | None:
    if store is None:
        return _column(problem, bits, steps, tolerance, progress)
    configuration = {"bits": list(bits), "steps": steps, "tolerance": tolerance}
    key = Task(f"{__name__}:_column", configuration, problem.digest()).key
    kept = store.load(key)
    if kept is not None:
        return cast(Column, unpacked(kept))
    column = _column(problem, bits, steps, tolerance, progress)
    if column is not None:
        store.save(key, packed({**column}))
    return column


def _column(problem: Problem, bits: Sequence[int], steps: int, tolerance: float, progress: Report) -> Column | None:
    reference = reference_run(problem, steps, progress=progress)
    if reference is None:
        return None
    done, cells = 2 * reference.recording.last_step, list[Cell]()

    def watch(step: int) -> None:
        progress(done + step)

    for p in bits:
        run = recorded(problem, at_precision(p), steps, progress=watch)
        if run.outcome is Outcome.INTERRUPTED:
            return None
        done += run.last_step
        cells.append(
            {
                "bits": p,
                "region": region(run, reference.recording),
                "outcome": run.outcome_within(tolerance).name.lower(),
                "crossing_step": run.crossing_step,
                "drop_step": run.drop_step,
            }
        )
    law = PrecisionLaw(reference, steps)
    return {
        "step_size": float(problem.step_size),
        "critical_bits": law.critical_bits,
        "contraction_bits": reference.contraction_bits,
        "blowup_bits": law.blowup_bits,
        "reference_bits": reference.bits,
        "exact_crossing_step": reference.recording.crossing_step,
        "exact_drop_step": reference.recording.drop_step,
        "cells": cells,
    }


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
