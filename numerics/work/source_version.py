"""What a result depends on: every source that computes it, and the versions of the libraries that they import.

All is found in the text of the sources, before anything is imported.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import platform
import sys
from collections.abc import Collection
from functools import cache
from pathlib import Path

from numerics.work.imports import Imports, imports_of
from numerics.work.versions import versions

PROJECT = ("theory", "numerics", "proofs_check")
_DISTRIBUTIONS = {
    "flint": "python-flint",
    "sklearn": "scikit-learn",
    "PIL": "pillow",
}  # those named otherwise than what is imported


@cache
def source_version(*modules: str, picked_from: tuple[str, ...] = (), tree: Path | None = None) -> str:
    """Hash of all that functions in these modules are computed with.

    Args:
        modules: their names, such as `numerics.work.task`.
        picked_from: packages of which only those modules count that are imported by name or are among `modules`,
            though something looks through the whole folder: whoever picks from it tells here what was picked.
        tree: the folder that holds the packages; by default they are where Python finds them.

    Raises:
        ModuleNotFoundError: there is no such module.

    Examples:
        >>> source_version("numerics.work.imports") == source_version("numerics.work.files")
        False
    """
    sources, libraries = dependencies(*modules, picked_from=picked_from, tree=tree)
    packages = sorted(_DISTRIBUTIONS.get(library, library) for library in libraries)
    content = [platform.python_version(), versions(packages), sorted(sources.items())]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def forget() -> None:
    """Look at the sources anew, which a process does once."""
    for remembered in (source_version, _read, _modules, _data):
        remembered.cache_clear()


def dependencies(
    *modules: str, picked_from: Collection[str] = (), tree: Path | None = None
) -> tuple[dict[str, str], set[str]]:
    """Give the hashes of all sources that the modules import, themselves included, and the libraries that these do."""
    own = {*PROJECT, *(module.partition(".")[0] for module in modules)} - sys.stdlib_module_names
    places = {name: _place(name) if tree is None else tree / name for name in own}
    sources: dict[str, str] = {}
    libraries: set[str] = set()
    waiting, seen = {*modules}, set[str]()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        above, _, _ = name.rpartition(".")
        waiting |= {above} - seen - {""}  # which runs before it
        top = name.partition(".")[0]
        if top not in own:
            libraries.add(top)
            continue
        source = _read(name, places[top])
        if source is None:
            continue  # a name that the module above defines
        sources[name], imports = source
        waiting |= imports.names - seen
        for package in imports.folders - {*picked_from}:
            waiting |= _modules(package, places[package.partition(".")[0]]) - seen
        for package in imports.data:
            sources |= _data(package, places[package.partition(".")[0]])
    for module in modules:
        if module not in sources and module not in sys.stdlib_module_names:
            raise ModuleNotFoundError(f"no module {module}")
    return sources, libraries - sys.stdlib_module_names


@cache
def _read(name: str, place: Path | None) -> tuple[str, Imports] | None:
    path = _file(name, place)
    if path is None:
        return None
    return _digest(path), imports_of(path.read_text(encoding="utf-8"), name)


@cache
def _modules(package: str, place: Path | None) -> set[str]:
    """Give the modules in a package's folder."""
    folder = _folder(package, place)
    inside = [*folder.glob("*.py"), *(one.parent for one in folder.glob("*/__init__.py"))]
    return {f"{package}.{one.stem}" for one in inside if not one.stem.startswith("__")}


@cache
def _data(package: str, place: Path | None) -> dict[str, str]:
    """Give the hashes of the other files in a package's folder."""
    inside = [one for one in _folder(package, place).iterdir() if one.is_file() and one.suffix != ".py"]
    return {f"{package}/{one.name}": _digest(one) for one in inside}


def _place(name: str) -> Path | None:
    """Give a top-level package's folder, or a top-level module's file."""
    spec = importlib.util.find_spec(name)
    if spec is not None and spec.submodule_search_locations:
        return Path(next(iter(spec.submodule_search_locations)))
    return None if spec is None or spec.origin is None else Path(spec.origin)


def _file(name: str, place: Path | None) -> Path | None:
    _, *parts = name.split(".")
    if place is None or place.suffix == ".py":
        return None if parts else place
    inside = place.joinpath(*parts)
    return next((one for one in (inside / "__init__.py", inside.with_suffix(".py")) if one.is_file()), None)


def _folder(package: str, place: Path | None) -> Path:
    path = _file(package, place)
    if path is None:
        raise ModuleNotFoundError(f"no package {package}")
    return path.parent


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
