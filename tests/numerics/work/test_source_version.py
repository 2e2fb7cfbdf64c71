"""A key changes with every source that a result depends on, and with no other."""

import re
import shutil
import sys
from pathlib import Path

import pytest

import numerics
from numerics.work.imports import imports_of
from numerics.work.source_version import PROJECT, dependencies, forget, source_version
from numerics.work.versions import versions
from proofs_check.ledger.tasks import PICKED_FROM, files_about

SOURCE = Path(numerics.__file__).resolve().parents[1]
TRAINING = "numerics.reproduce.training_task"
RESULTS = {
    "decomposition": ("numerics.reproduce.spectrum_task",),
    "training": (TRAINING,),
    "start": ("numerics.reproduce.random_initialization",),
    "diagram": ("numerics.finite_precision.diagram",),
    "thm-4.3": ("proofs_check.ledger.tasks", *files_about("thm-4.3")),
    "thm-4.6": ("proofs_check.ledger.tasks", *files_about("thm-4.6")),
}
PROOFS = {"thm-4.3", "thm-4.6"}
READ = set(RESULTS) - {"start"}  # a start is of a decomposition, whose own key is in its data
EDITS = {
    "numerics/reproduce/spectrum_task.py": {"decomposition", "training"},
    "numerics/reproduce/training_task.py": {"training"},
    "numerics/optimizers/reshuffling.py": {"training", "start", "diagram"},
    "numerics/model/__init__.py": {"training", "start", "diagram"},
    "theory/formulas/secular_equation.py": set(RESULTS),
    "numerics/data/known_sources/digits.py": READ,  # proofs look at digits
    "numerics/data/known_sources/svhn.py": READ - PROOFS,  # found by looking through the folder
    "theory/setting/symbols.py": PROOFS,
    "proofs_check/methods/rayleigh.py": PROOFS,
    "proofs_check/engine/proof.py": PROOFS,
    "proofs_check/proofs/thm_4_3.py": {"thm-4.3"},
    "proofs_check/proofs/thm_4_6.py": {"thm-4.6"},
    "theory/statements/thm_4_6.py": {"thm-4.6"},
    "numerics/finite_precision/law.py": {"diagram"},
    # What no result here is made with.
    "numerics/command_line/train.py": set(),
    "numerics/reproduce/targets/figure_5.py": set(),
    "numerics/reproduce/published.toml": set(),
    "proofs_check/command_line/ledger_table.py": set(),
    "proofs_check/proofs/lem_b_1.py": set(),
    "book/records/population.py": set(),
}


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tree")
    for package in (*PROJECT, "book"):
        shutil.copytree(
            SOURCE / package, folder / package, ignore=shutil.ignore_patterns("__pycache__", "build", "_build")
        )
    return folder


@pytest.fixture(scope="module")
def unedited(tree):
    return _versions(tree)


def _versions(tree):
    forget()
    return {
        name: source_version(*of, picked_from=PICKED_FROM if name in PROOFS else (), tree=tree)
        for name, of in RESULTS.items()
    }


@pytest.mark.slow
@pytest.mark.parametrize("edited", EDITS)
def test_an_edit_changes_the_keys_of_what_depends_on_it_alone(tree, unedited, edited):
    text = (tree / edited).read_text()
    (tree / edited).write_text(text + "\n# an edit\n")
    after = _versions(tree)
    (tree / edited).write_text(text)
    assert {name for name in RESULTS if unedited[name] != after[name]} == EDITS[edited]


def test_a_new_file_in_a_folder_that_is_looked_through_counts(tree, unedited):
    new = tree / "numerics" / "data" / "known_sources" / "new_source.py"
    new.write_text("SOURCE = None\n")
    after = _versions(tree)
    new.unlink()
    assert {name for name in RESULTS if unedited[name] != after[name]} == READ - PROOFS


def test_where_the_tree_lies_does_not_count(unedited):
    assert unedited == _versions(None)


def test_a_library_of_another_version_counts(tree, unedited, monkeypatch):
    now = versions()
    monkeypatch.setattr(
        "numerics.work.source_version.versions", lambda names: {**versions(names), "numpy": now["numpy"] + ".1"}
    )
    after = _versions(tree)
    forget()
    assert all(unedited[name] != after[name] for name in RESULTS)


