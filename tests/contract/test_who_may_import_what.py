"""Between the rooms of a package, too, imports have a direction.

The language could state, and the engine and the methods could prove, the theorems of another paper: they import nothing
of this one. Only those who show formulas print them, and objects that show themselves in a notebook.
"""

import re

import pytest

from tests.contract.test_imports_go_one_way import ROOT, imports_with_places

LANGUAGE = ("theory.language", "theory.errors")
ALLOWED = {
    "theory/language": LANGUAGE,
    "proofs_check/rules": (*LANGUAGE, "proofs_check.rules"),
    "proofs_check/engine": (*LANGUAGE, "proofs_check.rules", "proofs_check.engine"),
    "proofs_check/soundness/semantics": (*LANGUAGE, "proofs_check.soundness.semantics"),
    "proofs_check/soundness": (*LANGUAGE, "proofs_check.soundness", "numerics.work"),
    "proofs_check/methods": (*LANGUAGE, "proofs_check.rules", "proofs_check.engine", "proofs_check.methods"),
}
PRINTING = ("theory.printing",)
SHOWS = ("book/", "numerics/command_line/", "proofs_check/command_line/", "theory/printing/")


def imported(path):
    """Names of this project's modules that a file imports, in its examples too."""
    text = path.read_text(encoding="utf-8")
    return re.findall(r"^[\s>.]*(?:from|import) ((?:theory|numerics|proofs_check|book)\b[\w.]*)", text, re.MULTILINE)


def is_in(name, rooms):
    return any(name == room or name.startswith(f"{room}.") for room in rooms)


def beyond(allowed, root):
    """What the files below a folder import beyond the rooms that are allowed."""
    return [name for path in sorted(root.rglob("*.py")) for name in imported(path) if not is_in(name, allowed)]


def printers(root):
    """Files below a folder that print formulas, otherwise than where an object shows itself in a notebook."""
    return [
        path.relative_to(root).as_posix()
        for path in sorted(root.rglob("*.py"))
        if any(
            is_in(name, PRINTING) and not place.rpartition(".")[2].startswith("_repr_")
            for name, place in imports_with_places(path)
        )
    ]


@pytest.mark.parametrize("room", ALLOWED)
def test_nothing_of_the_paper_is_imported(room):
    assert len(list((ROOT / room).rglob("*.py"))) >= 4
    assert beyond(ALLOWED[room], ROOT / room) == []


def test_values_of_terms_are_found_without_the_functions_that_the_kernel_computes_with():
    text = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "proofs_check/soundness/semantics").glob("*.py")
    )
    taken = set(re.findall(r"\b(?:instantiate|abstract|substitute|shift|opened|closed|transform|rebuild|at)\(", text))
    assert taken == set()


@pytest.mark.parametrize("package", ["theory", "numerics", "proofs_check"])
def test_only_the_book_and_the_commands_print(package):
    found = [f"{package}/{name}" for name in printers(ROOT / package)]
    assert [name for name in found if not name.startswith(SHOWS)] == []


def test_an_import_of_the_paper_is_seen(tmp_path):
    (tmp_path / "planted.py").write_text(
        '"""Example.\n\n>>> from theory.setting.symbols import Q\n"""\n'
        "from theory.language.relations import Relation\n"
        "def f():\n    from proofs_check.proofs import established\n"
        "import theory.statements.thm_4_3\nfrom theory import bounds\n"
    )
    assert beyond(ALLOWED["proofs_check/engine"], tmp_path) == [
        "theory.setting.symbols",
        "proofs_check.proofs",
        "theory.statements.thm_4_3",
        "theory",
    ]


def test_a_printer_is_seen(tmp_path):
    (tmp_path / "planted.py").write_text("def f():\n    from theory.printing.relations import latex_of\n")
    (tmp_path / "fine.py").write_text(
        "from theory.language.relations import equal\n"
        "class A:\n    def _repr_html_(self):\n        from theory.printing.tables import table\n"
    )
    assert printers(tmp_path) == ["planted.py"]
