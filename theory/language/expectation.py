"""Expectation as an expression."""

from __future__ import annotations

import sympy
from sympy.printing.str import StrPrinter


class Mean(sympy.Function):  # type: ignore[misc]
    """`E[x]`, not worked out: what it is worth is for a proof to say.

    Examples:
        >>> x = sympy.Symbol("x", real=True)
        >>> print(Mean(x**2) + 1)
        E[x**2] + 1
    """

    nargs = 1
    is_real = True

    def _sympystr(self, printer: StrPrinter) -> str:
        return f"E[{printer._print(self.args[0])}]"
