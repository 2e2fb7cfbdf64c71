"""The strongest evidence in the ledger: theorems that Coq's kernel has checked, beside the steps checked here.

The proofs are compiled by `make kernel`; this only reads what that run left. Without Coq, or before it has run on
these very sources, each row says 'not run here' and everything else stands on its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, TypeVar

from proofs_check.engine.trusted_base import TRUSTED_BASE
from proofs_check.kernel.assumptions import CoqOutcome, KernelReport, kept
from proofs_check.kernel.printing.names import identifier as coq_name
from proofs_check.kernel.statement_files import every_statement, in_coq
from proofs_check.kernel.table import STATEMENTS, theorem_table
from theory.language.statement import file_name

T = TypeVar("T")

_ITEMS = {"own-blow-up": "blow-up"}
"""Ids whose theorems stand under another name in the table; the statement's own id is the rule."""


def with_kernel(whole: dict[str, Any], report: KernelReport | None = None) -> dict[str, Any]:
    """Return the ledger with what Coq has theorems on: claims of its rows, and axioms of the trusted base.

    Args:
        whole: the ledger in its JSON schema.
        report: what Coq said; by default what its last run left.
    """
    report = kept() if report is None else report
    covered = covered_axioms(report)
    errata = {record["id"] for record in whole["errata"]}
    for record in [*whole["statements"], *whole["errata"]]:
        own = record.get("own", False)  # somebody's statement is not the one that Coq has, whatever its id
        record["kernel"] = (
            {"outcome": "no theorem", "theorems": [], "claims": {}}
            if own
            else _evidence(record["id"], record.get("claims", ()), report, refuted=record["id"] in errata)
        )
    for record in whole["statements"]:
        record["axioms_proved_by_kernel"] = [axiom for axiom in record["axioms"] if axiom in covered]
    for axiom in whole["trusted_base"]:
        axiom["kernel"] = covered.get(axiom["key"], [])
    whole["kernel"] = {"outcome": report.outcome.value, "problems": list(report.problems)}
    return whole


def covered_axioms(report: KernelReport) -> dict[str, list[str]]:
    """Axioms of the trusted base that Coq proves, each with its theorems; none unless the check passed."""
    if report.outcome is not CoqOutcome.PASSED:
        return {}
    return {
        axiom.key: [f"{theorem.module}.{theorem.name}" for theorem in report.theorems[axiom.kernel]]
        for axiom in TRUSTED_BASE.values()
        if axiom.kernel
    }


def _evidence(identifier: str, claims: Iterable[str], report: KernelReport, *, refuted: bool) -> dict[str, Any]:
    item, table = _ITEMS.get(identifier, identifier), _table()
    if report.outcome is CoqOutcome.PASSED and not is_printed(identifier):
        claims = ()  # Coq has an older statement
    exact = _stated(identifier, claims, table.stated, refuted)
    names = [*table.items.get(item, []), *exact.values()]
    theorems = [
        {"theorem": f"{t.module}.{t.name}", "statement": t.statement, "assumptions": list(t.assumptions)}
        for t in (*report.theorems.get(item, ()), *_stated(identifier, claims, report.stated, refuted).values())
    ]
    return {
        "outcome": report.outcome.value if names else "no theorem",
        "theorems": theorems or [{"theorem": name} for name in names],
        "claims": exact,
    }


_table = cache(theorem_table)
"""Read once: every row of the ledger asks for it."""


def _stated(identifier: str, claims: Iterable[str], by_type: Mapping[str, T], refuted: bool) -> dict[str, T]:
    """What Coq has of each claim whose printed form, or of an erratum the negation of it, is the type of a theorem."""
    sign = "~ " if refuted else ""
    types = {claim: f"{sign}{file_name(identifier)}.{coq_name(claim)}" for claim in claims}
    return {claim: by_type[said] for claim, said in types.items() if said in by_type}


@cache
def is_printed(identifier: str) -> bool:
    """Whether `statements/` has what the ledger says under an id."""
    file, row = STATEMENTS / f"{file_name(identifier)}.v", every_statement().get(file_name(identifier))
    return file.exists() and row is not None and file.read_text(encoding="utf-8") == in_coq(row)


def rests_on(record: Mapping[str, Any]) -> str:
    """What a row's proof rests on, in words: the rules always, and axioms, with those told that Coq proves."""
    proved = record.get("axioms_proved_by_kernel", [])
    return ", ".join(["rules", *(f"{axiom} (Coq)" if axiom in proved else axiom for axiom in record["axioms"])])


def stated_in_coq(record: Mapping[str, Any]) -> str:
    """How many of a row's claims a Coq theorem states, or refutes in the row of an erratum; `-` where there is none."""
    kernel, count = record["kernel"], len(record["kernel"]["claims"])
    if not count:
        return "-"
    return f"{count}/{len(record['claims'])}" if kernel["outcome"] == "passed" else str(kernel["outcome"])
