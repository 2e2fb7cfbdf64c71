"""The gallery: notebooks that begin with a question, kept without what they printed; and the reference."""

import importlib
import inspect
import json

import pytest

from book.rendering.reference import parts, public, reference
from tests.book.built import BOOK, text

EXAMPLES = sorted((BOOK / "examples").glob("*.ipynb"))
FUNCTIONS = [(module, name) for module in ("numerics", "theory.bounds") for name in public(module)]
SHOWN = {
    "certify_a_blow_up": ("PROVED", "REFUTED", "UNDECIDED", "refused: ", "True"),
    "my_own_table": ("difficulty Q", "arrived", "at about step"),
    "predicted_against_trained": ("arrived", "not there", "steps the sharpness passes"),
    "refute_a_wrong_theorem": ("refuted", "'proved'", "proved in"),
    "the_edge_and_precision": ("at about step 236", "float64", "blow-up", "diverged"),
}


def test_there_are_five():
    assert [path.stem for path in EXAMPLES] == sorted(SHOWN)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_notebook_begins_with_a_question_and_keeps_no_outputs(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    title = "".join(cells[0]["source"]).splitlines()[0]
    assert title.startswith("# ")
    assert title.endswith("?")
    assert title.removeprefix("# ") in (BOOK / "examples.md").read_text(encoding="utf-8")
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)


@pytest.mark.parametrize("name", SHOWN)
def test_a_notebook_shows_what_it_says_and_can_be_had(book, name):
    page = text(f"examples/{name}").replace("&#39;", "'")
    for words in SHOWN[name]:
        assert words in page
    assert any(book.glob(f"_downloads/*/{name}.ipynb"))


@pytest.mark.parametrize(("module", "name"), FUNCTIONS)
def test_a_function_of_the_reference_has_everything_that_a_reader_needs(module, name):
    found, sections = parts(inspect.getdoc(getattr(importlib.import_module(module), name)))
    assert {"Args", "Raises", "Examples"} <= set(sections)
    assert ">>> " in sections["Examples"]
    assert "`" in found + sections["Args"]
    assert f'id="{module}.{name}"' in reference(module).text


def test_the_reference_is_a_page(book):
    page = text("reference")
    assert all(f'id="{module}.{name}"' in page for module, name in FUNCTIONS)
