"""With neither gmpy2 nor llvmlite, numba or matplotlib everything works that does not name them, with the same bits."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import numerics
from numerics.command_line.group import sharpness
from numerics.command_line.one_line_errors import run

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
    steps = 2500 if name.startswith("float") else 60
    run = train(model, GradientDescent("0.2"), state, steps=steps, record_every=steps // 4)
    found.append([run.outcome.value, run.final_state, {key: values.tolist() for key, values in run.series.items()}])
refused = []
if sys.argv[1] == "without":
    try:
        draw_panels(trajectory_panels(run))
    except ParameterError as error:
        refused.append(str(error))
print(json.dumps([found, refused]))
"""


COMPILED = find_spec("numerics.compiled") is not None


def loops_asked_for() -> int:
    """How often compiled descent has been asked for since the module was loaded, if it was."""
    module = sys.modules.get("numerics.compiled.descent")
    return sum(module.descent.cache_info()[:2]) if module else 0


def in_a_process(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-c", code, "without", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(Path(numerics.__file__).resolve().parents[1])}
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment, timeout=120)


@pytest.mark.slow
def test_the_extras_change_speed_alone(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["", "with"])
    if COMPILED:  # in MPFR's numbers it would repay in many more steps
        monkeypatch.setattr("numerics.fast._DESCENT_MODES", 0)
    before = loops_asked_for()
    exec(CODE, {})
    assert loops_asked_for() - before == (3 if COMPILED else 0)  # float32, float64, mpfr
    results = (capsys.readouterr().out, in_a_process(CODE).stdout)
    (with_extras, _), (without, refused) = map(json.loads, results)
    assert with_extras == without
    assert len(refused) == 1
    assert "matplotlib" in refused[0]


COMMAND = """
import sys
del sys.argv[1]
sys.modules["gmpy2"] = None
from numerics.command_line import main
main()
"""


@pytest.mark.slow
def test_the_command_trains_by_mpmath_where_gmpy2_is_missing(capfd: pytest.CaptureFixture[str]) -> None:
    """The same numbers, to the last digit, and a note; with the precision study as it was."""
    asked = ("train", "minimal:100,5.477,0.233,0.3,1.414", "--step-size", "2.5", "--init", "c=0.1,0.1,v=0.5",
             "--steps", "450", "--record-every", "50", "--arithmetic", "mpfr:200")  # fmt: skip
    without = in_a_process(COMMAND, *asked)
    assert run(sharpness, asked) == 0
    shown, words = capfd.readouterr()
    assert without.stdout == shown
    assert "diverged" not in shown or "inf" not in shown
    assert words == ""
    assert without.stderr == "sharpness: note: gmpy2 is not installed; mpmath gives the same numbers, slower\n"
