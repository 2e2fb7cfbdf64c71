"""Unsound rules of logic."""

from __future__ import annotations

from proofs_check.soundness.copies import WrongKernel


def _wrong(rule: str, name: str, old: str, new: str, module: str = "logic", function: str = "") -> WrongKernel:
    return WrongKernel(rule, name, module, function or rule, ((old, new),))


WRONG = (
    _wrong("assume", "nothing is noted", "frozenset({formula})", "frozenset()"),
    _wrong(
        "assume",
        "only what has a prefix is noted",
        "frozenset({formula})",
        "frozenset({formula} if formula.prefix else ())",
    ),
    _wrong("at", "a value depends on the outcome that comes after it", "random and OUTCOME in prefix[place:]", "False"),
    _wrong(
        "at",
        "what was assumed is forgotten",
        "return opened(theorem.conclusion, *values)",
        "return opened(theorem.conclusion, *values), frozenset()",
    ),
    _wrong("for_all", "a hypothesis speaks of the letter", "variable.data not in one.free_letters()", "True"),
    _wrong(
        "for_all",
        "the outcomes left out depend on the number",
        "THE_OUTCOME not in theorem.conclusion.free_indices() and OUTCOME not in theorem.conclusion.prefix",
        "True",
    ),
    _wrong("instance", "hypotheses stay as they are", "one.substitute(values) for one", "one for one"),
    _wrong("instance", "a value depends on the outcome", "needs(THE_OUTCOME not in free", "needs(True"),
    _wrong("instance", "a value depends on an index that is assumed of", "not (free and assumed)", "True"),
    _wrong("cut", "what the lemma assumes is forgotten", "lemma.hypotheses | (", "frozenset() | ("),
    _wrong("cut", "what the theorem assumes is forgotten", "(theorem.hypotheses - {lemma.conclusion})", "frozenset()"),
    _wrong(
        "cut",
        "the lemma is about something else",
        "needs(lemma.conclusion in theorem.hypotheses",
        "return theorem.conclusion, lemma.hypotheses\n    needs(True",
    ),
    _wrong(
        "at_each_outcome",
        "hypotheses stay as they are",
        "frozenset(lifted(one) for one in theorem.hypotheses)",
        "theorem.hypotheses",
    ),
    _wrong(
        "at_each_outcome",
        "hypotheses are forgotten",
        "frozenset(lifted(one) for one in theorem.hypotheses)",
        "frozenset()",
    ),
    _wrong("size_is_positive", "strict", "Kind.AT_MOST", "Kind.LESS"),
    _wrong(
        "size_is_positive",
        "the other side",
        "compare(ONE, Kind.AT_MOST, size(axis))",
        "compare(size(axis), Kind.AT_MOST, ONE)",
    ),
)
