"""Proofs of the paper's items, one file each, with the names of the statements."""

from __future__ import annotations

from functools import partial

from proofs_check.engine.proof import Step
from proofs_check.lookup import module_about
from proofs_check.methods.established import Established, Library
from theory.language.statement import Statement
from theory.statements import statement


def proof_of(statement: Statement) -> list[Step]:
    """The steps of a statement's proof.

    Raises:
        StatementError: no file has the name of the statement.
    """
    steps: list[Step] = module_about(statement.id, "proofs").proof(statement)
    return steps


established = partial(Established, Library(statement, proof_of))
"""A claim of another of the paper's items, as a method: its id, the name of its claim, and what is called otherwise."""
