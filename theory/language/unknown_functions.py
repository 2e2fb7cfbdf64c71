"""Functions that are written in a way of their own, and those of them that are known by their derivatives alone."""

from __future__ import annotations

from typing import Any, ClassVar

import sympy
from sympy.printing.str import StrPrinter

from theory.language.indexed import expression_of


class WrittenFunction(sympy.Function):  # type: ignore[misc]
    """A function that is never evaluated.

    Attributes:
        written: how it is, with `{0}`, `{1}` and so on for its arguments; by default by the name of its class.
    """

    written: ClassVar[str] = ""

    def __new__(cls, *parts: object, **options: bool) -> Any:
        """What is written, whose parts are numbers or formulas."""
        return super().__new__(cls, *map(expression_of, parts), **options)

    def _sympystr(self, printer: StrPrinter) -> str:
        parts = [printer._print(one) for one in self.args]
        return self.written.format(*parts) if self.written else f"{type(self).__name__}({', '.join(parts)})"


class UnknownFunction(WrittenFunction):
    """A real function of one number, of which nothing is known but what is said of its derivative.

    Attributes:
        zero_nowhere: whether it may be divided by.
    """

    nargs = 1
    is_real = True
    zero_nowhere: ClassVar[bool] = False
