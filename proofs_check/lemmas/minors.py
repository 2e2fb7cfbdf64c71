"""Minors of two vectors: their squares add up to what Cauchy and Schwarz leave out."""

from sympy import Expr, Rational


def half_squared_minor(first: Expr, other_first: Expr, second: Expr, other_second: Expr) -> Expr:
    """Half the square of a minor of two vectors: summed over both places, `||a||^2 ||b||^2 - (a.b)^2`."""
    return Rational(1, 2) * (first * other_second - second * other_first) ** 2
