"""The check on assumptions passes on the proofs and fails on everything that would let a claim through."""

import os
import re
import shutil
from pathlib import Path

import pytest

from proofs_check.kernel import coq
from proofs_check.kernel.answers import ALLOWED_AXIOMS, parse_answers, parse_assumptions, parse_context
from proofs_check.kernel.assumptions import CoqOutcome, KernelReport, check, kept, render
from proofs_check.kernel.forbidden import forbidden_words
from proofs_check.kernel.table import SOURCES, TheoremTable, stated_theorems, theorem_table


def report_on(folder: Path, source: str, theorem: str = "claim") -> KernelReport:
    """The check of one file in a folder of its own."""
    (folder / "file.v").write_text(source, encoding="utf-8")
    shutil.copy(SOURCES / "Makefile", folder)
    return check(folder, TheoremTable({"item": [f"file.{theorem}"]}), folder / "build")


def report_on_claim(folder: Path, stated: str, proof: str) -> KernelReport:
    """The check of a theorem that is declared to be a printed claim, `1 + 1 = 2`."""
    (folder / "statements").mkdir()
    (folder / "statements" / "sum.v").write_text("Definition two : Prop := 1 + 1 = 2.", encoding="utf-8")
    (folder / "claims_sum.v").write_text(f"From Kernel Require sum. {stated}\nProof. {proof} Qed.", encoding="utf-8")
    shutil.copy(SOURCES / "Makefile", folder)
    return check(folder, TheoremTable({}, stated=stated_theorems(folder)), folder / "build")


def expected(outcome: CoqOutcome) -> CoqOutcome:
    """What the check says where Coq is not installed: nothing was run, so nothing passed."""
    return outcome if coq.installed() else CoqOutcome.NOT_RUN


@pytest.mark.slow
def test_the_paper_rests_on_the_real_numbers_alone() -> None:
    """What `make kernel` left is read; where changes land it must have run."""
    table, report = theorem_table(), kept() if coq.installed() else KernelReport(CoqOutcome.NOT_RUN)
    assert report.problems == ()
    assert report.outcome is CoqOutcome.PASSED or not os.environ.get("CI"), "run make kernel first"
    if report.outcome is CoqOutcome.PASSED:
        assert {
            item: [f"{t.module}.{t.name}" for t in proved] for item, proved in report.theorems.items()
        } == table.items
        assert all(theorem.assumptions for proved in report.examples.values() for theorem in proved)
        assert all(set(t.assumptions) <= ALLOWED_AXIOMS for proved in report.theorems.values() for t in proved)
        assert report.theorems["thm-4.3"][0].statement.startswith("forall (N d r : nat)")
        assert f"kernel: passed, {sum(map(len, table.items.values()))} theorems" in render(report)


def test_every_name_of_the_table_is_a_theorem() -> None:
    names = [
        name for part in (theorem_table().items, theorem_table().examples) for item in part.values() for name in item
    ]
    assert len(names) == len(set(names))
    for name in names:
        assert name.partition(".")[2] in theorems_of(name.partition(".")[0])


def theorems_of(module: str) -> set[str]:
    source = coq.without_comments((SOURCES / f"{module}.v").read_text(encoding="utf-8"))
    return set(re.findall(r"^(?:Theorem|Lemma|Corollary|Example)\s+(\w+)", source, flags=re.MULTILINE))


PAPER_ITEMS = (
    "def-4.1 thm-4.3 rem-4.4 thm-4.6 lem-5.2 cor-5.3 cor-5.4 thm-5.6 thm-5.7 thm-5.9 "
    "lem-b.1 lem-b.2 lem-b.3 lem-e.4 prop-e.5 err-4.6"
)


@pytest.mark.parametrize("item", PAPER_ITEMS.split())
def test_every_item_of_the_paper_names_a_theorem(item: str) -> None:
    assert theorem_table().items[item]


def test_every_source_is_required_by_the_table_or_by_another_source() -> None:
    named = {
        name.partition(".")[0]
        for part in (theorem_table().items, theorem_table().examples)
        for names in part.values()
        for name in names
    } | {name.partition(".")[0] for name in theorem_table().stated.values()}
    sources = {path.stem: path.read_text(encoding="utf-8") for path in SOURCES.glob("*.v")}
    required = {module for text in sources.values() for module in coq.required_modules(text)}
    assert set(sources) == (named | required) & set(sources)


@pytest.mark.slow
def test_a_proved_theorem_passes(tmp_path: Path) -> None:
    source = "From Coq Require Import Reals. Theorem claim : 1 + 1 = 2. Proof. reflexivity. Qed."
    report = report_on(tmp_path, source)
    assert report.outcome is expected(CoqOutcome.PASSED)
    if coq.installed():
        assert report.theorems["item"][0].statement == "(1 + 1)%nat = 2%nat"
        assert report.theorems["item"][0].assumptions == ()


@pytest.mark.slow
def test_a_theorem_counts_for_the_claim_that_is_its_type(tmp_path: Path) -> None:
    report = report_on_claim(tmp_path, "\nTheorem two : sum.two.", "reflexivity.")
    assert report.outcome is expected(CoqOutcome.PASSED)
    if coq.installed():
        assert report.stated["sum.two"].statement == "sum.two"


