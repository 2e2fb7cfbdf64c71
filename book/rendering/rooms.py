"""The rooms of the project and who imports whom, read from the sources themselves."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from book.rendering.sources import ROOT

PACKAGES = ("theory", "numerics", "proofs_check", "book")
"""In the order in which they may import each other: each only those before it."""

Arrows = Mapping[str, frozenset[str]]
"""For each room the rooms that it imports."""


def rooms(root: Path = ROOT) -> dict[str, str]:
    """Every room with the first line of its docstring; files beside the rooms of a package are one too, by its name.

    Examples:
        >>> rooms()["theory.errata"]
        'Sentences of the paper that are false as literally read, one file each, found by their file names.'
    """
    found = {}
    for package in PACKAGES:
        for file in (root / package / "__init__.py", *sorted((root / package).glob("*/__init__.py"))):
            if file.exists():
                words = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
                found[".".join(file.parent.relative_to(root).parts)] = words.partition("\n")[0]
    return found


@cache
def arrows(root: Path = ROOT) -> Arrows:
    """Which room imports which, inside functions too, but not for the names of types alone.

    Examples:
        >>> found = arrows()
        >>> "theory.language" in found["theory.statements"], "theory.statements" in found["theory.language"]
        (True, False)
    """
    known = rooms(root)
    found: dict[str, set[str]] = {room: set() for room in known}
    for package in PACKAGES:
        for path in (root / package).rglob("*.py"):
            here = _room(path.relative_to(root).with_suffix("").as_posix().replace("/", "."), known)
            if here is not None:
                there = {_room(name, known) for name in _imported(ast.parse(path.read_text(encoding="utf-8")))}
                found[here] |= {room for room in there if room is not None and room != here}
    return {room: frozenset(others) for room, others in found.items()}


def _room(module: str, known: Mapping[str, str]) -> str | None:
    package, _, rest = module.partition(".")
    inner = f"{package}.{rest.partition('.')[0]}"
    return inner if inner in known else package if package in known else None


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            yield from (name for other in node.orelse for name in _imported(other))
        elif not isinstance(node, ast.expr):
            yield from _imported(node)
