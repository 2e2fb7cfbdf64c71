"""`sharpness verify` and `sharpness show` as a user runs them: real files, captured output, exit statuses."""

import html
import json
import re
import shutil
from collections import Counter, defaultdict
from dataclasses import replace

import pytest

from proofs_check.command_line.ledger_table import ledger_parts, show
from proofs_check.kernel import assumptions, coq
from proofs_check.kernel.assumptions import CoqOutcome, KernelReport
from proofs_check.kernel.table import SOURCES, TheoremTable, stated_theorems
from tests.numerics.command_line.conftest import command  # noqa: F401 - a fixture
from theory.errata import all_errata
from theory.statements import all_statements

WRONG = """
from dataclasses import replace
from theory.statements.{module} import STATEMENT as TRUE
from theory.language.relations import at_most, equal
from theory.bounds import positive_root
from theory.language.numbers import power
from theory.setting.symbols import C, D, N, S, label_coefficients, s, spectrum

d, Q, norm = label_coefficients, spectrum.difficulty, spectrum.label_norm_squared
V, inverse = positive_root(C, Q), positive_root(-C, Q) / Q
STATEMENT = replace(TRUE, claims={{**TRUE.claims, {claims}}})
"""
WRONG_CLAIMS = {
    "D/(D-1) for (D-1)/D in Theorem 4.6": (
        "thm_4_6",
        '"lower": at_most((s[0] ** 2 * power(Q, D, D - 1) + (D - 1) * d[0] ** 2 * power(Q, -1, D)) / N, S)',
    ),
    "D/(D-1) for (D-1)/D in Definition 5.8": (
        "def_5_8",
        '"below": at_most(s[0] ** 2 / N * power(Q, D, D - 1), S)',
    ),
    "d_1 for ||y|| in Theorem 4.3": (
        "thm_4_3",
        '"upper": at_most(S, (s[0] ** 2 * V + d[0] ** 2 * inverse) / N)',
    ),
    "d_1 for ||y|| in Theorem 4.6": (
        "thm_4_6",
        '"upper": at_most(S, (s[0] ** 2 * power(Q, D - 1, D) + (D - 1) * d[0] ** 2 * power(Q, -1, D)) / N)',
    ),
    "a lost 1/N": ("thm_4_3", '"lower": at_most(s[0] ** 2 * V + d[0] ** 2 * inverse, S)'),
    "1/V^2 for 1/V": ("thm_4_3", '"upper": at_most(S, (s[0] ** 2 * V + norm * inverse**2) / N)'),
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def sharpness(command, kept, tmp_path, monkeypatch):  # noqa: F811
    """Run the command in this process and in a folder of its own, with results kept from one test to the next."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments, cache=kept, columns=200):
        monkeypatch.setenv("SHARPNESS_CACHE", str(cache))
        monkeypatch.setenv("COLUMNS", str(columns))
        return command(*arguments)

    return run


def one_line_of_refusal(done):
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("sharpness: ")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.slow
def test_the_ledger_has_its_schema(sharpness, tmp_path):
    done = sharpness("verify", "def-4.1", "lem-b.1", "thm-4.3", "--json", "ledger.json", "--jobs", "1")
    assert done.returncode == 0, done.stderr
    assert "thm-4.3" in done.stdout
    assert "3 proved" in done.stdout
    ledger = json.loads((tmp_path / "ledger.json").read_text())
    assert ledger["schema"] == 2
    assert set(ledger["summary"]) == {"proved", "enclosed", "sampled", "open", "refuted", "vacuous"}
    assert ledger["summary"]["proved"] == 3
    assert {"python", "sympy", "python-flint"} <= set(ledger["versions"])
    assert [record["id"] for record in ledger["statements"]] == ["def-4.1", "lem-b.1", "thm-4.3"]
    for record in ledger["statements"]:
        assert {"id", "title", "source", "outcome", "axioms", "steps"} <= set(record)
        for step in record["steps"]:
            assert {"id", "claim", "method", "outcome", "scope", "seconds"} <= set(step)
            assert step["outcome"] in ("proved", "enclosed")
            assert step["scope"] in ("all sizes", "one instance")
        assert any(step["method"] == "enclosure" for step in record["steps"])


@pytest.mark.slow
def test_json_to_stdout_is_nothing_else(sharpness):
    done = sharpness("verify", "thm-4.3", "--json", "-")
    assert json.loads(done.stdout)["statements"][0]["outcome"] == "proved"


@pytest.mark.slow
@pytest.mark.parametrize("name", WRONG_CLAIMS)
def test_a_wrong_statement_is_refuted_with_a_counterexample(sharpness, tmp_path, name):
    module, claims = WRONG_CLAIMS[name]
    (tmp_path / "wrong.py").write_text(WRONG.format(module=module, claims=claims))
    done = sharpness("verify", "--statement", "wrong.py", "--json", "wrong.json")
    assert done.returncode == 1
    assert "refuted" in done.stdout
    (record,) = json.loads((tmp_path / "wrong.json").read_text())["statements"]
    assert record["outcome"] == "refuted"
    assert re.search(r"is false for .*N = \d, .*d = \[", record["reason"])


@pytest.mark.slow
def test_the_true_statement_in_a_file_is_proved(sharpness, tmp_path):
    (tmp_path / "right.py").write_text("from theory.statements.thm_4_3 import STATEMENT\n")
    assert sharpness("verify", "--statement", "right.py").returncode == 0


@pytest.mark.slow
def test_a_row_that_is_read_and_not_checked_says_so(sharpness, tmp_path):
    cache = tmp_path / "cache"
    first, second, fresh = (
        sharpness("verify", "lem-b.1", "--json", name, *how, cache=cache)
        for name, how in (("first", ()), ("second", ()), ("fresh", ("--fresh",)))
    )
    records = [json.loads((tmp_path / name).read_text())["statements"][0] for name in ("first", "second", "fresh")]
    assert [record["kept"] for record in records] == [False, True, False]
    assert {**records[1], "kept": False} == records[0]
    assert re.search("lem-b.1 +proved .* kept$", second.stdout, re.MULTILINE)
    assert "1 of 1 rows are kept from an earlier check; --fresh checks anew" in second.stdout
    assert "kept" not in first.stdout + fresh.stdout


@pytest.mark.slow
def test_a_cache_that_cannot_be_written_costs_nothing_but_time(sharpness, tmp_path):
    (tmp_path / "file").write_text("not a folder")
    assert sharpness("verify", "lem-b.1", cache=tmp_path / "file").returncode == 0


@pytest.mark.slow
def test_the_page_is_self_contained_and_says_what_the_terminal_says(sharpness, tmp_path):
    done = sharpness("verify", "thm-4.3", "-v", "--html", "ledger.html")
    assert done.returncode == 0
    page = (tmp_path / "ledger.html").read_text()
    assert not re.search(r"https?:|<script|<link|<img|@import|url\(", page)
    shown = html.unescape(re.sub(r"<style>.*?</style>|<[^>]*>", "", page, flags=re.DOTALL))
    assert {"kernel-at-most:", "proved", "rayleigh"} <= set(done.stdout.split()) <= set(shown.split())


@pytest.mark.slow
def test_steps_are_shown_on_demand(sharpness):
    done = sharpness("verify", "thm-4.3", "-v")
    for step in ("residual", "first-entry", "kernel-at-most", "S ≤ 1/N (s₁² (√(C² + 4 Q) - C)/2"):
        assert step in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [(), ("-v",), ("--mutants",)])
def test_eighty_columns_are_enough_and_no_formula_is_latex(sharpness, arguments):
    done = sharpness("verify", "thm-4.3", *(() if "--mutants" in arguments else ("err-4.6",)), *arguments, columns=80)
    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert not set("\\{}") & set(done.stdout)


def test_every_statement_and_erratum_has_one_line_at_eighty_columns(monkeypatch, capsys):
    """The whole ledger, with the longest evidence that a proof could have, and little beside its rows."""
    monkeypatch.setenv("COLUMNS", "80")
    kernel = {"outcome": "no theorem", "claims": {}, "theorems": []}
    proved = {"outcome": "proved", "reason": "", "axioms": ["taylor"], "kernel": kernel, "claims": {}, "seconds": 12.34}
    methods = Counter(derivation=14, moments=3, established=2, monotone=2, odd=1) + Counter(["almost surely"])
    steps = [{"method": method} for method in methods.elements()]
    refuted = {"outcome": "refuted", "true_form": ["rem-4.6-very-easy"] * 4, "seconds": 0.1}
    whole = {
        "statements": [{**proved, "id": one, "steps": steps} for one in all_statements()],
        "errata": [{**refuted, "id": one} for one in all_errata()],
        "kernel": {"problems": [], "outcome": "not run here"},
        "trusted_code": [{"files": {"one.py": 2936}}],
        "summary": {"proved": 52},
    }
    show(ledger_parts(whole, False))
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= len(whole["statements"]) + len(whole["errata"]) + 10
    assert max(map(len, lines)) <= 80
    for one in (*all_statements(), *all_errata()):
        assert sum(line.startswith(f" {one} ") for line in lines) == 1


@pytest.mark.slow
def test_mutants_are_scored(sharpness):
    done = sharpness("verify", "thm-4.3", "--mutants", "--json", "-")
    assert done.returncode == 0, done.stderr
    mutants = json.loads(done.stdout)["mutants"]
    outcomes = Counter(mutant["outcome"] for mutant in mutants)
    assert len(mutants) >= 20
    assert outcomes["refuted"] >= len(mutants) / 2
    assert outcomes["unsound"] == 0
    assert all(mutant["reason"] for mutant in mutants if mutant["outcome"] in ("refused", "refuted"))


@pytest.mark.slow
def test_show_prints_hypotheses_and_claims(sharpness):
    done = sharpness("show", "thm-4.3")
    assert done.returncode == 0
    assert "minimizer" in done.stdout
    assert "≤ S" in done.stdout
    assert r"\le" in sharpness("show", "thm-4.3", "--latex").stdout


@pytest.mark.slow
def test_bad_input_is_one_line_and_status_2(sharpness, tmp_path):
    assert "thm-5.9" in one_line_of_refusal(sharpness("verify", "thm-9.9"))
    assert "thm-4.3" in one_line_of_refusal(sharpness("show", "nothing"))
    assert "missing.py" in one_line_of_refusal(sharpness("verify", "--statement", "missing.py"))
    (tmp_path / "raises.py").write_text("1 / 0\n")
    assert "ZeroDivisionError" in one_line_of_refusal(sharpness("verify", "--statement", "raises.py"))
    (tmp_path / "empty.py").write_text("\n")
    assert "STATEMENT" in one_line_of_refusal(sharpness("verify", "--statement", "empty.py"))
    one_line_of_refusal(sharpness("verify", "--jobs", "0"))
    one_line_of_refusal(sharpness("verify", "lem-b.1", "--json", "no/such/folder/ledger.json"))
    (tmp_path / "own.py").write_text(WRONG.format(module="thm_4_3", claims=WRONG_CLAIMS["a lost 1/N"][1]))
    for arguments in (["--coq", "out.v"], ["--statement", "own.py", "--coq"], ["--mutants", "--coq"]):
        assert "--coq" in one_line_of_refusal(sharpness("verify", *arguments))
    assert not (tmp_path / "out.v").exists()


def compiled_alone(name, folder, *needed):
    """The check of one statement's claims, in a folder with what they need: `make kernel` compiles every proof."""
    (folder / "statements").mkdir()
    for file in (f"claims_{name}.v", f"statements/{name}.v", "Makefile", *(f"{module}.v" for module in needed)):
        shutil.copy(SOURCES / file, folder / file)
    table, check = TheoremTable({}, stated=stated_theorems(folder)), assumptions.check
    return lambda: replace(check(folder, table, folder / "build"), theorems=defaultdict(tuple))


@pytest.mark.slow
def test_coq_is_run_first_where_it_is_asked_for(sharpness, monkeypatch, tmp_path):
    if coq.installed():
        monkeypatch.setattr(assumptions, "check", compiled_alone("def_e_2", tmp_path, "finite_sums"))
        done = sharpness("verify", "def-e.2", "--coq")
        assert done.returncode == 0
        assert "Coq 10/10" in done.stdout
    monkeypatch.setattr(assumptions, "check", lambda: KernelReport(CoqOutcome.FAILED, problems=("a.v: refused",)))
    monkeypatch.setattr(coq, "installed", lambda: True)
    assert "a.v: refused" in sharpness("verify", "def-4.1", "--coq").stderr
    monkeypatch.setattr(coq, "installed", lambda: False)
    assert "not installed" in one_line_of_refusal(sharpness("verify", "def-4.1", "--coq"))
