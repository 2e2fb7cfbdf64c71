"""Functions known by their derivatives alone."""

from __future__ import annotations

from typing import ClassVar

import sympy
from sympy.printing.str import StrPrinter


class UnknownFunction(sympy.Function):  # type: ignore[misc]
    """A real function of one number that is never evaluated.

    Attributes:
        zero_nowhere: whether it may be divided by.
        written: the function with `%s` for its argument, where it is not written by the name of its class.
    """

    nargs = 1
    is_real = True
    zero_nowhere: ClassVar[bool] = False
    written: ClassVar[str] = ""

    def _sympystr(self, printer: StrPrinter) -> str:
        return (self.written or f"{type(self).__name__}(%s)") % str(printer._print(self.args[0]))
