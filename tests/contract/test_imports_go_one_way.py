"""theory <- numerics <- proofs_check <- book: no package imports one to its right, and theory stands alone."""

import ast
from pathlib import Path

import pytest

import theory

ROOT = Path(theory.__file__).resolve().parents[1]
ORDER = ["theory", "numerics", "proofs_check", "book"]


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield node.module


@pytest.mark.parametrize("package", ORDER)
def test_no_import_points_to_the_right(package):
    later = set(ORDER[ORDER.index(package) + 1 :])
    for path in (ROOT / package).rglob("*.py"):
        for name in imported(path):
            assert name.split(".")[0] not in later, f"{path.relative_to(ROOT)} imports {name}"
            assert name.split(".")[0] != "tests", f"{path.relative_to(ROOT)} imports {name}"


def test_the_check_sees_an_import_that_points_to_the_right(tmp_path):
    wrong = tmp_path / "wrong.py"
    wrong.write_text("def f():\n    from proofs_check.ledger.ledger import verify\n")
    assert list(imported(wrong)) == ["proofs_check.ledger.ledger"]
