"""The ledger as the pages see it: one record for each statement and erratum, with what Coq says."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

from proofs_check.ledger.coq_evidence import with_kernel
from proofs_check.ledger.document import ledger
from proofs_check.ledger.tasks import checked, ledger_tasks, of_kind
from theory.errors import StatementError
from theory.printing.relations import latex_of

Record = dict[str, Any]
KEPT = "SHARPNESS_BOOK_LEDGER"
"""Names the file with the ledger of the build under way, so that it is looked up once, and not by every page."""


@cache
def whole() -> Record:
    """The ledger in its JSON schema; what was checked before and has not changed is read, the rest is checked now."""
    if KEPT in os.environ:
        kept: Record = json.loads(Path(os.environ[KEPT]).read_bytes())
        return kept
    tasks = ledger_tasks(printed=latex_of)
    found = checked(tasks)
    return with_kernel(ledger(of_kind("statement", tasks, found), of_kind("erratum", tasks, found)))


@cache
def records() -> dict[str, Record]:
    """Every row of the ledger by its id."""
    return {record["id"]: record for record in (*whole()["statements"], *whole()["errata"])}


def record(identifier: str) -> Record:
    """The row of a statement or an erratum.

    Raises:
        StatementError: the ledger has no such row.
    """
    if identifier not in records():
        raise StatementError(f"the ledger has no row {identifier!r}: there are {', '.join(records())}")
    return records()[identifier]
