"""A formula in one case, such as at a value of one of its letters.

SymPy evaluates it on sight, and a relation that says what it is would read the same on both sides: the case is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sympy import Expr, Indexed, Lambda, Symbol

from theory.errors import StatementError
from theory.language.indexed import IndexedArray
from theory.language.unknown_functions import UnknownFunction

if TYPE_CHECKING:
    from theory.language.relations import Relation


@dataclass(frozen=True)
class SpecialCase:
    """A formula and the values at which it is taken.

    Attributes:
        general: the formula.
        values: equations, each with a letter, an entry of a family, or an unknown function of a letter on its left.

    Examples:
        >>> from sympy import symbols
        >>> from theory.language.relations import equal
        >>> x, a = symbols("x a")
        >>> SpecialCase(x**2 + a, (equal(x, 3),)).value()
        a + 9
    """

    general: Expr | IndexedArray
    values: tuple[Relation, ...]

    def value(self) -> Expr | IndexedArray:
        """The formula with the values in it.

        Raises:
            StatementError: the left side of an equation is nothing that a value can be put in for.
        """
        if isinstance(self.general, IndexedArray):
            return IndexedArray(self._put_in(self.general.expression), self.general.axes, self.general.indices)
        return self._put_in(self.general)

    @property
    def expression(self) -> Expr:
        """The formula as an expression in its free indices."""
        return self.general.expression if isinstance(self.general, IndexedArray) else self.general

    def _put_in(self, expression: Expr) -> Expr:
        for one in self.values:
            expression = _replaced(expression, one.left, one.right)
        return expression


def _replaced(expression: Expr, letter: Expr, value: Expr) -> Expr:
    if isinstance(letter, Symbol):
        return expression.subs(letter, value)
    if isinstance(letter, Indexed):
        base, indices = letter.base, letter.indices
        entries = [entry for entry in expression.atoms(Indexed) if entry.base == base]
        return expression.xreplace(
            {entry: value.xreplace(dict(zip(indices, entry.indices, strict=True))) for entry in entries}
        )
    if isinstance(letter, UnknownFunction):
        return expression.replace(type(letter), Lambda(letter.args[0], value))
    raise StatementError(f"no value can be put in for {letter}")
