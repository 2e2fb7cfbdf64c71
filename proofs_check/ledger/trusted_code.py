"""The code that a verdict rests on, read from its own imports: the kernel, what reads statements, what evaluates."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from numerics.work.imports import imports_of

ROOT = Path(__file__).parents[2]
_RULES = sorted(f"proofs_check.rules.{path.stem}" for path in (ROOT / "proofs_check" / "rules").glob("[!_]*.py"))
_PARTS = {
    "the kernel, which alone makes theorems": _RULES,
    "what reads statements, and sees that a theorem says a claim": ["proofs_check.engine.proof"],
    "what evaluates at numbers, for refutations and instances alone": ["proofs_check.instances.evaluation"],
}


@cache
def trusted_code() -> list[dict[str, Any]]:
    """Each part with its files and their numbers of lines, and the libraries that it imports, but Python's own.

    Examples:
        >>> kernel, reading, numbers = trusted_code()
        >>> kernel["libraries"], "sympy" in reading["libraries"], "flint" in numbers["libraries"]
        ([], True, True)
    """
    seen: set[str] = set()
    found = []
    for part, modules in _PARTS.items():
        files, libraries = _reached(modules, seen)
        lines = {
            path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in files
        }
        found.append({"part": part, "files": lines, "libraries": libraries})
    return found


def _reached(modules: Iterable[str], seen: set[str]) -> tuple[list[Path], list[str]]:
    """Files that modules import, themselves included, and libraries; those that were seen before are left out."""
    files, libraries, waiting = [], set[str](), [*modules]
    while waiting:
        module = waiting.pop()
        if module in seen:
            continue
        seen.add(module)
        top, path = module.partition(".")[0], ROOT.joinpath(*module.split(".")).with_suffix(".py")
        if path.is_file():
            files.append(path)
            waiting += imports_of(path.read_text(encoding="utf-8"), module).names
        elif not (ROOT / top).is_dir() and top not in sys.stdlib_module_names:
            libraries.add(top)
    return sorted(files), sorted(libraries)