@pytest.mark.slow
@pytest.mark.parametrize("module", ["numerics.command_line.reproduce", "proofs_check.ledger.tasks"])
def test_everything_that_an_import_loads_is_among_the_dependencies(module):
    """Python itself, in a process of its own, is the reference."""
    import subprocess

    text = f"import sys, {module}\nprint(*(name for name in sys.modules if name.partition('.')[0] in {PROJECT!r}))"
    loaded = subprocess.run([sys.executable, "-c", text], cwd=SOURCE, capture_output=True, text=True, check=True)
    assert set(loaded.stdout.split()) <= dependencies(module)[0].keys()


@pytest.mark.slow
def test_every_library_that_the_project_imports_has_a_version(tree):
    from importlib.metadata import packages_distributions

    from numerics.work.source_version import _DISTRIBUTIONS

    paths = [path.relative_to(SOURCE) for package in PROJECT for path in (SOURCE / package).rglob("*.py")]
    names = [".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in paths]
    known = packages_distributions()
    for library in dependencies(*names)[1] & known.keys():
        assert _DISTRIBUTIONS.get(library, library).lower() in map(str.lower, known[library])


def test_a_folder_that_the_text_does_not_name_is_refused(tmp_path):
    (tmp_path / "theory").mkdir()
    (tmp_path / "theory" / "__init__.py").write_text("import pkgutil\nlist(pkgutil.iter_modules(somewhere()))\n")
    with pytest.raises(ValueError, match=r"theory looks through somewhere\(\): name the package"):
        dependencies("theory", tree=tmp_path)


@pytest.mark.slow
def test_imports_are_read_off_lines_as_by_the_grammar(monkeypatch):
    """Prose that looks like an import may count beside them; nothing may be missed."""
    paths = [path.relative_to(SOURCE) for package in PROJECT for path in (SOURCE / package).rglob("*.py")]
    sources = [((SOURCE / path).read_text(), ".".join(path.with_suffix("").parts)) for path in paths]
    quick = [imports_of.__wrapped__(*source).names for source in sources]
    monkeypatch.setattr("numerics.work.imports._NEED_GRAMMAR", (re.compile(""),))
    whole = [imports_of.__wrapped__(*source).names for source in sources]
    assert all(by_grammar <= read for by_grammar, read in zip(whole, quick, strict=True))
    assert sum(by_grammar == read for by_grammar, read in zip(whole, quick, strict=True)) > 0.99 * len(sources)


@pytest.mark.parametrize(
    "text",
    [
        "from a import (\n    b,  # (why)\n    c as d,\n)  # and (why)\n",
        "def f():\n    from a import b, c  # (why)\n",
        "import a.b as c, d\n",
        "from a import \\\n    b\n",
        "if True: from a import b\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a\n\n    import b\nimport c\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a\n    import b\nelse:\n    import c\n",
        "from typing import TYPE_CHECKING\nif not TYPE_CHECKING:\n    import a\nimport c\n",
    ],
)
def test_no_way_to_write_an_import_is_missed(text, monkeypatch):
    quick = imports_of.__wrapped__(text, "m")
    monkeypatch.setattr("numerics.work.imports._NEED_GRAMMAR", (re.compile(""),))
    assert quick == imports_of.__wrapped__(text, "m")


def test_a_relative_import_is_refused_either_way():
    for text in ("from . import a\n", "from .a import b\n", "if True: from .a import b\n"):
        with pytest.raises(ValueError, match="m imports relatively to itself"):
            imports_of(text, "m")


def test_a_module_that_is_not_there_is_refused():
    with pytest.raises(ModuleNotFoundError, match=r"no module numerics\.nothing"):
        source_version("numerics.nothing")


def test_type_checkers_alone_count_for_nothing(tmp_path):
    (tmp_path / "theory").mkdir()
    (tmp_path / "theory" / "__init__.py").write_text(
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    import numpy\nelse:\n    import scipy\n"
        "def f():\n    from importlib import import_module\n    return import_module('mpmath')\n"
    )
    assert dependencies("theory", tree=tmp_path)[1] == {"scipy", "mpmath"}


def test_no_proof_loads_data_by_what_a_user_writes():
    """Then its key would not know the source; the commands and their certificates do."""
    for path in (SOURCE / "proofs_check").rglob("*.py"):
        if not {"command_line", "trajectory_certificate"} & set(path.parts):
            assert "numerics.data import" not in path.read_text(encoding="utf-8"), path