@pytest.mark.slow
def test_a_proposition_of_the_same_name_is_no_claim(tmp_path: Path) -> None:
    another = "Module sum. Definition two := True. End sum.\nTheorem two : sum.two."
    assert report_on_claim(tmp_path, another, "exact I.").outcome is expected(CoqOutcome.FAILED)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("Theorem claim : 1 = 2. Admitted.", "Admitted"),
        ("Theorem claim : 1 = 2. Proof. admit. Admitted.", "admit"),
        ("Axiom wrong : 1 = 2. Theorem claim : 1 = 2. Proof. exact wrong. Qed.", "Axiom"),
        ("Parameter wrong : 1 = 2. Theorem claim : 1 = 2. Proof. exact wrong. Qed.", "Parameter"),
        ("Hypothesis wrong : 1 = 2. Theorem claim : 1 = 2. Proof. exact wrong. Qed.", "Hypothesis"),
        ("Section S. End S. Variable wrong : 1 = 2. Theorem claim : 1 = 2. Proof. exact wrong. Qed.", "Variable"),
        ("Unset Guard Checking. Theorem claim : 1 = 1. Proof. reflexivity. Qed.", "Unset"),
    ],
)
def test_a_gap_in_a_source_fails_with_or_without_coq(tmp_path: Path, source: str, word: str) -> None:
    report = report_on(tmp_path, source)
    assert report.outcome is CoqOutcome.FAILED
    assert any(f"'{word}'" in problem for problem in report.problems)


@pytest.mark.slow
def test_an_axiom_of_another_library_fails(tmp_path: Path) -> None:
    source = """From Coq Require Import ClassicalEpsilon.
    Theorem claim : forall P : nat -> Prop, (exists n, P n) -> {n | P n}.
    Proof. exact (constructive_indefinite_description (A := nat)). Qed."""
    report = report_on(tmp_path, source)
    assert report.outcome is expected(CoqOutcome.FAILED)
    if coq.installed():
        assert any(
            problem.startswith("file.claim") and "constructive_indefinite_description" in problem
            for problem in report.problems
        )


@pytest.mark.slow
@pytest.mark.parametrize(
    "source",
    [
        "Theorem claim : 1 = 2. Proof. reflexivity. Qed.",
        "Theorem another : 1 = 1. Proof. reflexivity. Qed.",
    ],
)
def test_a_wrong_proof_or_a_missing_theorem_fails(tmp_path: Path, source: str) -> None:
    report = report_on(tmp_path, source)
    assert report.outcome is expected(CoqOutcome.FAILED)
    assert bool(report.problems) is coq.installed()


@pytest.mark.slow
def test_a_changed_source_is_checked_again(tmp_path: Path) -> None:
    assert report_on(tmp_path, "Theorem claim : True. Proof. exact I. Qed.").outcome is expected(CoqOutcome.PASSED)
    report = report_on(tmp_path, "Theorem claim : False. Proof. exact I. Qed.")
    assert report.outcome is expected(CoqOutcome.FAILED)


@pytest.mark.slow
def test_a_source_that_is_gone_no_longer_counts(tmp_path: Path) -> None:
    (tmp_path / "lemma.v").write_text("Lemma fact : True. Proof. exact I. Qed.", encoding="utf-8")
    source = "From Kernel Require Import lemma. Theorem claim : True. Proof. exact fact. Qed."
    assert report_on(tmp_path, source).outcome is expected(CoqOutcome.PASSED)
    (tmp_path / "lemma.v").unlink()
    assert report_on(tmp_path, source + " ").outcome is expected(CoqOutcome.FAILED)


def test_without_coq_nothing_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    report = check()
    assert report == KernelReport(CoqOutcome.NOT_RUN)
    assert render(report) == (
        "kernel: not run here, 0 theorems, 0 examples, 0 claims of the ledger proved and 0 refuted"
    )


def test_a_word_in_a_comment_or_inside_another_word_is_not_a_gap() -> None:
    assert forbidden_words("(* Axiom (* admit *) Admitted *) Lemma admitted_claim : True.") == []
    assert forbidden_words("Section A.\nHypothesis h : True.\nSection B.\nEnd B.\nVariable x : nat.\nEnd A.") == []
    assert forbidden_words("Section A.\nEnd A.\nContext (x : nat).") == [(3, "Context")]


def test_an_answer_that_is_not_understood_is_not_taken_for_none() -> None:
    for printed in ("", "Error", "Axioms:\n"):
        with pytest.raises(coq.CoqError, match="not understood"):
            parse_assumptions(printed)
    with pytest.raises(coq.CoqError, match="not understood"):
        parse_answers("@@ statement file.claim\nclaim\n     : True\n")
    with pytest.raises(coq.CoqError, match="not understood"):
        parse_context("")


@pytest.mark.slow
def test_the_second_checker_reports_an_axiom_outside_the_table(tmp_path: Path) -> None:
    source = """From Coq Require Import ClassicalEpsilon.
    Theorem claim : True. Proof. exact I. Qed.
    Theorem unlisted : forall P : nat -> Prop, (exists n, P n) -> {n | P n}.
    Proof. exact (constructive_indefinite_description (A := nat)). Qed."""
    report = report_on(tmp_path, source)
    assert report.outcome is expected(CoqOutcome.FAILED)
    if coq.installed():
        assert any(problem.startswith("coqchk: ") and "indefinite" in problem for problem in report.problems)
