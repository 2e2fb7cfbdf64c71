"""Minors of two vectors: their squares add up to what Cauchy and Schwarz leave out."""

from sympy import Expr, Rational

from theory.language.indexed import IndexedArray


def minors(first: IndexedArray, second: IndexedArray) -> Expr:
    """`||a||^2 ||b||^2 - (a.b)^2` as half the sum of the squares `(a_i b_j - a_j b_i)^2` (Lagrange's identity)."""
    products = first.outer(second)
    half: Expr = ((products - products.T) ** 2).total() * Rational(1, 2)
    return half
