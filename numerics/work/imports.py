"""What one source imports, read from its text; nothing is run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

_DISCOVERY = "numerics.discovery"  # which looks through the folder that its caller names


@dataclass
class Imports:
    """What a source reaches.

    Attributes:
        names: modules, and names in modules: of `from a import b` both `a` and `a.b`.
        folders: packages whose every module it looks for, with `pkgutil.iter_modules` or `defined_in`.
        data: packages whose other files it reads with `importlib.resources.files`.
    """

    names: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)
    data: set[str] = field(default_factory=set)


@cache
def imports_of(text: str, module: str, package: str) -> Imports:
    r"""Read imports at the top and inside functions, but those for type checkers alone.

    Args:
        text: the source.
        module: its name.
        package: the package that its relative imports start from.

    Raises:
        ValueError: it looks through a folder that its text does not name.

    Examples:
        >>> sorted(imports_of("import a.b\ndef f():\n    from .c import d\n", "p.m", "p").names)
        ['a.b', 'p.c', 'p.c.d']
    """
    found, called = Imports(), {"__name__": module}  # what a name in the text stands for
    calls = []
    for node in _running(ast.parse(text)):
        if isinstance(node, ast.Import):
            found.names |= {one.name for one in node.names}
            called |= {one.asname or one.name: one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            origin = ".".join([*above, *([node.module] if node.module else [])])
            found.names |= {origin, *(f"{origin}.{one.name}" for one in node.names)}
            called |= {one.asname or one.name: f"{origin}.{one.name}" for one in node.names}
        elif isinstance(node, ast.Assign) and _calls(node.value) == "import_module":
            called |= {ast.unparse(target): _first(node.value) for target in node.targets}
        elif _calls(node) in ("import_module", "files", "iter_modules", "defined_in"):
            calls.append(node)
    for call in calls:
        kind, first = _calls(call), _first(call)
        if kind == "iter_modules" and module != _DISCOVERY:
            found.folders.add(_named(first.removesuffix("__path__").removesuffix(".") or "__name__", called, module))
        elif kind == "defined_in" and module != _DISCOVERY:
            found.folders.add(first if _is_constant(call) else _named(first, called, module))
        elif kind == "import_module" and _is_constant(call):
            found.names.add(first)
        elif kind == "files" and called.get("files") == "importlib.resources.files":
            found.data.add(first)
    return found


def _named(expression: str, called: dict[str, str], module: str) -> str:
    if expression not in called:
        raise ValueError(f"{module} looks through {expression}: name the package, so that its sources are known")
    return called[expression]


def _calls(node: ast.AST) -> str:
    """Give the last word of the function that a node calls; nothing for another node."""
    if not isinstance(node, ast.Call) or not node.args:
        return ""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def _first(call: Any) -> str:
    """Give a call's first argument: a text, or else its source."""
    return str(call.args[0].value) if _is_constant(call) else ast.unparse(call.args[0])


def _is_constant(call: Any) -> bool:
    return isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)


def _running(tree: ast.AST) -> Iterator[ast.AST]:
    """Walk through what can run."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting += node.orelse
        else:
            waiting += ast.iter_child_nodes(node)
