"""What numerical precision changes at the edge of stability."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numerics.arithmetic.base import exact_fraction
from numerics.arithmetic.whole_numbers import whole
from numerics.data import Reading
from numerics.finite_precision.kept_problem import kept_problem
from numerics.finite_precision.precision_runs import PrecisionRecord, PrecisionRuns, run_precisions
from numerics.finite_precision.precision_text import TITLES, law_lines, run_cells, runs_text
from numerics.finite_precision.problem import Problem
from numerics.interface.arguments import loss, start_of
from numerics.interface.given import Given, given
from numerics.interface.shown import Drawn
from numerics.work.progress import bar

if TYPE_CHECKING:
    from pandas import DataFrame

    from numerics.figures.panels import Panel


@dataclass(frozen=True, eq=False, repr=False)
class PrecisionStudy(PrecisionRuns, Drawn):
    """One problem at many precisions, and what the law predicts of them from one reference run."""

    @classmethod
    def of(cls, problem: Problem, bits: Sequence[int], steps: int, **how: Any) -> PrecisionStudy:
        """Make the runs; `how` is what `run_precisions` takes."""
        runs = run_precisions(problem, bits, steps, **how)
        return cls(**{one.name: getattr(runs, one.name) for one in fields(runs)})

    @cached_property
    def found(self) -> PrecisionRecord:
        """Every number that is shown."""
        return self.record()

    def panels(self) -> list[Panel]:
        """Loss and sharpness of every run, with `2/eta`."""
        from numerics.figures.precision_runs import precision_panels

        return precision_panels(self, self.found)

    def frame(self) -> DataFrame:
        """Give one row for each run.

        Raises:
            ParameterError: pandas is not installed.
        """
        from numerics.trajectory.result import data_frame

        runs = self.found["runs"]
        columns = {name: [run[name] for run in runs] for name in runs[0] if name != "bits"}  # type: ignore[literal-required]
        return data_frame(columns, "bits", [run["bits"] for run in runs])

    def __repr__(self) -> str:
        return runs_text(self.found)

    def _repr_html_(self) -> str:
        from theory.printing.tables import table

        return table(map(run_cells, self.found["runs"]), TITLES, "Runs at many precisions", law_lines(self.found))


def precision(
    data: Any,
    y: Any = None,
    *,
    step_size: object,
    bits: Iterable[int] = (24, 53, 113, 200, 400),
    depth: int = 2,
    init: Any = "default",
    steps: int = 2500,
    tolerance: object = 1e-4,
    samples: int | None = None,
    seed: int = 0,
    reading: Reading | None = None,
    folder: str | Path | None = None,
    resume: bool = False,
) -> PrecisionStudy:
    """Run gradient descent at many precisions, and predict where the sharpness of each drops below `2/eta` again.

    Args:
        data: as `numerics.study` takes them.
        y: likewise.
        step_size: `eta`; a text such as `"2/0.8"` is exact, and a float is the decimal that it prints as.
        bits: the precisions; 24 and 53 are also run in the processor's own float32 and float64.
        depth: `D >= 2`.
        init: as `numerics.train` takes it.
        steps: the most steps of a run.
        tolerance: a run that took all its steps converged if its last loss is at most this and 1% of the first.
        samples: how many samples to draw, of data named by a text.
        seed: fixes every random choice.
        reading: how to read a file.
        folder: keeps every run; None to keep nothing.
        resume: whether to go on with what the folder holds.

    Raises:
        ParameterError: an argument outside its domain, or no precision is enough for the reference run.
        StudyError: the folder holds another study.
        ShapeError, NotFiniteError, DegenerateDataError, DataFileError: the data; the message says where.

    Examples:
        >>> found = precision("minimal:4,2,0.2,0.3,1", step_size="0.7", init="c=0.1,0.1,v=0.5", bits=[24], steps=300)
        >>> [run["arithmetic"] for run in found.found["runs"]]
        ['mpfr', 'float32']
    """
    read = given(data, y, samples=samples, seed=seed, reading=reading)
    kept = None if folder is None else Path(folder)
    problem = problem_of(read, depth, exact_fraction(str(step_size)), init, kept)
    chosen = [whole(one, "a number of bits", 2) for one in ([bits] if isinstance(bits, int) else bits)]
    steps, least = whole(steps, "the number of steps"), loss(tolerance)
    with bar("steps", (len(chosen) + 2) * steps) as update:
        return PrecisionStudy.of(
            problem,
            chosen,
            steps,
            tolerance=least,
            folder=kept,
            resume=resume,
            settings=settings_of(read, problem, init, [problem.step_size], chosen, steps, least),
            progress=update,
        )


def problem_of(read: Given, depth: int, step_size: Fraction, init: Any, folder: Path | None) -> Problem:
    """Take the problem with the numbers that a folder keeps of these data, if there is a folder."""
    problem = Problem.from_dataset(read.dataset, depth, step_size, start_of(init), read.seed)
    return problem if folder is None else kept_problem(problem, read.dataset, folder)


def settings_of(
    read: Given,
    problem: Problem,
    init: Any,
    step_sizes: Sequence[Fraction],
    bits: Sequence[int],
    steps: int,
    tolerance: float,
    *,
    diagram: bool = False,
) -> dict[str, Any]:
    """Give what determines a study, by which a folder knows it again."""
    return {
        **read.settings,
        "sha256": problem.digest(),
        "depth": problem.depth,
        "init": str(init),
        "step_size": ",".join(map(str, step_sizes)),
        "bits": list(bits),
        "steps": steps,
        "tolerance": tolerance,
        "diagram": diagram,
    }
