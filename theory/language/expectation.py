"""Expectation as an expression."""

from __future__ import annotations

from typing import cast

import sympy
from sympy.printing.str import StrPrinter

from theory.language.indexed import expression_of


class Mean(sympy.Function):  # type: ignore[misc]
    """`E[x]`, not worked out: what it is worth is for a proof to say.

    Examples:
        >>> x = sympy.Symbol("x", real=True)
        >>> print(Mean(x**2) + 1)
        E[x**2] + 1
    """

    nargs = 1
    is_real = True

    def __new__(cls, *parts: object, **options: bool) -> Mean:
        """What is written, whose part is a number or a formula."""
        return cast(Mean, super().__new__(cls, *map(expression_of, parts), **options))

    def _sympystr(self, printer: StrPrinter) -> str:
        return f"E[{printer._print(self.args[0])}]"
