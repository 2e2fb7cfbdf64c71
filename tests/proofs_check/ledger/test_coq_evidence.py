"""Coq's word in the ledger: it takes axioms away only where its check passed, and a failure is a failure."""

import copy
from dataclasses import replace

import pytest

from proofs_check.engine.trusted_base import TRUSTED_BASE
from proofs_check.kernel.answers import KernelTheorem
from proofs_check.kernel.assumptions import CoqOutcome, KernelReport
from proofs_check.kernel.table import theorem_table
from proofs_check.ledger import coq_evidence
from proofs_check.ledger.coq_evidence import covered_axioms, rests_on, stated_in_coq, with_kernel
from proofs_check.ledger.document import exit_status, ledger
from proofs_check.ledger.trusted_code import trusted_code
from theory.errata import all_errata
from theory.statements import all_statements, statement


def report(outcome):
    items = theorem_table().items
    theorems = {
        item: tuple(KernelTheorem(*name.split(".", 1), "True", ()) for name in names) for item, names in items.items()
    }
    stated = {said: KernelTheorem(*name.split(".", 1), said, ()) for said, name in theorem_table().stated.items()}
    passed = outcome is CoqOutcome.PASSED
    problems = ("a.v:1: broken",) * (outcome is CoqOutcome.FAILED)
    return KernelReport(outcome, theorems if passed else {}, {}, problems, stated if passed else {})


@pytest.fixture
def whole():
    record = {
        "id": "thm-4.3",
        "outcome": "proved",
        "axioms": ["decomposition", "expectation", "rayleigh"],
        "claims": {"weight": "", "lower": "", "upper": ""},
        "steps": [],
    }
    return ledger([record], [])


def test_a_passed_check_takes_the_axioms_that_it_proves_away(whole):
    seen = with_kernel(copy.deepcopy(whole), report(CoqOutcome.PASSED))
    (record,) = seen["statements"]
    assert rests_on(record) == "rules, decomposition (Coq), expectation, rayleigh (Coq)"
    assert record["axioms_proved_by_kernel"] == ["decomposition", "rayleigh"]
    assert record["kernel"]["outcome"] == "passed"
    assert record["kernel"]["theorems"][0]["theorem"] == theorem_table().items["thm-4.3"][0]
    assert exit_status(seen) == 0


def test_without_coq_nothing_is_taken_away_and_nothing_fails(whole):
    seen = with_kernel(copy.deepcopy(whole), KernelReport(CoqOutcome.NOT_RUN))
    (record,) = seen["statements"]
    assert rests_on(record) == "rules, decomposition, expectation, rayleigh"
    assert record["kernel"]["outcome"] == stated_in_coq(record) == "not run here"
    assert record["kernel"]["theorems"], "the theorems are named all the same"
    assert exit_status(seen) == 0


def test_a_failed_check_takes_nothing_away_and_fails_the_ledger(whole):
    seen = with_kernel(copy.deepcopy(whole), report(CoqOutcome.FAILED))
    assert seen["statements"][0]["axioms"] == ["decomposition", "expectation", "rayleigh"]
    assert exit_status(seen) == 1


def test_every_axiom_that_names_theorems_names_some_in_the_table():
    items = theorem_table().items
    assert {axiom.kernel for axiom in TRUSTED_BASE.values() if axiom.kernel} <= items.keys()
    assert set(covered_axioms(report(CoqOutcome.PASSED))) == {"rayleigh", "taylor", "decomposition"}


def test_coq_counts_only_claims_that_a_theorem_states(whole):
    seen = with_kernel(copy.deepcopy(whole), report(CoqOutcome.PASSED))
    assert stated_in_coq({**seen["statements"][0], "claims": ["weight", "lower", "upper", "other"]}) == "3/4"
    nowhere = with_kernel(ledger([{**whole["statements"][0], "id": "own-nothing"}], []), report(CoqOutcome.PASSED))
    assert stated_in_coq({**nowhere["statements"][0], "claims": ["growth"]}) == "-"


def test_what_coq_has_of_an_older_statement_counts_for_nothing(whole, monkeypatch):
    older = replace(statement("thm-4.3"), claims={"weight": statement("thm-4.3").claims["lower"]})
    monkeypatch.setattr(coq_evidence, "every_statement", lambda: {"thm_4_3": older})
    coq_evidence.is_printed.cache_clear()
    (record,) = with_kernel(copy.deepcopy(whole), report(CoqOutcome.PASSED))["statements"]
    coq_evidence.is_printed.cache_clear()
    assert stated_in_coq(record) == "-"


def test_every_claim_of_the_paper_is_stated_in_coq():
    for identifier, row in all_statements().items():
        if not identifier.startswith("own-"):
            record = {"id": identifier, "axioms": [], "claims": dict.fromkeys(row.claims, "")}
            with_kernel({"statements": [record], "errata": [], "trusted_base": []}, report(CoqOutcome.PASSED))
            assert stated_in_coq(record) == f"{len(row.claims)}/{len(row.claims)}", identifier


def test_every_erratum_is_refuted_in_coq():
    for identifier, erratum in all_errata().items():
        record = {"id": identifier, "claims": dict.fromkeys(erratum.literal.claims, "")}
        with_kernel({"statements": [], "errata": [record], "trusted_base": []}, report(CoqOutcome.PASSED))
        assert stated_in_coq(record) == f"{len(record['claims'])}/{len(record['claims'])}", identifier


def test_the_trusted_code_is_all_that_the_rules_import():
    kernel, reading, numbers = trusted_code()
    assert kernel["libraries"] == []
    assert {"proofs_check/rules/equality.py", "theory/language/terms.py", "theory/errors.py"} <= kernel["files"].keys()
    assert "theory/language/statement_reader.py" in reading["files"]
    assert "sympy" in reading["libraries"]
    assert "flint" not in reading["libraries"]
    assert "flint" in numbers["libraries"]


def test_every_item_of_the_table_is_a_statement_an_erratum_or_common_ground():
    common = {
        "gradient",
        "hessian",
        "svd",
        "sharpness",
        "minimizer",
        "cauchy-schwarz",
        "gaussian-law",
        "blow-up",
        "normal-form",
        "replay",
    }
    known = all_statements().keys() | all_errata().keys() | common
    assert theorem_table().items.keys() <= known
