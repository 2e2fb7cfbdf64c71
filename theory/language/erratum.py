"""A sentence that is false as literally read, beside what is true instead."""

from __future__ import annotations

from dataclasses import dataclass

from theory.language.statement import Statement


@dataclass(frozen=True)
class Erratum:
    """A literal reading, and the statements that say what holds.

    Attributes:
        literal: the sentence as a statement, word for word; its id begins with `err-`.
        sentence: what the source says, in a few words of ours.
        true_form: ids of the statements that say what holds instead.
        remark: which quantity, under which conditions.
    """

    literal: Statement
    sentence: str
    true_form: tuple[str, ...]
    remark: str
