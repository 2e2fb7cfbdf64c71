"""Files that a user brings: a statement, and a proof of one's own."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from typing import Any

from theory.errors import SharpnessError, StatementError


def check_file(path: str, proof_path: str | None, coq_path: str | None = None) -> dict[str, Any]:
    """Check the `STATEMENT` of one file with the function `proof` of another; both files are run.

    Args:
        path: of the statement.
        proof_path: of steps of one's own.
        coq_path: where the proof goes as a file of Coq; what became of that is under "coq" in the record.

    Raises:
        StatementError: a file fails to run or defines nothing of that kind, or the statement is not valid.
    """
    from proofs_check.kernel.replay.writing import write_replay
    from proofs_check.ledger.own_statement import prove_own
    from theory.printing.relations import latex_with_loss

    statement = _defined(path, "STATEMENT")
    proof: Callable[..., Any] | None = None
    if proof_path is not None:
        proof = _defined(proof_path, "proof")
        if not callable(proof):
            raise StatementError(f"{proof_path} defines no function proof(statement)")
    try:
        record, judged, theorems = prove_own(statement, proof)
        said = {**record.as_json(latex_with_loss), "own": True}
    except SharpnessError as error:
        raise StatementError(_in_one_line(f"{path}: {error}")) from error
    except Exception as error:  # nothing in a user's statement may end in a traceback
        raise StatementError(_in_one_line(f"{path} cannot be checked: {type(error).__name__}: {error}")) from error
    if coq_path is not None:
        said["coq"] = vars(write_replay(judged, theorems, coq_path))
    return said


def _defined(path: str, name: str) -> Any:
    """What a file calls by a name.

    Raises:
        StatementError: the file fails to run, or has nothing of that name.
    """
    try:
        found = runpy.run_path(path)
    except SharpnessError as error:
        raise StatementError(_in_one_line(f"{path}: {error}")) from error
    except (Exception, SystemExit) as error:  # whatever a user's file raises is that file's fault
        raise StatementError(_in_one_line(f"{path} does not run: {type(error).__name__}: {error}")) from error
    if name not in found:
        raise StatementError(f"{path} defines no {name}")
    return found[name]


def _in_one_line(message: str) -> str:
    return " ".join(message.split())
