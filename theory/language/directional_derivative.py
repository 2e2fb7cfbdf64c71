"""Change along a line for functions that are no polynomials: the derivative in the step `epsilon` at 0.

For polynomials `theory.language.calculus` does the same without limits.
"""

from __future__ import annotations

from collections.abc import Callable

from sympy import Derivative, Expr, Subs

from theory.language.calculus import EPSILON, Point, moved
from theory.language.numbers import Number
from theory.language.relations import put_in


def derivative_along(function: Callable[..., Number], point: Point, direction: Point) -> Expr:
    """The derivative of a function along a line through a point, not worked out.

    Examples:
        >>> from sympy import Symbol, exp
        >>> x, h = Symbol("x", real=True), Symbol("h", real=True)
        >>> worked_out(derivative_along(exp, (x,), (h,)))
        h*exp(x)
    """
    return Subs(Derivative(moved(function, point, direction), EPSILON), EPSILON, 0)


def worked_out(derivative: Expr) -> Expr:
    """A derivative, or one taken at a value, by the rules of differentiation; anything else as it is.

    Examples:
        >>> from sympy import Symbol
        >>> x = Symbol("x", real=True)
        >>> worked_out(Derivative(x**3, (x, 2)))
        6*x
    """
    if isinstance(derivative, Subs):
        found = worked_out(derivative.expr)
        for variable, value in zip(derivative.variables, derivative.point, strict=True):
            found = put_in(found, variable, value)
        return found
    if isinstance(derivative, Derivative):
        return derivative.expr.diff(*derivative.variables)
    return derivative
