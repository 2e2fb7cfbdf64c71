"""Sentences that hold mathematics as one types it, and exact counterexamples, as a page shows them."""

from __future__ import annotations

import re
from html import escape

from book.rendering.formulas import inline_math
from book.rendering.named_items import linked

_LETTERS = {
    "alpha": "α", "beta": "β", "eta": "η", "kappa": "κ", "lambda": "λ", "mu": "μ", "pi": "π", "rho": "ρ", "phi": "φ",
    "delta": "δ", "Omega": "Ω", "Pi": "Π", "Phi": "Φ",
}  # fmt: skip
_SIGNS = {"&lt;=": "≤", "&gt;=": "≥", "||": "‖", "sqrt(": "√(", "->": "→"}
_RELATIONS = {"<=": r"\le", ">=": r"\ge"}
_ASSIGNMENT = re.compile(r"([A-Za-z_0-9]+'*) = (.+)")
_FIRST = ("N", "D", "eta", "B", "A", "X", "y", "u", "v", "C")
"""What tells a counterexample; the rest follows from these or is bookkeeping."""


def prose(text: str) -> str:
    """Plain text in HTML, its letters, relations, indices and powers as printed sentences have them; ids are links.

    Examples:
        >>> prose("True where C <= T_1 and eta s_1^2 < 4")
        'True where C ≤ T<sub>1</sub> and η s<sub>1</sub><sup>2</sup> &lt; 4'
    """
    shown = escape(text, quote=False)
    for typed, sign in _SIGNS.items():
        shown = shown.replace(typed, sign)
    shown = re.sub(rf"\b({'|'.join(_LETTERS)})(?=\b|_)", lambda found: _LETTERS[found[1]], shown)
    shown = re.sub(r"(?<=\w)_(\w+)", r"<sub>\1</sub>", shown)
    shown = re.sub(r"\^(\w+|\((?:[^()]|\([^()]*\))*\))", lambda found: f"<sup>{_bare(found[1])}</sup>", shown)
    return linked(shown)


def counterexample(witness: str) -> str:
    r"""An exact counterexample: what is false, at which data, and folded all of its numbers.

    Args:
        witness: as the ledger keeps it, `claim: left <= right is false at n = 1 for N = 1, X = [[1]], ...`, of which
            the place is left out where the claim has none.

    Examples:
        >>> counterexample("descent: 3 <= 72/25 is false for N = 1, X = [[1]], e = [[1]]").count("pmatrix")
        6
        >>> counterexample("sign: 0 < -1 is false at n = 2 for N = 2").count(r"\(n = 2\)")
        1
    """
    claim, _, numbers = witness.partition(" for ")
    sentence, _, place = claim.partition(" is false")
    relation = sentence.partition(": ")[2]
    found = dict(_assignments(numbers))
    first = [name for name in _FIRST if name in found]
    data = ", ".join(_equal(name, found[name]) for name in first)
    every = ", ".join(_equal(name, value) for name, value in found.items())
    case = ", ".join(_equal(*one) for one in _assignments(place.removeprefix(" at ")))
    said = inline_math(_relation(relation)) + (case and f" at {case}")
    return (
        f'<p class="witness"><b>At</b> {data}<br><b>it would say</b> {said}, '
        f'which is false.</p><details><summary>All numbers</summary><p class="witness">{every}</p></details>'
    )


def _assignments(text: str) -> list[tuple[str, str]]:
    parts, depth, start = [], 0, 0
    for place, letter in enumerate(text + ","):
        depth += (letter == "[") - (letter == "]")
        if letter == "," and depth == 0:
            parts.append(text[start:place].strip())
            start = place + 1
    return [(found[1], found[2]) for part in parts if (found := _ASSIGNMENT.fullmatch(part))]


def _equal(name: str, value: str) -> str:
    return inline_math(f"{_letter(name)} = {_value(value)}")


def _letter(name: str) -> str:
    stem, _, index = name.rstrip("'").partition("_")
    letter = rf"\{stem}" if stem in _LETTERS else stem
    low = rf"_{{\text{{{index}}}}}" if index else ""
    return letter + low + name[len(name.rstrip("'")) :]


def _value(text: str) -> str:
    if text.startswith("[["):
        rows = [row.strip("[] ").split(", ") for row in text[1:-1].split("], [")]
        inside = r" \\ ".join(" & ".join(map(_number, row)) for row in rows)
        return rf"\begin{{pmatrix}}{inside}\end{{pmatrix}}"
    if text.startswith("["):
        return f"({', '.join(map(_number, text.strip('[]').split(', ')))})"
    return _number(text)


def _relation(text: str) -> str:
    left, sign, right = text.split(" ")
    return f"{_number(left)} {_RELATIONS.get(sign, sign)} {_number(right)}"


def _number(text: str) -> str:
    top, slash, bottom = text.partition("/")
    return rf"{'-' if top.startswith('-') else ''}\tfrac{{{top.lstrip('-')}}}{{{bottom}}}" if slash else text


def _bare(text: str) -> str:
    return text[1:-1] if text.startswith("(") else text
