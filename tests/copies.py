"""A room of the project, copied while other tests may be using it."""

import shutil
from pathlib import Path

import numerics

ROOT = Path(numerics.__file__).resolve().parents[1]


def copy_room(name: str, folder: Path) -> None:
    """Copy a room into a folder, with what Python has compiled, which then need not be again.

    What another process is only just writing is left out: it has a number behind its name, and is gone before it is
    copied.
    """
    shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("*.pyc.*"))
