"""Functions known by their derivatives alone: an activation, its slope, its antiderivative (Definition E.2)."""

from __future__ import annotations

import sympy
from sympy import Expr


class UnknownFunction(sympy.Function):  # type: ignore[misc]
    """A real function of one number that is never evaluated."""

    nargs = 1
    is_real = True
    zero_nowhere = False
    """Whether it may be divided by, whatever its argument."""


class Activation(UnknownFunction):
    """`phi`, differentiable and injective.

    Examples:
        >>> x = sympy.Symbol("x", real=True)
        >>> print(Activation(x**2).diff(x))
        2*x*phi'(x**2)
    """

    def fdiff(self, argindex: int = 1) -> Expr:
        """Its slope."""
        return ActivationSlope(self.args[0])

    def _sympystr(self, printer: sympy.printing.StrPrinter) -> str:
        return f"phi({printer._print(self.args[0])})"

    def _latex(self, printer: sympy.printing.latex.LatexPrinter) -> str:
        return rf"\phi\left({printer._print(self.args[0])}\right)"


class ActivationSlope(UnknownFunction):
    """`phi'`, which is zero nowhere."""

    zero_nowhere = True

    def _sympystr(self, printer: sympy.printing.StrPrinter) -> str:
        return f"phi'({printer._print(self.args[0])})"

    def _latex(self, printer: sympy.printing.latex.LatexPrinter) -> str:
        return rf"\phi'\left({printer._print(self.args[0])}\right)"


class Antiderivative(UnknownFunction):
    """`Phi`, an antiderivative of `phi / phi'`."""

    def fdiff(self, argindex: int = 1) -> Expr:
        """`phi / phi'`."""
        return Activation(self.args[0]) / ActivationSlope(self.args[0])

    def _sympystr(self, printer: sympy.printing.StrPrinter) -> str:
        return f"Phi({printer._print(self.args[0])})"

    def _latex(self, printer: sympy.printing.latex.LatexPrinter) -> str:
        return rf"\Phi\left({printer._print(self.args[0])}\right)"


class AntiderivativeOfValue(UnknownFunction):
    """`Phi(phi^{-1}(t))`, for `t` in the range of `phi`."""

    def _sympystr(self, printer: sympy.printing.StrPrinter) -> str:
        return f"Phi(phi^-1({printer._print(self.args[0])}))"

    def _latex(self, printer: sympy.printing.latex.LatexPrinter) -> str:
        return rf"\Phi\left(\phi^{{-1}}\left({printer._print(self.args[0])}\right)\right)"
