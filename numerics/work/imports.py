"""What one source imports, read from its text; nothing is run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

_CHECKERS_ALONE = re.compile("TYPE[_]CHECKING")  # written so that it does not stand here itself
# Where none of these stands, imports are read off their lines, in a tenth of the time that the grammar takes. One after
# the other they are sought in half the time of one pattern.
_NEED_GRAMMAR = tuple(
    re.compile(pattern)
    for pattern in (
        r"TYPE[_]CHECKING(?<!import TYPE[_]CHECKING)",  # a pattern that begins with a letter is found in less time
        r"(import_module|files|iter_modules|defined_in)\(",
        r"[:;][ \t]*(from[ \t]+[\w.]+[ \t]+)?import\b",
        r"\\\n",
    )
)
_BLOCK_FOR_CHECKERS = re.compile(r"^if TYPE[_]CHECKING:\n(?:(?:[ \t].*)?\n)+(?=\S)(?!el)", re.MULTILINE)
_LINE = re.compile(
    r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]*(?:\(([^)]*)\)|([^\n(]+))|import[ \t]+([^\n(]+))", re.MULTILINE
)
_DISCOVERY = "numerics.discovery"  # whose `defined_in` looks through the folder that its caller names


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
def imports_of(text: str, module: str) -> Imports:
    r"""Read imports at the top and inside functions, but those for type checkers alone.

    Raises:
        ValueError: the source looks through a folder that its text does not name, or imports relatively to itself.

    Examples:
        >>> sorted(imports_of("import a.b\ndef f():\n    from c import d\n", "m").names)
        ['a.b', 'c', 'c.d']
    """
    run = _BLOCK_FOR_CHECKERS.sub("", text)
    if not any(pattern.search(run) for pattern in _NEED_GRAMMAR):
        return Imports(set(_on_lines(run, module)))
    found = Imports()
    for node in _running(ast.parse(text)):
        if isinstance(node, ast.Import):
            found.names |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            package = "." * node.level + (node.module or "")
            _refuse_relative(module, package)
            found.names |= {package, *(f"{package}.{one.name}" for one in node.names)}
        elif isinstance(node, ast.Call) and node.args:
            _follow(getattr(node.func, "attr", getattr(node.func, "id", "")), node.args[0], module, found)
    return found


def _on_lines(text: str, module: str) -> Iterator[str]:
    """Read the names of imports that have lines of their own; of prose that looks like one, too."""
    for line in _LINE.finditer(re.sub("#.*", "", text)):
        package, enclosed, plain, whole = line.groups()
        names = [word.split()[0] for word in (enclosed or plain or whole).split(",") if word.split()]
        if package is None:
            yield from names
            continue
        _refuse_relative(module, package)
        yield package
        yield from (f"{package}.{name}" for name in names)


def _refuse_relative(module: str, package: str) -> None:
    if package.startswith("."):
        raise ValueError(f"{module} imports relatively to itself: write the whole name")


def _follow(function: str, argument: ast.expr, module: str, found: Imports) -> None:
    text = argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None
    expression = ast.unparse(argument)
    if function == "import_module" and text:
        found.names.add(text)
    elif function == "files" and text and "importlib.resources.files" in found.names:
        found.data.add(text)
    elif function in ("iter_modules", "defined_in") and module != _DISCOVERY:
        if not text and expression not in ("__path__", "__name__"):
            raise ValueError(f"{module} looks through {expression}: name the package, so that its sources are known")
        found.folders.add(text or module)


def _running(tree: ast.AST) -> Iterator[ast.AST]:
    """Walk through what can run, in the order of the text."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        inside: list[ast.AST] = [*ast.iter_child_nodes(node)]
        if isinstance(node, ast.If) and _CHECKERS_ALONE.search(ast.unparse(node.test)):
            inside = [*node.orelse]
        waiting += reversed(inside)
