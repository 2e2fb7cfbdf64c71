"""Whether hypotheses about chance are met by a law, and not at one outcome alone.

Independent normal numbers exist. A letter that one hypothesis defines at every outcome, from letters that are there
before, is a random number. Whatever else is assumed of random letters must be shown elsewhere.
"""

from __future__ import annotations

from theory.language import terms
from theory.language.formulas import Formula, Kind
from theory.language.reading import ReadStatement
from theory.language.terms import ENTRY, OUTCOME, Letter


def not_exhibited(read: ReadStatement) -> str:
    """Names of hypotheses about chance that a law is not seen to meet, from what defines its letters; empty if none."""
    laws = [one for one in read.hypotheses.values() if one.kind is Kind.NORMAL]
    if not laws:
        return ""
    there = set(laws[0].data)
    waiting = {n: one for n, one in read.hypotheses.items() if one.kind is not Kind.NORMAL and OUTCOME in one.prefix}
    while True:
        ready = {name: _defined(one, there) for name, one in waiting.items()}
        name = next((name for name, letter in ready.items() if letter is not None), None)
        if name is None:
            return ", ".join(waiting)
        letter = ready[name]
        assert letter is not None
        there.add(letter)
        del waiting[name]


def _defined(formula: Formula, there: set[Letter]) -> Letter | None:
    """The one random letter that is not there yet and that a formula gives at every outcome."""
    random = {letter for letter in formula.free_letters() if OUTCOME in letter.sorts}
    new = random - there
    if len(new) != 1:
        return None
    (letter,) = new
    if formula.kind is Kind.TOP_EIGENVALUE:
        head, rest = formula.terms[0], formula.terms[1:]
        alone = head.head == ENTRY and head.data == letter
        return letter if alone and not any(letter in terms.letters(one) for one in rest) else None
    if formula.kind is not Kind.EQUAL:
        return None
    for side, other in ((formula.left, formula.right), (formula.right, formula.left)):
        places = {one.data for one in side.arguments if one.head == terms.BOUND}
        whole = side.head == ENTRY and side.data == letter and len(places) == len(formula.prefix)
        if whole and letter not in terms.letters(other):
            return letter
    return None
