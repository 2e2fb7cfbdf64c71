"""theory <- numerics <- proofs_check <- book: no package imports one to its right, and theory stands alone."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

import theory

ROOT = Path(theory.__file__).resolve().parents[1]
ORDER = ["theory", "numerics", "proofs_check", "book"]
EXCEPTION = "theory/spectrum.py imports numerics.spectrum.decomposition, in Spectrum.from_data"
"""The one call that delegates to the right: whoever has arrays in hand asks the class for their spectrum."""
CALL = "class Spectrum:\n    def from_data():\n"


@dataclass(frozen=True)
class Import:
    """An import in a source.

    Attributes:
        module: what is imported, or from where.
        name: what is imported from there; None for a whole module.
        place: the function that does, or "" at the top of the file.
        for_types: whether type checkers alone see it.
    """

    module: str
    name: str | None
    place: str
    for_types: bool


def imports_of(path):
    """Every import in a file, in its functions too."""
    return _imports(path.read_text(encoding="utf-8"))


@cache
def _imports(text):
    """Read once for all checks: the grammar takes a second for all files of the tree."""

    def within(node, place, for_types):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                yield from (Import(alias.name, None, place, for_types) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                assert child.level == 0, f"imports are absolute: {ast.unparse(child)}"
                yield from (Import(child.module, alias.name, place, for_types) for alias in child.names)
            elif not isinstance(child, ast.expr):
                inner = isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
                types_alone = isinstance(child, ast.If) and getattr(child.test, "id", "") == "TYPE_CHECKING"
                there = f"{place}.{child.name}".lstrip(".") if inner else place
                yield from within(child, there, for_types or types_alone)

    return tuple(within(ast.parse(text), "", False))


def imported(path):
    """Names of the modules that a file imports."""
    return [name for name, _ in imports_with_places(path)]


def imports_with_places(path):
    """Names of the modules that a file imports, each with the function that does, or "" at the top of the file."""
    return dict.fromkeys((one.module, one.place) for one in imports_of(path))


def offences(root, package):
    """Imports of a package to its right, and of tests."""
    wrong = {*ORDER[ORDER.index(package) + 1 :], "tests"}
    return [
        f"{path.relative_to(root).as_posix()} imports {name}" + (f", in {place}" if place else "")
        for path in sorted((root / package).rglob("*.py"))
        for name, place in imports_with_places(path)
        if name.split(".")[0] in wrong
    ]


@pytest.mark.parametrize("package", ORDER)
def test_no_import_points_to_the_right(package):
    assert offences(ROOT, package) == ([EXCEPTION] if package == "theory" else [])


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def f():\n    from proofs_check.ledger import verify\n", "imports proofs_check.ledger, in f"),
        ("from tests import conftest\n", "imports tests"),
        ("import numerics.spectrum.decomposition\n", "imports numerics.spectrum.decomposition"),  # not in the call
        (CALL + "        import numerics.data\n", "imports numerics.data, in Spectrum.from_data"),  # another module
    ],
)
def test_the_check_sees_an_import_that_points_to_the_right(tmp_path, source, found):
    (tmp_path / "theory").mkdir()
    (tmp_path / "theory" / "spectrum.py").write_text(source)
    assert offences(tmp_path, "theory") == [f"theory/spectrum.py {found}"] != [EXCEPTION]
