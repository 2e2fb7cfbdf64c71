"""Write a replay for a reader, checked by Coq where that is installed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from numerics.work.files import replace_file
from proofs_check.kernel import coq
from proofs_check.kernel.answers import ALLOWED_AXIOMS, MARK, parse_assumptions
from proofs_check.kernel.forbidden import forbidden_words
from proofs_check.kernel.printing.names import identifier
from proofs_check.kernel.replay.file import LAST_MODULE, file_of
from proofs_check.kernel.replay.quotation import NoReplayError
from proofs_check.kernel.table import SOURCES
from proofs_check.rules.theorem import Theorem
from theory.language.statement import Statement


@dataclass(frozen=True)
class Written:
    """What became of a file.

    Attributes:
        written: whether it is there.
        told: that in one line.
    """

    written: bool
    told: str


def write_replay(statement: Statement, theorems: Mapping[str, Theorem], path: str) -> Written:
    """Write the file of a statement that is proved, unless Coq is installed and refuses it.

    Args:
        statement: what is proved.
        theorems: one for each claim; none where the statement is not proved.
        path: where the file goes.
    """
    if not theorems:
        return Written(False, f"no file for Coq: {statement.id} is not proved")
    try:
        text = file_of(statement, theorems)
    except NoReplayError as error:
        return Written(False, f"no file for Coq: {error}")
    checked = coq.installed()
    if checked:
        try:
            accepted(text, map(identifier, theorems), SOURCES / "build")
        except coq.CoqError as error:
            return Written(False, f"no file for Coq, which refuses it: {' '.join(str(error).split())[:400]}")
    replace_file(Path(path), text.encode())
    how = f"coqc -Q {SOURCES / 'build'} {coq.LIBRARY} {path}"
    return Written(
        True, f"{path}: accepted by Coq" if checked else f"{path}: not checked here; after 'make kernel': {how}"
    )


def accepted(text: str, theorems: Iterable[str], build: Path) -> None:
    """See that Coq accepts a file, and that its theorems assume no more than Coq's real numbers do.

    What the file requires of the kernel is compiled where that is out of date.

    Args:
        text: the file.
        theorems: the names of its theorems.
        build: where the compiled kernel is.

    Raises:
        coq.CoqError: it does not, or they do.
    """
    if found := forbidden_words(text):
        raise coq.CoqError(f"the word '{found[0][1]}' may not stand in a proof")
    coq.compile_all(SOURCES, build, LAST_MODULE)
    printed = coq.compile_text(f"{text}\n{question_on(theorems)}", build)
    for axiom in parse_assumptions(printed.partition(MARK)[2]):
        if axiom not in ALLOWED_AXIOMS:
            raise coq.CoqError(f"it assumes {axiom}, which is not allowed")


def question_on(theorems: Iterable[str]) -> str:
    """Commands that print what theorems assume, after a mark."""
    together = ", ".join(f"@{name}" for name in theorems)
    asked = f"Definition every_claim := ({together}).\nPrint Assumptions every_claim."
    return f'Module Question.\nGoal True. idtac "{MARK}". exact I. Qed.\n{asked}\nEnd Question.\n'
