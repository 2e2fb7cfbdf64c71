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
        sections += re.findall(r"\bSection\s+(\w+)\s*\.", line)
        for name in re.findall(r"\bEnd\s+(\w+)\s*\.", line):
            if name in sections:
                sections.remove(name)
        words = [*FORBIDDEN_WORDS]
        if not sections:
            words += ["Variable", "Variables", "Hypothesis", "Hypotheses", "Context"]
        found += [(number, word) for word in words if re.search(rf"(?<![\w']){word}(?![\w'])", line)]
    return found
