"""What one worker needs for the paper's largest draw."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import numerics

# The kernel's VmHWM, not getrusage: ru_maxrss of a new process begins with the peak of the one that started it.
SCRIPT = """
from pathlib import Path
import numpy as np
from numerics.work.task import perform

random = np.random.default_rng(0)
arrays = {"X": random.normal(size=(1000, 3072)), "y": np.sign(random.normal(size=1000))}
found = perform("numerics.reproduce.spectrum_task:decompose", {"vectors": True}, arrays)
assert len(found["singular_values"]) == 1000
print(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
"""


@pytest.mark.slow
def test_a_draw_of_a_thousand_images_needs_less_than_a_gigabyte():
    source = str(Path(numerics.__file__).resolve().parents[1])
    result = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env={**os.environ, "PYTHONPATH": source},
        capture_output=True,
        text=True,
        check=True,
    )
    kilobytes = int(result.stdout)
    assert 100_000 < kilobytes < 1_000_000
