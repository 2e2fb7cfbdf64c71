"""The free symbols of an expression, for which each part is looked through once."""

from __future__ import annotations

from functools import lru_cache

from sympy import Basic, Expr, Product, Sum


@lru_cache(maxsize=1 << 14)
def free_symbols(expression: Expr) -> frozenset[Basic]:
    """What SymPy's attribute of that name holds.

    Examples:
        >>> from sympy import Sum, symbols
        >>> x, i, n = symbols("x i n")
        >>> sorted(free_symbols(x + Sum(x**i, (i, 1, n))), key=str)
        [n, x]
    """
    if expression.is_Add or expression.is_Mul or expression.is_Pow:
        return frozenset[Basic]().union(*map(free_symbols, expression.args))
    if isinstance(expression, Sum | Product) and all(len(one) == 3 and one[0].is_Symbol for one in expression.limits):
        found = free_symbols(expression.function)
        for index, low, high in expression.limits:
            found = (found - {index}) | free_symbols(low) | free_symbols(high)
        return found
    return frozenset(expression.free_symbols)
