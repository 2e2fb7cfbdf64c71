"""Inside a room, too: what can be said knows nothing of the paper, and only those who show formulas print them."""

import pytest

from tests.contract.test_imports_go_one_way import ROOT, imported

OF_THE_PAPER = {"bounds", "errata", "formulas", "printing", "setting", "spectrum", "statements"}
"""Rooms and files of `theory` that speak of the paper; `language` and `errors` do not."""
PRINTS = ("book/", "numerics/command_line/", "proofs_check/command_line/", "theory/printing/")


def speaks_of_the_paper(name):
    parts = name.split(".")
    return parts[0] == "theory" and (len(parts) == 1 or parts[1] in OF_THE_PAPER)


def prints(name):
    return name == "theory.printing" or name.startswith("theory.printing.")


def offences(root, wrong):
    """Imports below a folder that a rule does not allow, those in doctests too."""
    found = []
    for path in sorted(root.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        examples = [line.split(">>> ", 1)[1].split() for line in text.splitlines() if ">>> from " in line]
        names = [*imported(path), *(words[1] for words in examples)]
        found += [f"{path.relative_to(root)} imports {name}" for name in names if wrong(name)]
    return found


def test_every_room_of_theory_is_of_the_language_or_of_the_paper():
    rooms = {path.stem for path in (ROOT / "theory").iterdir() if path.suffix == ".py" or path.is_dir()}
    assert rooms - {"__init__", "__pycache__", "py"} == OF_THE_PAPER | {"errors", "language"}


def test_the_language_knows_nothing_of_the_paper():
    assert offences(ROOT / "theory" / "language", speaks_of_the_paper) == []


@pytest.mark.parametrize("package", ["theory", "numerics", "proofs_check"])
def test_only_the_book_and_the_commands_print(package):
    found = offences(ROOT / package, prints)
    assert [one for one in found if not f"{package}/{one}".startswith(PRINTS)] == []


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("from theory.setting.symbols import X", speaks_of_the_paper),
        ("from theory import Spectrum", speaks_of_the_paper),
        ('"""\n>>> from theory.bounds import Bounds\n"""', speaks_of_the_paper),
        ("def f():\n    from theory.printing.relations import latex_of", prints),
        ("import theory.printing", prints),
    ],
)
def test_the_check_sees_what_it_looks_for(tmp_path, line, wrong):
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "planted.py").write_text(line + "\n")
    (tmp_path / "room" / "fine.py").write_text("from theory.language.relations import equal\n")
    (found,) = offences(tmp_path, wrong)
    assert found.startswith("room/planted.py imports theory")
