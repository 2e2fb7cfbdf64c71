"""How long a study of precisions and a certified trajectory take, on the data of Appendix D.1."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from pathlib import Path

import mpmath
import numpy as np

from numerics.arithmetic import at_precision
from numerics.benchmarks.commands import command, python
from numerics.benchmarks.line import Line
from numerics.benchmarks.timing import by_turns, seconds
from numerics.compiled.recorded_descent import CompiledRecording
from numerics.data import load
from numerics.finite_precision.precision_runs import PrecisionRuns, run_precisions
from numerics.finite_precision.problem import Problem
from numerics.finite_precision.reference import FIRST_BITS
from theory import Spectrum

_DATA = ("minimal:100,5.477,0.233,0.3,1.414", "--init", "c=0.1,0.1,v=0.5", "--step-size")
_BITS = (24, 53, 113, 200, 350, 400)
_STEPS = 2500
_TURNS = 3
_PROBLEMS = 12
_IMPORTED = (
    *("numerics.command_line.precision", "numerics.finite_precision.precision_runs", "numerics.figures.precision_runs"),
    *("llvmlite.ir", "llvmlite.binding"),
)
"""What the command of a study with its figure loads, beside matplotlib."""
_IMPORTING = (
    "from numerics.work.garbage import collect_seldom; collect_seldom(); "
    "from numerics.figures.loading import load_undocumented; load_undocumented(); "
    f"import {', '.join(_IMPORTED)}"
)
"""Loads it as the command does."""
_RUNS_ALONE = f"""
import time
from book.records import evaluation

taken = []

def timed(work):
    def measured(*given, **named):
        begun = time.process_time()
        found = work(*given, **named)
        taken.append(time.process_time() - begun)
        return found
    return measured

for name in ("recorded_to_drop", "reference_run"):
    setattr(evaluation, name, timed(getattr(evaluation, name)))
for number in range({_PROBLEMS}):
    evaluation.evaluate(dict(number=number, seed=0, steps=evaluation.STEPS), {{}})
print(sum(taken))
"""
"""The wide test's runs, whose seconds it prints."""
_LIBRARIES = (
    "import numpy, click, gmpy2, llvmlite.ir, llvmlite.binding, matplotlib.figure, matplotlib.backends.backend_agg"
)
"""The libraries alone."""


def precision_lines() -> Iterator[Line]:
    """Measure the runs of a study against plain mpmath, then the whole command; and a certificate."""
    for edge, aim_of_law in (("0.5", ""), ("0.8", "60 ms"), ("1.2", "200 ms")):
        problem = Problem.from_dataset(load(_DATA[0]), 2, 2 / Fraction(edge), "c=0.1,0.1,v=0.5", 0)
        runs = partial(run_precisions, problem, _BITS, _STEPS, processes=1)
        study = runs()
        works = (runs, partial(_in_plain_mpmath, study), study.record)
        ours, other, law = by_turns([partial(seconds, work) for work in works], _TURNS)
        what = f"six precisions up to 400 bits and the reference, 2,500 steps, 2/eta = {edge}"
        yield Line(what, ours, other, "the same runs in plain mpmath", "50")
        yield Line("of which steps in the numbers themselves", _steps_alone(study), None, "the rest records sharpness")
        yield Line("what the law predicts for them", law, None, "", aim_of_law)
        with tempfile.TemporaryDirectory() as folder:
            options = ("--bits", ",".join(map(str, _BITS)), "--steps", str(_STEPS))
            names = iter(range(_TURNS))
            asked = ("precision", *_DATA, f"2/{edge}", *options, "--out")
            (taken,) = by_turns([lambda: command(*asked, f"{folder}/{next(names)}").processor], _TURNS)  # noqa: B023
        yield Line("that study as a command, with start-up and figure, on one core", taken, None, "", "1.2 s")
    taken, least = by_turns(
        [lambda: python("-c", _IMPORTING).processor, lambda: python("-c", _LIBRARIES).processor], _TURNS
    )
    yield Line(
        "of which the imports, matplotlib's among them", taken, least, "the libraries alone, as they load", "0.6 s"
    )
    yield from _growth()
    yield from _wide_test()
    blow_up = ("certify", *_DATA, "2.5", "--steps", "2000", "--claim", "loss > 1e6")
    (taken,) = by_turns([lambda: command(*blow_up).processor], _TURNS)
    yield Line("certified blow-up at step 465 as a command, with start-up", taken, None, "", "10 s")
    with tempfile.TemporaryDirectory() as folder:
        kept = str(Path(folder) / "certificate.json")
        long = ("certify", *_DATA, "2/1.5", "--steps", "20000", "--claim", "loss < 1 always", "--out", kept)
        whole, check = by_turns(
            [lambda: command(*long).processor, lambda: command("certify", "--check", kept).processor], _TURNS
        )
    what = "certified 20,000 steps at 2/eta = 1.5 with 2,048 bits as a command, with start-up"
    yield Line(what, whole, None, "", "5 s")
    aim = "1.33: thrice what the making takes"
    yield Line("its check as a command, with start-up", check, whole, "making and checking it", aim)


