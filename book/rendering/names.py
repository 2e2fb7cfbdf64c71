"""What a person calls an item: `Theorem 4.3` for `thm-4.3`."""

from __future__ import annotations

_KINDS = {
    "app": "Appendix",
    "cor": "Corollary",
    "def": "Definition",
    "eq": "Equation",
    "err": "Reading of",
    "lem": "Lemma",
    "own": "Beyond the paper:",
    "prop": "Proposition",
    "rem": "Remark",
    "sec": "Section",
    "thm": "Theorem",
}


def item_name(identifier: str) -> str:
    """The name of a statement or an erratum in running text.

    Examples:
        >>> item_name("thm-4.3"), item_name("lem-5.2-two-layer"), item_name("lem-b.1")
        ('Theorem 4.3', 'Lemma 5.2 (two layer)', 'Lemma B.1')
        >>> item_name("sec-3.hessian"), item_name("own-blow-up")
        ('Section 3 (hessian)', 'Beyond the paper: blow up')
    """
    kind, _, rest = identifier.partition("-")
    number, _, variant = rest.partition("-")
    if not any(character.isdigit() for character in number):
        return f"{_KINDS.get(kind, kind)} {rest.replace('-', ' ')}"
    section, _, word = number.partition(".")
    if word.isalpha() and len(word) > 1:
        number, variant = section, f"{word} {variant}".strip()
    shown = f"{_KINDS.get(kind, kind)} {number.upper()}"
    return f"{shown} ({variant.replace('-', ' ')})" if variant else shown
