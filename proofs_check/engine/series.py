"""Coefficients of a polynomial in one variable, read off its expression by the rules of truncated power series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import fmpq
from sympy import Expr, Integer, Product, Sum, Symbol

from theory.errors import StatementError
from theory.language.calculus import Coefficient


def series(expression: Expr, variable: Symbol, order: int) -> list[Expr]:
    """Coefficients of order 0 to `order`.

    The coefficients of a product over a range are left to be established: `Coefficient(Product(...), x, k)`.

    Raises:
        StatementError: an expression that is not built by sums, products and whole powers.

    Examples:
        >>> from sympy import symbols
        >>> x, a = symbols("x a")
        >>> series((a + x) ** 2 * x, x, 2)
        [0, a**2, 2*a]
    """
    if variable not in expression.free_symbols:
        return [expression] + [Integer(0)] * order
    if expression == variable:
        return [Integer(int(k == 1)) for k in range(order + 1)]
    if expression.is_Add:
        parts = [series(argument, variable, order) for argument in expression.args]
        return [sum((part[k] for part in parts), start=Integer(0)) for k in range(order + 1)]
    if expression.is_Mul:
        result = series(Integer(1), variable, order)
        for argument in expression.args:
            result = _times(result, series(argument, variable, order))
        return result
    if expression.is_Pow and expression.exp.is_Integer and expression.exp > 0:
        base = series(expression.base, variable, order)
        result = base
        for _ in range(int(expression.exp) - 1):
            result = _times(result, base)
        return result
    if isinstance(expression, Sum):
        return [
            Sum(part, *expression.limits) if part != 0 else Integer(0)
            for part in series(expression.function, variable, order)
        ]
    if isinstance(expression, Product):
        factor = series(expression.function, variable, order)
        whole = Product(sum(part * variable**k for k, part in enumerate(factor)), *expression.limits)
        first = Product(factor[0], *expression.limits)
        return [first] + [Coefficient(whole, variable, k) for k in range(1, order + 1)]
    raise StatementError(f"no rule for the powers of {variable} in {type(expression).__name__}: {expression}")


def _times(first: list[Expr], second: list[Expr]) -> list[Expr]:
    return [sum((first[i] * second[k - i] for i in range(k + 1)), start=Integer(0)) for k in range(len(first))]


@dataclass(frozen=True)
class Truncated:
    """A number with its first coefficients in a variable; sums and products follow the rules of power series."""

    coefficients: tuple[Any, ...]

    @classmethod
    def variable(cls, order: int) -> Truncated:
        """The variable itself, up to an order."""
        return cls(tuple(fmpq(int(k == 1)) for k in range(order + 1)))

    def __add__(self, other: Any) -> Truncated:
        if not isinstance(other, Truncated):
            return Truncated((self.coefficients[0] + other, *self.coefficients[1:]))
        return Truncated(tuple(a + b for a, b in zip(self.coefficients, other.coefficients, strict=True)))

    def __mul__(self, other: Any) -> Truncated:
        if not isinstance(other, Truncated):
            return Truncated(tuple(a * other for a in self.coefficients))
        size = len(self.coefficients)
        a, b = self.coefficients, other.coefficients
        return Truncated(tuple(sum((a[i] * b[k - i] for i in range(k + 1)), start=fmpq(0)) for k in range(size)))

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self) -> Truncated:
        return self.__mul__(-1)

    def __sub__(self, other: Any) -> Truncated:
        return self.__add__(-other)

    def __rsub__(self, other: Any) -> Truncated:
        return self.__neg__().__add__(other)

    def __truediv__(self, other: Any) -> Truncated:
        return self.__mul__(1 / fmpq(other) if isinstance(other, int) else 1 / other)

    def __pow__(self, exponent: int) -> Truncated:
        result: Any = fmpq(1)
        for _ in range(exponent):
            result = self * result
        return result  # type: ignore[no-any-return]
