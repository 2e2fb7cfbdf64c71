"""The engine and the methods could prove the theorems of another paper: they import nothing of this one."""

import re

import pytest

from tests.contract.test_imports_go_one_way import ROOT

GENERAL = ("theory.language", "theory.errors", "proofs_check.engine", "proofs_check.methods")


def of_the_paper(path):
    """What a file imports, in its examples too, beyond the language of statements, the engine and the methods."""
    text = path.read_text(encoding="utf-8")
    named = re.findall(r"^[\s>.]*(?:from|import) ((?:theory|numerics|proofs_check|book)\b[\w.]*)", text, re.MULTILINE)
    return [name for name in named if not any(name == room or name.startswith(f"{room}.") for room in GENERAL)]


@pytest.mark.parametrize("room", ["engine", "methods"])
def test_nothing_of_the_paper_is_imported(room):
    files = sorted((ROOT / "proofs_check" / room).rglob("*.py"))
    assert len(files) > 5
    assert {path.name: of_the_paper(path) for path in files if of_the_paper(path)} == {}


def test_an_import_of_the_paper_is_seen(tmp_path):
    planted = tmp_path / "planted.py"
    planted.write_text(
        '"""Example.\n\n>>> from theory.setting.symbols import Q\n"""\n'
        "from theory.language.relations import Relation\n"
        "def f():\n    from proofs_check.proofs import established\n"
        "import theory.statements.thm_4_3\nfrom theory import bounds\n"
    )
    assert of_the_paper(planted) == [
        "theory.setting.symbols",
        "proofs_check.proofs",
        "theory.statements.thm_4_3",
        "theory",
    ]
