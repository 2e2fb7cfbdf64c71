"""The ledger's claims by replay: which of them Coq proves in the very words of `statements/`.

Run as `python -m proofs_check.kernel.replay.ledger [ID]...`: a line for each row, and for each claim that is not
replayed why. The files are made anew each time and not kept; nothing rests on them being there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from proofs_check.engine.proof import check_proof
from proofs_check.kernel import coq
from proofs_check.kernel.replay.file import LAST_MODULE, replay
from proofs_check.kernel.replay.quotation import NoReplayError
from proofs_check.kernel.table import SOURCES, STATEMENTS
from proofs_check.proofs import proof_of
from proofs_check.rules.theorem import Theorem
from theory.language.statement import Statement, file_name
from theory.statements import all_statements, statement


def replayed(row: Statement, build: Path) -> dict[str, Exception | None]:
    """What keeps each claim of a row from being replayed: `NoReplayError` before Coq is asked, `CoqError` from Coq.

    Nothing where Coq proves it.
    """
    module = file_name(row.id)
    if not (STATEMENTS / f"{module}.v").exists():
        return dict.fromkeys(row.claims, NoReplayError("the statement has no meaning in Coq yet"))
    _, _, state = check_proof(row, proof_of(row))
    theorems, found = {name: state.fact(name) for name in row.claims}, dict[str, Exception | None]()
    for name, theorem in theorems.items():
        try:
            replay(row, {name: theorem}, module)
            found[name] = None
        except NoReplayError as error:
            found[name] = error
    coq.compile_all(SOURCES, build, LAST_MODULE, module)
    written = {name: theorem for name, theorem in theorems.items() if found[name] is None}
    if written and _refusal(row, written, module, build):
        for name, theorem in written.items():
            found[name] = _refusal(row, {name: theorem}, module, build)
    return found


def _refusal(row: Statement, theorems: Mapping[str, Theorem], module: str, build: Path) -> coq.CoqError | None:
    """What Coq says against a file."""
    try:
        coq.compile_text(f"From Kernel Require {module}.\n{replay(row, theorems, module)}", build)
    except coq.CoqError as error:
        return error
    return None


def main(identifiers: Iterable[str]) -> int:
    """Replay the rows with the given ids, or all of them; 1 if Coq refuses something that was written."""
    if not coq.installed():
        print("not run here: Coq is not installed")
        return 0
    rows = [statement(one) for one in identifiers] or list(all_statements().values())
    count = proved = refused = 0
    for row in rows:
        found = replayed(row, SOURCES / "build")
        here = list(found.values()).count(None)
        count, proved = count + len(found), proved + here
        refused += sum(isinstance(reason, coq.CoqError) for reason in found.values())
        print(f"{row.id}: {here} of {len(found)} claims replayed in Coq", flush=True)
        for name, reason in found.items():
            told = "" if reason is None else f": {' '.join(str(reason).split())[:200]}"
            print(f"  {name}{told}", flush=True)
    print(f"{proved} of {count} claims replayed in Coq")
    return int(refused > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
