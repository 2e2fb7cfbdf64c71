"""The six lines of the front door, as written, in a notebook that is executed."""

import importlib.util
import os
import re

import nbformat
import pytest
from nbclient import NotebookClient

from tests.contract.test_imports_go_one_way import ROOT

DATA = """
import numpy as np
rng = np.random.default_rng(0)
X = rng.normal(size=(40, 4)) * [3, 1, 1, 0.5]
y = X @ [1, -1, 2, 1] + 0.1 * rng.normal(size=40)
"""
FORMS = {
    "array": DATA,
    "frame": f"{DATA}\nimport pandas as pd\nX, y = pd.DataFrame(X, columns=list('abcd')), pd.Series(y)",
}
if importlib.util.find_spec("torch"):
    FORMS["tensor"] = f"{DATA}\nimport torch\nX, y = torch.tensor(X, requires_grad=True), torch.tensor(y)"
SIX_LINES = (
    "from numerics import study",
    "s = study(X, y, depth=3)\ns",
    "run = s.train(step_size=0.03, steps=20_000)",
    "run.plot()",
    "run.compare()",
    "run.frame()",
)


def test_they_are_those_of_the_readme():
    shown = re.search(r"```python\n(from numerics import study.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    lines = [line.partition("  #")[0].rstrip() for line in shown[1].splitlines() if line]
    assert lines == [line for cell in SIX_LINES for line in cell.splitlines()]


def executed(*cells: str) -> list[dict[str, str]]:
    """What each cell of a notebook shows, by the kind of content."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    NotebookClient(notebook, timeout=300).execute(env={**os.environ, "PYTHONPATH": path})
    shown = [[output for output in cell.outputs if "data" in output] for cell in notebook.cells]
    said = [output for cell in notebook.cells for output in cell.outputs if output.output_type == "stream"]
    # A run of many seconds says how far it is; nothing else speaks.
    assert all(output.name == "stderr" and re.fullmatch(r"(\d+ of 20000 steps.*\n)+", output.text) for output in said)
    assert all(len(outputs) <= 1 for outputs in shown)
    return [outputs[0].data if outputs else {} for outputs in shown]


@pytest.fixture(scope="module")
def shown():
    """What each form of data shows, in one notebook, whose kernel takes longer to start than all of them."""
    found = executed(*(cell for form in FORMS.values() for cell in (form, *SIX_LINES)))
    each = len(SIX_LINES) + 1
    return {form: found[each * place : each * (place + 1)] for place, form in enumerate(FORMS)}


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_the_six_lines_show_what_they_should(shown, form):
    _, _, table, _, picture, said, frame = shown[form]
    for word in ("difficulty Q", "imbalance threshold T_1", "predicted", "exact", "Theorem 4.6", "edge at depth 3"):
        assert word in table["text/html"]
    assert len(picture["image/png"]) > 10_000
    reached = re.findall(r"arrived|not there", said["text/html"])
    assert reached
    assert "sharpness" in frame["text/html"]
    assert "20001 rows" in frame["text/plain"]
    assert not any("array(" in one["text/plain"] for one in (table, picture, said))
