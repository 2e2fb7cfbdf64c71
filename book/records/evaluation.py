"""The wide test of the law: every random problem at many precisions, every failure listed.

    python -m book.records.evaluation --count 100 --seed 0 --json precision_law.json

What is predicted comes from one reference run for each problem. What is measured comes from runs at each precision.
Everything here is observation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import click

from book.records.population import draw
from numerics.arithmetic import at_precision
from numerics.command_line.output import json_option, write_json
from numerics.finite_precision.law import LEAST_TRIED_BITS, PrecisionLaw
from numerics.finite_precision.recording import Recording, recorded_to_drop
from numerics.finite_precision.reference import reference_run
from numerics.work.perform import sweep
from numerics.work.processes import LocalWorkers
from numerics.work.progress import watched
from numerics.work.store import Store, cache_folder
from numerics.work.task import Arrays, Task, packed, unpacked
from numerics.work.versions import versions

BITS = (LEAST_TRIED_BITS, 17, 24, 53, 113, 200, 400, 1000, 2000)
STEPS = 10_000
TOLERATED = 0.02
_WINDOW = 12  # how far from a predicted boundary the measured one is looked for


@dataclass(frozen=True)
class Boundary:
    """A predicted precision and the measured one, None where there is none within the window."""

    predicted: int
    measured: int | None

    def plain(self) -> dict[str, int | None]:
        """Give what JSON keeps."""
        return {"predicted": self.predicted, "measured": self.measured}


def evaluate(configuration: Mapping[str, Any], arrays: Arrays) -> Arrays:
    """Test the law on one problem of the population, as a task.

    Args:
        configuration: `number`, which one; `seed`, the population's; `steps`, most steps of a run.
        arrays: none.
    """
    return packed(_evaluate(**configuration))


def _evaluate(number: int, seed: int, steps: int) -> dict[str, Any]:
    case = draw(number, seed)
    found: dict[str, Any] = {**case.description(), "sha256": case.problem.digest()}
    reference = reference_run(case.problem, steps, to_drop=True)
    if reference is None:
        raise KeyboardInterrupt  # half a run is no result
    law, run = PrecisionLaw(reference, steps), reference.recording
    found |= {
        "reference_bits": reference.bits,
        "crossing_step": run.crossing_step,
        "exact_drop_step": run.drop_step,
        "exact_diverges": run.diverged_first,
        "contraction_bits": reference.contraction_bits,
        "offset_bits": law.offset_bits,
        "least_bits": law.least_bits,
        "runs": [],
        "critical_bits": None,
        "blowup_bits": None,
    }
    if run.crossing_step is None:
        return found
    limit = steps if run.drop_step is None else min(steps, run.drop_step + run.drop_step // 10 + 50)
    seen: dict[int, Recording] = {}

    def at(bits: int, expected: int | None = run.drop_step) -> Recording:
        if bits not in seen:
            seen[bits] = recorded_to_drop(case.problem, at_precision(bits), limit, expected)
        return seen[bits]

    law.foresee_boundaries(BITS)
    found["runs"] = [_compare(law, bits, at(bits, law.drop_step(bits))) for bits in BITS]
    if law.critical_bits is not None:
        found["critical_bits"] = _critical(law.critical_bits, run, at).plain()
    if law.blowup_bits is not None:
        found["blowup_bits"] = _blowup(law.blowup_bits, at).plain()
    return found


def _compare(law: PrecisionLaw, bits: int, run: Recording) -> dict[str, Any]:
    predicted = law.drop_step(bits)
    return {
        "bits": bits,
        "crossing_step": run.crossing_step,
        "predicted_crossing_step": law.crossing_step(bits),
        "drop_step": run.drop_step,
        "predicted_drop_step": predicted,
        "chance_within_2_percent": 0.0 if predicted is None else law.forecast(bits).share_near(predicted, TOLERATED),
        "closed_form_drop_step": law.closed_form_drop_step(bits),
        "predicted_range": law.drop_range(bits),
        "diverged": run.diverged_first,
        "predicted_divergence": law.diverges(bits),
    }


def _critical(predicted: int, exact: Recording, at: Any) -> Boundary:
    """Find one more than the largest precision in the window that drops elsewhere than exact arithmetic."""
    for bits in range(predicted + _WINDOW, max(2, predicted - _WINDOW) - 1, -1):
        if at(bits).drop_step != exact.drop_step:
            return Boundary(predicted, bits + 1 if bits < predicted + _WINDOW else None)
    return Boundary(predicted, 2 if predicted - _WINDOW <= 2 else None)


def _blowup(predicted: int, at: Any) -> Boundary:
    """Find the least precision in the window that diverges, where the law looks for it too."""
    for bits in range(max(LEAST_TRIED_BITS, predicted - _WINDOW), predicted + _WINDOW + 1):
        if at(bits).diverged_first:
            low = bits == predicted - _WINDOW
            return Boundary(predicted, None if low else bits)
    return Boundary(predicted, None)


def summarize(cases: list[dict[str, Any]]) -> dict[str, Any]:
    """Count successes, and list every failure.

    A run counts where it ends in a drop (or divergence) after a crossing. It is a failure where the predicted step is
    missing or more than 2% off. How many the law expects to succeed is the sum of the chances that its draws give.
    """
    counted, failures, closed, inside, ranges, fates = 0, [], 0, 0, 0, []
    crossings, crossings_near, expected = 0, 0, 0.0
    for case in cases:
        for run in case["runs"]:
            name = {"case": case["case"], "bits": run["bits"]}
            if run["diverged"] != run["predicted_divergence"]:
                fates.append({**name, "diverged": run["diverged"]})
            crossings += run["crossing_step"] is not None
            crossings_near += _near(run["crossing_step"], run["predicted_crossing_step"])
            if run["drop_step"] is None:
                if run["predicted_drop_step"] is not None:
                    failures.append({**name, "drop_step": None, "predicted_drop_step": run["predicted_drop_step"]})
                continue
            counted += 1
            expected += run["chance_within_2_percent"]
            if not _near(run["drop_step"], run["predicted_drop_step"]):
                failures.append(
                    {**name, "drop_step": run["drop_step"], "predicted_drop_step": run["predicted_drop_step"]}
                )
            closed += _near(run["drop_step"], run["closed_form_drop_step"])
            if run["predicted_range"] is not None:
                ranges += 1
                low, high = run["predicted_range"]
                inside += low <= run["drop_step"] <= high
    failed = sum(failure["drop_step"] is not None for failure in failures)
    return {
        "problems": len(cases),
        "problems_that_cross": sum(case["crossing_step"] is not None for case in cases),
        "runs_that_cross": crossings,
        "crossings_within_2_percent": crossings_near,
        "runs_that_end_in_a_drop": counted,
        "within_2_percent": counted - failed,
        "expected_within_2_percent": round(expected, 1),
        "closed_form_within_2_percent": closed,
        "with_a_95_percent_range": ranges,
        "inside_that_range": inside,
        "failures": failures,
        "wrong_fates": fates,
        "critical_bits_off_by": _offsets(cases, "critical_bits"),
        "blowup_bits_off_by": _offsets(cases, "blowup_bits"),
    }


def _near(measured: int | None, predicted: int | None) -> bool:
    return measured is not None and predicted is not None and abs(predicted - measured) <= TOLERATED * measured


def _offsets(cases: list[dict[str, Any]], name: str) -> dict[str, int]:
    """Count by how many bits the measured precision differs from the predicted one."""
    counts: dict[str, int] = {}
    for case in cases:
        if case[name] is not None:
            predicted, measured = case[name]["predicted"], case[name]["measured"]
            key = f"beyond {_WINDOW}" if measured is None else str(measured - predicted)
            counts[key] = counts.get(key, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (len(item[0]) > 3, item[0])))


@click.command()
@click.option("--count", type=click.IntRange(1), default=100, show_default=True, help="Problems to draw.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Fixes the population.")
@click.option("--steps", type=click.IntRange(1), default=STEPS, show_default=True, help="Most steps of a run.")
@click.option("--processes", type=click.IntRange(1), help="How many at a time; by default one for each core.")
@json_option
def evaluation(count: int, seed: int, steps: int, processes: int | None, json_target: str | None) -> None:
    """Test the precision law on random problems, and list every failure; finished problems are kept."""
    name = "book.records.evaluation:evaluate"
    tasks = [Task(name, {"number": number, "seed": seed, "steps": steps}, "") for number in range(count)]
    with watched(tasks) as ended:
        results = sweep(tasks, LocalWorkers(processes), Store(cache_folder("sweeps")), ended=ended)
    cases = [unpacked(result) for result in results]
    hashes = "\n".join(case["sha256"] for case in cases)
    record: dict[str, Any] = {
        "command": f"python -m book.records.evaluation --count {count} --seed {seed} --steps {steps}",
        "seed": seed,
        "steps": steps,
        "bits": list(BITS),
        "sha256_of_the_problems": hashlib.sha256(hashes.encode()).hexdigest(),
        "versions": versions(),
        "summary": summarize(cases),
        "cases": cases,
    }
    if json_target is None:
        for key, value in record["summary"].items():
            click.echo(f"{key}: {value}")
    else:
        write_json(json_target, record)


if __name__ == "__main__":
    evaluation()
