"""What may not stand in a Coq source: words that let a claim through unproved."""

from __future__ import annotations

import re

from proofs_check.kernel import coq

FORBIDDEN_WORDS = (
    "Admitted",
    "admit",
    "give_up",
    "Abort",
    "Axiom",
    "Axioms",
    "Parameter",
    "Parameters",
    "Conjecture",
    "Conjectures",
    "bypass_check",
    "Unset",
    "Primitive",
)
AXIOMS_OUTSIDE_A_SECTION = ("Variable", "Variables", "Hypothesis", "Hypotheses", "Context")
_BEGIN, _END = re.compile(r"\bSection\s+(\w+)\s*\."), re.compile(r"\bEnd\s+(\w+)\s*\.")
_ANY_OF_THEM = re.compile(rf"(?<![\w'])({'|'.join((*FORBIDDEN_WORDS, *AXIOMS_OUTSIDE_A_SECTION))})(?![\w'])")


def forbidden_words(source: str) -> list[tuple[int, str]]:
    r"""Return line and word of everything in a Coq source that would let a claim through unproved.

    Declarations that turn into axioms outside a section are found too.

    >>> forbidden_words('Lemma a : False. (* admit *)\nProof. Admitted.')
    [(2, 'Admitted')]
    >>> forbidden_words('Section A.\nVariable x : nat.\nEnd A.\nHypothesis y : False.')
    [(4, 'Hypothesis')]
    """
    found: list[tuple[int, str]] = []
    sections: list[str] = []
    for number, line in enumerate(coq.without_comments(source).splitlines(), start=1):
        sections += _BEGIN.findall(line)
        for name in _END.findall(line):
            if name in sections:
                sections.remove(name)
        found += [
            (number, word)
            for word in dict.fromkeys(_ANY_OF_THEM.findall(line))
            if not (sections and word in AXIOMS_OUTSIDE_A_SECTION)
        ]
    return found
