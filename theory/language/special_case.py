r"""How a side of a relation is printed that says what a formula is in one case, such as at depth 2.

SymPy evaluates such a side on sight, and the relation would be printed with the same text on both sides.
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
    r"""A formula and the values at which it is taken.

    Attributes:
        general: the formula.
        values: equations, each with a letter, an entry of a family, or an unknown function of a letter on its left.

    Examples:
        >>> from sympy import symbols
        >>> from theory.language.relations import equal
        >>> x, a = symbols("x a")
        >>> case = SpecialCase(x**2 + a, (equal(x, 3),))
        >>> case.value(), str(case), case.latex()
        (a + 9, '(a + x**2 at x = 3)', '\\left.\\left(a + x^{2}\\right)\\right|_{x=3}')
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

    def latex(self) -> str:
        """The formula in LaTeX, with its values at a bar behind it."""
        from theory.printing.notation import latex

        shown = latex(self._expression)
        values = ", ".join(f"{latex(one.left)}={latex(one.right)}" for one in self.values)
        body = rf"\left({shown}\right)" if self._expression.is_Add else shown
        return rf"\left.{body}\right|_{{{values}}}"

    def __str__(self) -> str:
        from theory.printing.notation import plain_text

        values = ", ".join(f"{plain_text(one.left)} = {plain_text(one.right)}" for one in self.values)
        return f"({plain_text(self._expression)} at {values})"

    @property
    def _expression(self) -> Expr:
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
