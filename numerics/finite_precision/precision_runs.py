"""One problem at many precisions: every run, the reference, and what the law says of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypedDict

from numerics.arithmetic import Arithmetic, Float32, Float64, at_precision
from numerics.finite_precision.law import PrecisionLaw
from numerics.finite_precision.problem import Problem
from numerics.finite_precision.recording import Recording, recorded
from numerics.finite_precision.reference import Reference, reference_run
from numerics.trajectory import Outcome
from numerics.work.checkpoint import OTHER_CODE, differences
from numerics.work.files import replace_file
from numerics.work.pool import Job, run_jobs
from numerics.work.source_version import source_version
from theory.errors import ParameterError, SharpnessError

SETTINGS = "study.json"
RUNS, REFERENCE = "runs", "reference"
NATIVE: Mapping[int, type[Float32] | type[Float64]] = {24: Float32, 53: Float64}
"""Precisions that the processor computes in by itself."""

_SMALL = 2_000_000  # operations on the numbers, which take less time than other processes take to start


class StudyError(SharpnessError):
    """A folder that holds another study, or one that cannot be read."""


class RunRecord(TypedDict):
    """What JSON keeps of a run; None for what did not happen."""

    bits: int
    arithmetic: str
    outcome: str
    crossing_step: int | None
    drop_step: int | None
    peak_sharpness: float | None
    final_loss: float | None
    predicted_drop_step: int | None


class PrecisionRecord(TypedDict):
    """What JSON keeps of a study: the predictions, None where nothing is predicted, and every run."""

    critical_bits: int | None
    contraction_bits: float | None
    blowup_bits: int | None
    reference_bits: int | None
    confirmed_by: int | None
    runs: list[RunRecord]


@dataclass(frozen=True, eq=False)
class PrecisionRuns:
    """Runs of one problem at many precisions, and their reference.

    Attributes:
        problem: what was run.
        steps: most steps of a run.
        tolerance: a run that took all its steps converged if its last loss is at most this.
        runs: one recording for each arithmetic, those of MPFR before the native one of the same bits.
        bits: the precision of each.
        reference: the reference run; None if the study was interrupted.
    """

    problem: Problem
    steps: int
    tolerance: float
    runs: Sequence[Recording | None]
    bits: Sequence[int]
    arithmetics: Sequence[Arithmetic]
    reference: Reference | None

    @property
    def interrupted(self) -> bool:
        """Whether some run is not complete."""
        return self.reference is None or any(run is None or run.outcome is Outcome.INTERRUPTED for run in self.runs)

    def record(self) -> PrecisionRecord:
        """Give what JSON keeps."""
        law = None if self.reference is None else PrecisionLaw(self.reference, self.steps)
        if law is not None:
            law.foresee_boundaries(self.bits)
        return {
            "critical_bits": None if law is None else law.critical_bits,
            "contraction_bits": None if self.reference is None else self.reference.contraction_bits,
            "blowup_bits": None if law is None else law.blowup_bits,
            "reference_bits": None if self.reference is None else self.reference.bits,
            "confirmed_by": None if self.reference is None else self.reference.confirmed_by,
            "runs": [
                _plain(run, bits, arithmetic, self.tolerance, law)
                for run, bits, arithmetic in zip(self.runs, self.bits, self.arithmetics, strict=True)
            ],
        }


def _plain(
    run: Recording | None, bits: int, arithmetic: Arithmetic, tolerance: float, law: PrecisionLaw | None
) -> RunRecord:
    return {
        "bits": bits,
        "arithmetic": arithmetic.kind,
        "outcome": (Outcome.INTERRUPTED if run is None else run.outcome_within(tolerance)).name.lower(),
        "crossing_step": None if run is None else run.crossing_step,
        "drop_step": None if run is None else run.drop_step,
        "peak_sharpness": None if run is None else run.peak_sharpness,
        "final_loss": None if run is None or not len(run.loss) else float(run.loss[-1]),
        "predicted_drop_step": None if law is None else law.drop_step(bits),
    }


def arithmetics(bits: Sequence[int]) -> list[Arithmetic]:
    """Give the arithmetics of a list of precisions: for 24 and 53 bits the native one too.

    >>> [a.name for a in arithmetics([24, 100])]
    ['mpfr:24', 'float32', 'mpfr:100']

    Raises:
        ParameterError: no precision, the same one twice, or one out of range.
    """
    if not bits or len(set(bits)) < len(bits):
        raise ParameterError(f"{list(bits)} is no list of precisions; give different numbers of bits, as in 24,53,200")
    found: list[Arithmetic] = []
    for p in bits:
        found.append(at_precision(p))
        if p in NATIVE:
            found.append(NATIVE[p]())
    return found


def run_precisions(
    problem: Problem,
    bits: Sequence[int],
    steps: int,
    *,
    tolerance: float = 1e-4,
    folder: Path | None = None,
    resume: bool = False,
    settings: Mapping[str, Any] | None = None,
    processes: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> PrecisionRuns:
    """Run a problem at many precisions at once, and its reference.

    Args:
        problem: what to run.
        bits: the precisions.
        steps: most steps of a run.
        tolerance: the largest loss at the last step of a run that counts as converged.
        folder: keeps every run and its checkpoints; None to keep nothing.
        resume: go on with what the folder holds.
        settings: what determined the study (data, step size, ...); kept, and compared on resuming.
        processes: how many runs at a time; by default one for each core, or one if the study is small.
        progress: called with the number of steps taken by all runs together, the reference's included.

    Raises:
        ParameterError: bad precisions or step limit, or 65,536 bits were not enough for the reference.
        StudyError: the folder holds a study, and `resume` is not given or it is another one.
        OSError: the folder cannot be written.
    """
    chosen = arithmetics(bits)
    if steps < 1:
        raise ParameterError(f"{steps} steps; give a whole number of at least 1")
    runs_folder = None
    if folder is not None:
        open_folder(folder, dict(settings or {}), resume)
        runs_folder = folder / RUNS
    if processes is None:
        processes = one_process_if_small(problem, chosen, steps)
    jobs: list[Job[Any]] = [partial(reference_run, problem, steps, folder=folder and folder / REFERENCE)]
    jobs += [partial(recorded, problem, arithmetic, steps, runs_folder) for arithmetic in chosen]
    results = run_jobs(jobs, processes=processes, progress=progress)
    precisions = [arithmetic.bits for arithmetic in chosen]
    return PrecisionRuns(problem, steps, tolerance, results[1:], precisions, chosen, results[0])


def one_process_if_small(problem: Problem, chosen: Sequence[Arithmetic], steps: int, studies: int = 1) -> int | None:
    """Give 1 where there is so little to do that other processes would take longer to start; None elsewhere.

    It counts operations on short numbers; the reference of each study counts as two runs.
    """
    lengths: list[float] = [1 + arithmetic.bits / 1000 for arithmetic in chosen]
    operations = studies * steps * (8 + int(problem.spectrum.rank)) * (sum(lengths) + 2 * max(lengths))
    return 1 if operations < _SMALL else None


def open_folder(folder: Path, settings: dict[str, Any], resume: bool) -> None:
    """Take a folder for a study: a new one, or on resuming the one that it holds."""
    path, code = folder / SETTINGS, source_version(__name__)
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        replace_file(path, (json.dumps({**settings, "code": code}, indent=2, sort_keys=True) + "\n").encode())
        return
    if not resume:
        raise StudyError(f"{folder} already holds a study; add --resume to go on, or give another folder")
    try:
        before = json.loads(path.read_bytes())
    except ValueError:
        raise StudyError(f"{path} is damaged; delete the folder and start the study again") from None
    different = differences({**before, "code": code}, {**settings, "code": code})
    if different:
        raise StudyError(f"{folder} holds another study: {different}; give another folder")
    if before.get("code") != code:
        raise StudyError(f"{folder} {OTHER_CODE}")
