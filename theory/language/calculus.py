"""Change along a line, without limits: the coefficients of a polynomial in the step `epsilon`.

The derivative of a polynomial along a direction is its coefficient of order 1 on the line, and the quadratic form of
its Hessian is twice the coefficient of order 2.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy
from sympy import Expr, Symbol

from theory.errors import StatementError
from theory.language.indexed import IndexedArray
from theory.language.numbers import Number
from theory.language.relations import Relation, equal
from theory.language.unknown_functions import WrittenFunction

Point = tuple[IndexedArray | Expr, ...]
"""Weights, or a direction in them: families of symbolic size and scalars."""

EPSILON = Symbol("epsilon", real=True)
"""The step along a line."""


class Coefficient(WrittenFunction):
    """`Coefficient(p, x, k)`: the coefficient of `x^k` in the polynomial `p`, which is not multiplied out."""

    nargs = 3
    written = "[{1}^{2}] ({0})"

    @property
    def bound_symbols(self) -> list[Expr]:
        """What stands for no number outside of it."""
        return [self.args[1]]


def coefficient(polynomial: Expr, order: int) -> Expr:
    """Coefficient of order `order` in the step `epsilon`.

    Examples:
        >>> print(coefficient((1 + EPSILON) ** 2, 1))
        [epsilon^1] ((epsilon + 1)**2)
    """
    return Coefficient(polynomial, EPSILON, order)


def along_line(point: Point, direction: Point) -> Point:
    """`point + epsilon * direction`, part by part."""
    return tuple(start + part * EPSILON for start, part in zip(point, direction, strict=True))


def moved(function: Callable[..., Number], point: Point, direction: Point) -> Any:
    """The value of a function on the line, where the step stands in nothing else.

    Raises:
        StatementError: the function, the point or the direction speaks of the step's letter.
    """
    for one in (function(*point), *direction):
        expression = one.expression if isinstance(one, IndexedArray) else sympy.sympify(one)
        if EPSILON in expression.free_symbols:
            raise StatementError(f"{EPSILON} is the step along the line: give the letter in {expression} another name")
    return function(*along_line(point, direction))


def change_along(function: Callable[..., Number], point: Point, direction: Point) -> Any:
    """How fast a function changes along a line: its coefficient of order 1, of an array each entry's."""
    value = moved(function, point, direction)
    return value.each(lambda one: coefficient(one, 1)) if isinstance(value, IndexedArray) else coefficient(value, 1)


Change = Callable[[Callable[..., Number], Point, Point], Any]
"""`change_along`, or what `theory.language.directional_derivative` gives."""


def gradient_is(
    loss: Callable[..., Number], point: Point, direction: Point, gradient: Point, change: Change = change_along
) -> Relation:
    """The loss's change along every direction is the scalar product with the gradient."""
    product: Expr = sum(
        (slope * part).total() if isinstance(part, IndexedArray) else slope * part
        for slope, part in zip(gradient, direction, strict=True)
    )
    return equal(change(loss, point, direction), product)


def rate_is_zero(
    quantity: Callable[..., Number], point: Point, gradient: Point, change: Change = change_along
) -> Relation:
    """The quantity's change along the negative gradient is zero."""
    return equal(change(quantity, point, tuple(-slope for slope in gradient)), 0)
