"""Numbers of every kind in LaTeX."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from theory.language.numbers import SYMBOLIC, Number, kind

_DIGITS = 6


def value_latex(value: Number) -> str:
    r"""Write a number: floats to six digits, rationals as quotients, symbols as formulas, others as they print.

    Examples:
        >>> value_latex(0.25), value_latex(Fraction(375, 8)), value_latex(1.5e-9)
        ('0.25', '\\frac{375}{8}', '1.5 \\cdot 10^{-9}')
    """
    if isinstance(value, float | np.floating):
        digits, _, power = f"{value:.{_DIGITS}g}".partition("e")
        return rf"{digits} \cdot 10^{{{int(power)}}}" if power else digits
    if isinstance(value, Fraction) and value.denominator > 1:
        return rf"{'-' * (value < 0)}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"
    if kind(value) == SYMBOLIC:
        from theory.printing.notation import latex

        return latex(value)
    return str(value)
