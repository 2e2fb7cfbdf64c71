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
for name in ("float32", "float64", "mpmath:90", "ball:90"):
    model = ReducedModel.from_spectrum(Spectrum([2.0, 1.0], [1.0, 0.5], n_samples=2), 3, parse_arithmetic(name))
    state = model.state(["0.3", "0.2"], ["0.6", "0.7"])
    run = train(model, GradientDescent("0.2"), state, steps=120, record_every=1)
    found.append([run.outcome.value, run.final_state, {key: values.tolist() for key, values in run.series.items()}])
refused = []
if sys.argv[1] == "without":
    for attempt in (lambda: parse_arithmetic("mpfr:90"), lambda: draw_panels(trajectory_panels(run))):
        try:
            attempt()
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
    assert len(refused) == 2
    assert "gmpy2" in refused[0]
    assert "matplotlib" in refused[1]
