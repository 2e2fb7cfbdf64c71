"""The whole ledger as one document of plain data: its schema, the versions that it holds for, and its exit status."""

from __future__ import annotations

import platform
from importlib import metadata
from typing import Any

from proofs_check.engine.proof import Outcome
from proofs_check.engine.trusted_base import TRUSTED_BASE
from proofs_check.ledger.trusted_code import trusted_code

SCHEMA = 2
FAILURES = (Outcome.OPEN, Outcome.REFUTED, Outcome.VACUOUS)


def ledger(statements: list[dict[str, Any]], errata: list[dict[str, Any]]) -> dict[str, Any]:
    """The whole ledger in its schema, from the records of statements and errata."""
    return {
        "schema": SCHEMA,
        "versions": versions(),
        "trusted_base": [
            {"key": axiom.key, "statement": axiom.statement, "reference": axiom.reference}
            for axiom in TRUSTED_BASE.values()
        ],
        "trusted_code": trusted_code(),
        "statements": statements,
        "errata": errata,
        "summary": {
            outcome.value: sum(record["outcome"] == outcome.value for record in statements) for outcome in Outcome
        },
    }


def exit_status(whole: dict[str, Any]) -> int:
    """0 when nothing is open, refuted or vacuous, every erratum is refuted and Coq objects to nothing, else 1."""
    failures = {outcome.value for outcome in FAILURES}
    failed = any(record["outcome"] in failures for record in whole["statements"])
    failed |= whole.get("kernel", {}).get("outcome") == "failed"
    return int(failed or any(record["outcome"] != Outcome.REFUTED.value for record in whole["errata"]))


def versions() -> dict[str, str]:
    """Versions of this package, of Python and of what the checks run on."""
    packages = ("minimalist-sharpness", "sympy", "mpmath", "python-flint", "numpy")
    return {"python": platform.python_version(), **{package: metadata.version(package) for package in packages}}
