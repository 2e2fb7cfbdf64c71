"""With neither gmpy2 nor llvmlite, numba or matplotlib everything works that does not name them, with the same bits."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import numerics

CODE = """
import json, sys
if sys.argv[1] == "without":
    for name in ("gmpy2", "llvmlite", "numba", "matplotlib"):
        sys.modules[name] = None
from numerics.arithmetic import parse_arithmetic
from numerics.model.reduced import ReducedModel
from numerics.optimizers.gradient_descent import GradientDescent
from numerics.figures.panels import draw_panels
from numerics.figures.trajectories import trajectory_panels
from numerics.trajectory import train
from theory import Spectrum
from theory.errors import ParameterError
found = []
for name in ("float32", "float64", "mpfr:90", "mpmath:90", "ball:90"):
    model = ReducedModel.from_spectrum(Spectrum([2.0, 1.0], [1.0, 0.5], n_samples=2), 3, parse_arithmetic(name))
    state = model.state(["0.3", "0.2"], ["0.6", "0.7"])
    run = train(model, GradientDescent("0.2"), state, steps=120, record_every=1)
    found.append([run.outcome.value, run.final_state, {key: values.tolist() for key, values in run.series.items()}])
refused = []
if sys.argv[1] == "without":
    try:
        draw_panels(trajectory_panels(run))
    except ParameterError as error:
        refused.append(str(error))
print(json.dumps([found, refused]))
"""


@pytest.mark.slow
def test_the_extras_change_speed_alone() -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(numerics.__file__).resolve().parents[1])}
    results = [
        subprocess.run(
            [sys.executable, "-W", "error", "-c", CODE, which],
            capture_output=True,
            text=True,
            check=True,
            env=environment,
            timeout=120,
        ).stdout
        for which in ("with", "without")
    ]
    (with_extras, _), (without, refused) = map(json.loads, results)
    assert with_extras == without
    assert len(refused) == 1
    assert "matplotlib" in refused[0]


COMMAND = """
import sys
if sys.argv.pop(1) == "without":
    sys.modules["gmpy2"] = None
from numerics.command_line import main
main()
"""


@pytest.mark.slow
def test_the_command_trains_by_mpmath_where_gmpy2_is_missing() -> None:
    """The same numbers, to the last digit, and a note; with the precision study as it was."""
    run = ("train", "minimal:100,5.477,0.233,0.3,1.414", "--step-size", "2.5", "--init", "c=0.1,0.1,v=0.5",
           "--steps", "450", "--record-every", "50", "--arithmetic", "mpfr:200")  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(Path(numerics.__file__).resolve().parents[1])}
    found = {
        which: subprocess.run(
            [sys.executable, "-c", COMMAND, which, *run], capture_output=True, text=True, check=True, env=environment
        )
        for which in ("with", "without")
    }
    assert found["with"].stdout == found["without"].stdout
    assert "diverged" not in found["with"].stdout or "inf" not in found["with"].stdout
    assert found["with"].stderr == ""
    assert found["without"].stderr == "sharpness: note: gmpy2 is not installed; mpmath gives the same numbers, slower\n"
