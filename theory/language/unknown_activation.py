"""Any activation, known by its derivatives alone: its value, its slope, its antiderivative (Definition E.2)."""

from __future__ import annotations

from sympy import Expr

from theory.language.unknown_functions import UnknownFunction


class Activation(UnknownFunction):
    """`phi`, differentiable and injective.

    Examples:
        >>> from sympy import Symbol
        >>> x = Symbol("x", real=True)
        >>> print(Activation(x**2).diff(x))
        2*x*phi'(x**2)
    """

    written = "phi({0})"

    def fdiff(self, argindex: int = 1) -> Expr:
        """Its slope."""
        return ActivationSlope(self.args[0])


class ActivationSlope(UnknownFunction):
    """`phi'`, which is zero nowhere."""

    zero_nowhere = True
    written = "phi'({0})"


class Antiderivative(UnknownFunction):
    """`Phi`, an antiderivative of `phi / phi'`."""

    written = "Phi({0})"

    def fdiff(self, argindex: int = 1) -> Expr:
        """`phi / phi'`."""
        return Activation(self.args[0]) / ActivationSlope(self.args[0])


class AntiderivativeOfValue(UnknownFunction):
    """`Phi(phi^{-1}(t))`, for `t` in the range of `phi`."""

    written = "Phi(phi^-1({0}))"
