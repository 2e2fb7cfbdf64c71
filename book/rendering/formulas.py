"""Formulas and numbers in the text, typeset from expressions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from sympy import Expr

from theory.language.relations import Relation
from theory.printing.notation import latex
from theory.printing.relations import latex_of


@dataclass(frozen=True)
class Html:
    """Something that a page displays as it is."""

    text: str

    def _repr_html_(self) -> str:
        return self.text

    def __add__(self, other: Html) -> Html:
        return Html(self.text + other.text)


def display_math(source: str) -> str:
    """LaTeX as a formula of its own, which scrolls where it is too wide."""
    return f'<div class="math notranslate nohighlight formula">\\[{escape(source)}\\]</div>'


def inline_math(source: str) -> str:
    """LaTeX as a formula in the text."""
    return f'<span class="math notranslate nohighlight">\\({escape(source)}\\)</span>'


def scrolling(inside: str, what: str, kind: str = "") -> str:
    """Something that scrolls sideways where it is too wide, with the keyboard too."""
    return (
        f'<div class="wide {escape(kind)}" tabindex="0" role="region" aria-label="{escape(what)}, scrolls sideways">'
        f"{inside}</div>"
    )


def formula(value: Expr | Relation) -> Html:
    """An expression or a relation, as a formula of its own.

    Examples:
        >>> from theory.setting.symbols import spectrum
        >>> "Q" in formula(spectrum.difficulty).text
        True
    """
    return Html(display_math(latex_of(value) if isinstance(value, Relation) else latex(value)))


def marked(text: str) -> str:
    """Plain text in HTML, where back quotes stand around code."""
    return re.sub(r"``?([^`]+)``?", r"<code>\1</code>", escape(text))


def number(value: float, digits: int = 4) -> str:
    """A number in the running text, rounded to some digits.

    Examples:
        >>> number(1234567.0), number(0.25)
        ('1.235e+06', '0.25')
    """
    return f"{float(value):.{digits}g}"
