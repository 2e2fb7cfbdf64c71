"""Commands about numbers start without the packages that take half a second and more to import."""

import subprocess
import sys
from pathlib import Path

import pytest

import numerics

HEAVY = {"distributed", "librosa", "matplotlib", "numba", "pooch", "requests", "scipy", "sklearn", "sympy"}
SPARED = {"numerics.command_line.precision": {"flint", "mpmath", "rich"}}
"""What most runs of a command have no use for."""
MODULES = (
    "numerics",
    "theory",
    "numerics.command_line.bounds",
    "numerics.command_line.precision",
    "numerics.command_line.train",
    "numerics.finite_precision.recording",
    "numerics.exact_trajectory",
)


@pytest.mark.slow
@pytest.mark.parametrize("module", MODULES)
def test_nothing_heavy_is_imported_before_it_is_needed(module):
    program = f"import sys, {module}; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    root = Path(numerics.__file__).resolve().parents[1]
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert (HEAVY | SPARED.get(module, set())) & set(done.stdout.split()) == set()
