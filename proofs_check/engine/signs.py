"""Signs that can be read off an expression's form: squares, products and sums of what is known not to be negative.

An inequality is shown by an expression in such a form, equal to the difference of the two sides. The reading
uses no algebra: `x**2 + y**2` is nonnegative for it, `x**2 - 2*x*y + y**2` is not.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from sympy import Expr, Indexed, KroneckerDelta, Product, Sum, Symbol, exp


class Sign(Enum):
    """What is known of an expression's sign."""

    ZERO = "zero"
    POSITIVE = "positive"
    NONNEGATIVE = "nonnegative"
    UNKNOWN = "unknown"


def sign(expression: Expr, known: Callable[[Expr], Sign]) -> Sign:
    """Return the sign that the expression's form shows.

    Args:
        expression: every symbol in it is real.
        known: sign of a symbol, an entry or a whole expression from elsewhere: a declared domain, an earlier fact.

    Examples:
        >>> from sympy import symbols
        >>> x, y = symbols("x y", real=True)
        >>> sign(x**2 + 1, declared).name, sign(x * y, declared).name
        ('POSITIVE', 'UNKNOWN')
    """
    told = known(expression)
    if told is not Sign.UNKNOWN:
        return told
    if expression.is_Rational:
        return _sign_of_number(expression)
    if expression.is_Add:
        return _sign_of_sum(expression, known)
    if expression.is_Mul:
        return _sign_of_product(expression, known)
    if expression.is_Pow:
        return _sign_of_power(expression, known)
    if isinstance(expression, Sum | Product):
        return sign(expression.function, known)  # every range holds at least one index
    if isinstance(expression, KroneckerDelta):
        return Sign.NONNEGATIVE
    if isinstance(expression, exp):
        return Sign.POSITIVE
    return Sign.UNKNOWN


def declared(expression: Expr) -> Sign:
    """Sign by the domain that a symbol or a family is declared with."""
    if isinstance(expression, Indexed):
        expression = expression.base.label
    if not isinstance(expression, Symbol):
        return Sign.UNKNOWN
    if expression.is_positive:
        return Sign.POSITIVE
    return Sign.NONNEGATIVE if expression.is_nonnegative else Sign.UNKNOWN


def _sign_of_number(number: Expr) -> Sign:
    if number == 0:
        return Sign.ZERO
    return Sign.POSITIVE if number > 0 else Sign.UNKNOWN


def _sign_of_sum(expression: Expr, known: Callable[[Expr], Sign]) -> Sign:
    if len(expression.args) == 2 and expression.args[0] == 1:
        factor, other = expression.args[1].as_coeff_Mul()
        if factor == -1 and isinstance(other, KroneckerDelta):
            return Sign.NONNEGATIVE  # 1 - delta_ij is 0 or 1
    signs = [sign(argument, known) for argument in expression.args]
    if Sign.UNKNOWN in signs:
        return Sign.UNKNOWN
    if Sign.POSITIVE in signs:
        return Sign.POSITIVE
    return Sign.NONNEGATIVE if Sign.NONNEGATIVE in signs else Sign.ZERO


def _sign_of_product(expression: Expr, known: Callable[[Expr], Sign]) -> Sign:
    signs = [sign(argument, known) for argument in expression.args]
    if Sign.ZERO in signs:
        return Sign.ZERO
    if Sign.UNKNOWN in signs:
        return Sign.UNKNOWN
    return Sign.NONNEGATIVE if Sign.NONNEGATIVE in signs else Sign.POSITIVE


def _sign_of_power(expression: Expr, known: Callable[[Expr], Sign]) -> Sign:
    base = sign(expression.base, known)
    exponent = expression.exp
    if base is Sign.POSITIVE:
        return Sign.POSITIVE
    if exponent.is_positive and base in (Sign.ZERO, Sign.NONNEGATIVE):
        return base
    if exponent.is_Integer and exponent.is_even and exponent > 0:
        return Sign.NONNEGATIVE
    return Sign.UNKNOWN
