"""How expressions are printed: the paper's abbreviations for sums that it has a letter for."""

from __future__ import annotations

import sympy
from sympy import Expr, Symbol

from theory.symbols import spectrum

_ABBREVIATIONS: dict[Expr, Expr] = {
    spectrum.difficulty: Symbol("Q", positive=True),
    spectrum.label_norm_squared: Symbol(r"\left\|y\right\|", positive=True) ** 2,
}


def latex(expression: Expr) -> str:
    """LaTeX of an expression, with `Q` for the difficulty and `||y||` for the norm of the labels.

    Examples:
        >>> latex(spectrum.difficulty + 1)
        'Q + 1'
    """
    return str(sympy.latex(expression.xreplace(_ABBREVIATIONS)))


def plain_text(expression: Expr) -> str:
    """The same as plain text."""
    shown = expression.xreplace(_ABBREVIATIONS)
    return str(shown).replace(r"\left\|y\right\|", "||y||")
