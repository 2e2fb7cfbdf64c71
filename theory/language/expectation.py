"""Expectation as an expression."""

from __future__ import annotations

from theory.language.unknown_functions import WrittenFunction


class Mean(WrittenFunction):
    """`E[x]`, not worked out: what it is worth is for a proof to say.

    Examples:
        >>> from sympy import Symbol
        >>> x = Symbol("x", real=True)
        >>> print(Mean(x**2) + 1)
        E[x**2] + 1
    """

    nargs = 1
    is_real = True
    written = "E[{0}]"
