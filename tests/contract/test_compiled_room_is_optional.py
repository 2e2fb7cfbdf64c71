"""Whoever deletes `numerics/compiled` loses speed and the benchmarks, nothing else: one door leads there."""

import shutil
import subprocess
import sys

import pytest

from tests.contract.test_imports_go_one_way import ORDER, ROOT, imported
from tests.copies import copy_room

ROOM = "numerics.compiled"
DOOR = ["numerics/fast.py"]
ITS_OWN = ("numerics/compiled/", "numerics/benchmarks/", "tests/numerics/compiled/")

PART = (
    "tests/numerics/compiled",
    "tests/numerics/finite_precision/test_recorded_descent.py",
    "tests/numerics/optimizers/test_descent.py",
    "tests/numerics/sharpness",
    "tests/numerics/trajectory/test_training.py",
    "numerics/sharpness",
    "numerics/optimizers",
)
TOO_LONG = "13_digits or 150_bits or balls or floor or side_of or dense or killed or appendix or 5_9"


def importing(root):
    """Give the files of the tree that import the room."""
    for package in (*ORDER, "tests"):
        for path in (root / package).rglob("*.py"):
            names = imported(path) if "compiled" in path.read_text(encoding="utf-8") else ()
            if any(f"{name}.".startswith(f"{ROOM}.") for name in names):
                yield path.relative_to(root).as_posix()


def test_one_door_leads_to_the_room():
    assert [name for name in importing(ROOT) if not name.startswith(ITS_OWN)] == DOOR


def test_an_import_elsewhere_is_seen(tmp_path):
    (tmp_path / "numerics").mkdir()
    other = tmp_path / "numerics" / "other.py"
    other.write_text("def f():\n    from numerics.compiled.descent import CompiledDescent\n")
    assert list(importing(tmp_path)) == ["numerics/other.py"]
    other.write_text("import numerics.compiled_by_hand\n")
    assert list(importing(tmp_path)) == []


@pytest.mark.slow
def test_what_is_simulated_is_the_same_without_the_room(tmp_path):
    """The tests of optimizers, sharpness and runs pass in a copy of the tree from which the folder is deleted."""
    for name in ("theory", "numerics", "tests"):
        copy_room(name, tmp_path)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.rmtree(tmp_path / "numerics" / "compiled")
    command = [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", f"not ({TOO_LONG})", *PART]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout[-4000:]
    assert "passed" in done.stdout