def _reference_runs(study: PrecisionRuns) -> list[tuple[int, int]]:
    """Give the precisions and steps of the runs in which a study's reference was looked for."""
    assert study.reference is not None
    found = [(FIRST_BITS, _STEPS)]
    while found[-1][0] < study.reference.bits:
        found.append((2 * found[-1][0], _STEPS))
    assert study.reference.confirmed_by is not None
    return [*found, (study.reference.confirmed_by, study.reference.end)]


def _steps_alone(study: PrecisionRuns) -> float:
    """Measure what the arithmetic of a study's runs takes, without their sharpness and their setting up."""
    loops = []
    runs = [(arithmetic, _STEPS) for arithmetic in study.arithmetics]
    runs += [(at_precision(bits), steps) for bits, steps in _reference_runs(study)]
    for arithmetic, steps in runs:
        model = study.problem.model(arithmetic)
        loop = CompiledRecording(model, study.problem.step_size, study.problem.divergence_loss)
        loops.append(partial(loop.visit, study.problem.start(model), steps))
    (taken,) = by_turns([lambda: sum(map(seconds, loops))], _TURNS)
    return taken


def _wide_test() -> Iterator[Line]:
    """Measure the wide test of the law on its first problems, and what of it the runs take that it is compared with."""
    with tempfile.TemporaryDirectory() as folder:
        options = ("-m", "book.records.evaluation", "--count", str(_PROBLEMS), "--seed", "0", "--processes", "1")
        whole = python(*options, SHARPNESS_CACHE=folder).processor
    each = f"a problem: {whole / _PROBLEMS:.3g} s"
    what = f"the wide test of the law, its first {_PROBLEMS} problems in all precisions"
    yield Line(what, whole, None, each, "0.46 s a problem")
    runs = float(python("-c", _RUNS_ALONE).printed)
    yield Line("of which runs and references, the steps that are measured", runs, None, "the rest is the law's")


def _growth() -> Iterator[Line]:
    """Measure how a study grows with the rank, on random spectra that meet no edge within its steps."""
    rng, steps = np.random.default_rng(1), 200
    for rank in (2, 10, 100, 1000):
        singular_values = np.sort(rng.uniform(0.5, 1, rank))[::-1]
        spectrum = Spectrum(singular_values, rng.normal(size=rank) / rank**0.5, n_samples=rank)
        problem = Problem(spectrum, 2, Fraction(rank, 10), rng.normal(size=rank) / rank**0.5, np.array([0.5]))
        run = partial(run_precisions, problem, _BITS, steps, processes=1)
        runs, law = by_turns([partial(seconds, work) for work in (run, run().record)], _TURNS)
        each = ", ".join(
            f"{what} {taken / rank / steps * 1e6:.3g} us" for what, taken in (("runs", runs), ("law", law))
        )
        what = f"such a study without its figure, {steps} steps, r = {rank}"
        yield Line(what, runs + law, None, f"a mode and step: {each}", "linear" if rank == 1000 else "")


def _in_plain_mpmath(study: PrecisionRuns) -> None:
    """Run what a study ran as one would write it down: equations 10 and 11, the loss, a dense eigensolver."""
    assert study.reference is not None
    enough, end = study.reference.bits, study.reference.recording.last_step
    for bits, steps in (*((bits, _STEPS) for bits in study.bits), *_reference_runs(study)):
        with mpmath.workprec(bits):
            last = _transcribed(study.problem.step_size.as_integer_ratio(), steps)
        if bits >= enough and last != min(end, steps):
            raise RuntimeError(f"in plain mpmath the run of {bits} bits ends at step {last}, in the study at {end}")


def _transcribed(step_size: tuple[int, int], steps: int) -> int:
    s, d = [mpmath.mpf("5.477"), mpmath.mpf("0.233")], [mpmath.mpf("0.3"), mpmath.mpf("1.414")]
    c, v, n, eta = [mpmath.mpf("0.1")] * 2, mpmath.mpf("0.5"), 100, mpmath.mpf(step_size[0]) / step_size[1]
    losses, tops, hessian = [], [], np.zeros((3, 3))
    for _ in range(steps):
        z = [s[i] * c[i] * v - d[i] for i in (0, 1)]
        slope = sum(s[i] * c[i] * z[i] for i in (0, 1))
        c, v = [c[i] - eta * s[i] * v * z[i] / n for i in (0, 1)], v - eta * slope / n
        losses.append(float(sum((s[i] * c[i] * v - d[i]) ** 2 for i in (0, 1)) / (2 * n)))
        if losses[-1] > 1e6:
            break
        for i in (0, 1):
            hessian[i, i] = float((s[i] * v) ** 2 / n)
            hessian[i, 2] = hessian[2, i] = float(s[i] * (2 * s[i] * c[i] * v - d[i]) / n)
        hessian[2, 2] = float(sum((s[i] * c[i]) ** 2 for i in (0, 1)) / n)
        tops.append(np.linalg.eigvalsh(hessian)[-1])
    return len(losses)
