"""Expectation as an expression (`theory.formulas.moments` has what it is worth where a proof says so)."""

from __future__ import annotations

from typing import Any

import sympy


class Mean(sympy.Function):  # type: ignore[misc]
    """`E[x]`, not worked out: what it is worth is for a proof to say.

    Examples:
        >>> x = sympy.Symbol("x", real=True)
        >>> print(Mean(x**2) + 1)
        E[x**2] + 1
    """

    nargs = 1
    is_real = True

    def _latex(self, printer: Any) -> str:
        return rf"\mathbb{{E}}\left[{printer._print(self.args[0])}\right]"

    def _sympystr(self, printer: Any) -> str:
        return f"E[{printer._print(self.args[0])}]"
