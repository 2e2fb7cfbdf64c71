"""theory <- numerics <- proofs_check <- book: no package imports one to its right, and theory stands alone."""

import ast
from pathlib import Path

import pytest

import theory

ROOT = Path(theory.__file__).resolve().parents[1]
ORDER = ["theory", "numerics", "proofs_check", "book"]
EXCEPTION = "theory/spectrum.py imports numerics.spectrum.decomposition, in Spectrum.from_data"
"""The one call that delegates to the right: whoever has arrays in hand asks the class for their spectrum."""
CALL = "class Spectrum:\n    def from_data():\n"


def imported(path):
    """Names of the modules that a file imports."""
    return [name for name, _ in imports_with_places(path)]


def imports_with_places(path):
    """Names of the modules that a file imports, each with the function that does, or "" at the top of the file."""

    def within(node, place):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                yield from ((alias.name, place) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                assert child.level == 0, f"{path}: imports are absolute"
                yield child.module, place
            else:
                inner = isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
                yield from within(child, f"{place}.{child.name}".lstrip(".") if inner else place)

    return within(ast.parse(path.read_text(encoding="utf-8")), "")


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
