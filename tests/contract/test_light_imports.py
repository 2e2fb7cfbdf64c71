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
    *SPARED,
    "numerics",
    "theory",
    "numerics.command_line.bounds",
    "numerics.command_line.train",
    "numerics.finite_precision.recording",
    "numerics.exact_trajectory",
)
PROGRAM = """
import importlib, sys
for module in sys.argv[1:]:
    importlib.import_module(module)
    print(module, *{name.partition(".")[0] for name in sys.modules})
"""


@pytest.mark.slow
def test_nothing_heavy_is_imported_before_it_is_needed():
    """One process imports all of them, one after the other."""
    root = Path(numerics.__file__).resolve().parents[1]
    command = [sys.executable, "-c", PROGRAM, *MODULES]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    loaded = {module: set(names) for module, *names in map(str.split, done.stdout.splitlines())}
    found = {module: (HEAVY | SPARED.get(module, set())) & loaded[module] for module in MODULES}
    assert found == {module: set() for module in MODULES}
