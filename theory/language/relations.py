"""Relations between expressions: what a hypothesis assumes and a claim says.

A relation is meant for all values of its free symbols and indices. SymPy's own relations evaluate themselves to true
or false on sight; these never do.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from functools import lru_cache

from sympy import Derivative, Expr, Function, Indexed, KroneckerDelta, Lambda, Product, Subs, Sum, Symbol

from theory.errors import StatementError
from theory.language.free_symbols import free_symbols
from theory.language.indexed import IndexedArray, behind, expression_of, with_bound_apart
from theory.language.numbers import Number
from theory.language.unknown_functions import UnknownFunction


class Sense(Enum):
    """How the two sides compare."""

    EQUAL = "="
    AT_MOST = "<="
    LESS = "<"


@dataclass(frozen=True)
class Relation:
    """`left = right`, `left <= right` or `left < right`, for every value of the free symbols and indices.

    Attributes:
        left: evaluated, as is the right side.
        sense: how they compare.
        right: the other side.
        case: what the left side is printed as, where it is a formula in a special case.
        granted_by: key of the axiom that says that there always are such letters, where that is no restriction.
    """

    left: Expr
    sense: Sense
    right: Expr
    case: SpecialCase | None = field(default=None, compare=False)
    granted_by: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if not isinstance(self.left, Expr) or not isinstance(self.right, Expr):
            raise StatementError("both sides of a relation are formulas: write it with equal, at_most or less")

    @property
    def difference(self) -> Expr:
        """`right - left`: zero, nonnegative or positive where the relation holds."""
        return self.right - self.left

    @property
    def free_indices(self) -> list[Symbol]:
        """Index symbols that the relation is stated for all values of, in alphabetical order."""
        (left, sizes), (right, more) = _indices(self.left), _indices(self.right)
        return sorted((left | right) - sizes - more, key=lambda index: index.name)

    def __str__(self) -> str:
        return f"{self.left} {self.sense.value} {self.right}"


@dataclass(frozen=True)
class SpecialCase:
    """A formula in one case, such as at a value of one of its letters.

    SymPy evaluates it on sight, and a relation that says what it is would read the same on both sides: the case is
    kept for what is printed.

    Attributes:
        general: the formula.
        values: equations, each with a letter, an entry of a family, or an unknown function of a letter on its left.

    Examples:
        >>> from sympy import symbols
        >>> x, a = symbols("x a")
        >>> SpecialCase(x**2 + a, (equal(x, 3),)).value()
        a + 9
    """

    general: Expr | IndexedArray
    values: tuple[Relation, ...]

    def __post_init__(self) -> None:
        known = isinstance(self.general, Expr | IndexedArray) and isinstance(self.values, tuple)
        if not known or not all(isinstance(one, Relation) for one in self.values):
            raise StatementError("a special case consists of a formula and of a tuple of equations")

    def value(self) -> Expr | IndexedArray:
        """The formula with the values in it.

        Raises:
            StatementError: the left side of an equation is nothing that a value can be put in for.
        """
        if isinstance(self.general, IndexedArray):
            return self.general.each(self._put_in)
        return self._put_in(self.general)

    @property
    def expression(self) -> Expr:
        """The formula as an expression in its free indices."""
        return self.general.expression if isinstance(self.general, IndexedArray) else self.general

    def _put_in(self, expression: Expr) -> Expr:
        for place, one in enumerate(self.values):
            if any(one.right.has(before.left) for before in self.values[:place]):
                raise StatementError(f"{one} speaks of what a value was put in for before")
            expression = put_in(expression, one.left, one.right)
        return expression


@lru_cache(maxsize=4096)
def _indices(side: Expr) -> tuple[frozenset[Symbol], frozenset[Expr]]:
    """Free symbols of an expression that stand as an index somewhere in it, and the sizes of axes that it speaks of."""
    used: set[Symbol] = set()
    sizes: set[Expr] = {high for ranged in side.atoms(Sum, Product) for _, _, high in ranged.limits}
    for entry in side.atoms(Indexed, KroneckerDelta):
        if isinstance(entry, Indexed):
            sizes |= {axis.size for axis in getattr(entry.base.label, "axes", ())}
        used |= {behind(index) or index for index in (entry.indices if entry.is_Indexed else entry.args[:2])}
    return frozenset(used & free_symbols(side)), frozenset(sizes)


def _related(left: Number | IndexedArray, sense: Sense, right: Number | IndexedArray) -> Relation:
    """The relation of both sides, which are expressions in the same free indices, and bind no index of these."""
    first, second = (one.expression if isinstance(one, IndexedArray) else expression_of(one) for one in (left, right))
    if isinstance(left, IndexedArray) and isinstance(right, IndexedArray):
        if left.axes != right.axes:
            raise StatementError(f"the two sides have different axes: {left.axes} and {right.axes}")
        second = right.at(*left.indices)
    free = {symbol for symbol in free_symbols(first) | free_symbols(second) if symbol.is_integer}
    return Relation(with_bound_apart(first, free), sense, with_bound_apart(second, free))


def equal(left: Number | IndexedArray, right: Number | IndexedArray) -> Relation:
    """`left = right`, entry by entry for arrays.

    Examples:
        >>> from sympy import symbols
        >>> print(equal(symbols("a"), symbols("b") ** 2))
        a = b**2
    """
    return _related(left, Sense.EQUAL, right)


def equal_in_case(case: SpecialCase, right: Number | IndexedArray) -> Relation:
    """`left = right` with a formula in a special case on the left, which is evaluated, and printed as what it is of.

    Examples:
        >>> from sympy import symbols
        >>> x, a = symbols("x a")
        >>> relation = equal_in_case(SpecialCase(a * x, (equal(x, 1),)), a)
        >>> print(relation, "|", relation.case.general)
        a = a | a*x
    """
    return replace(equal(case.value(), right), case=case)


def at_most(left: Number | IndexedArray, right: Number | IndexedArray) -> Relation:
    """`left <= right`, entry by entry for arrays."""
    return _related(left, Sense.AT_MOST, right)


def less(left: Number | IndexedArray, right: Number | IndexedArray) -> Relation:
    """`left < right`, entry by entry for arrays."""
    return _related(left, Sense.LESS, right)


def put_in(expression: Expr, letter: Expr, value: Expr) -> Expr:
    """The expression with a value for a letter, of which nothing that is bound in the one or the other gets hold.

    Raises:
        StatementError: no value can be put in there.
    """
    own = {
        one for one in letter.args[1:] or letter.args if isinstance(one, Symbol)
    }  # the value is one for each of them
    value = with_bound_apart(value, expression.atoms(Symbol) | own)
    expression = with_bound_apart(expression, value.free_symbols - own)
    bound = set[Expr]()  # by what is no sum and no product
    for part in expression.atoms(Derivative, Subs, Function):
        bound.update(part.variables if isinstance(part, Derivative) else getattr(part, "bound_symbols", ()))
    if bound & (value.free_symbols | letter.free_symbols):
        raise StatementError(f"{letter} = {value} is not put in where a letter of it is bound: {expression}")
    if isinstance(letter, Symbol):
        return expression.subs(letter, value)
    if isinstance(letter, Indexed):
        base, indices = letter.base, letter.indices
        sizes = {axis.size for axis in getattr(base.label, "axes", ())}
        if len({index for index in indices if isinstance(index, Symbol)} - sizes) < len(indices):
            raise StatementError(f"a value is put in for all entries of a family alike, not for {letter}")
        entries = [entry for entry in expression.atoms(Indexed) if entry.base == base]
        return expression.xreplace(
            {entry: value.xreplace(dict(zip(indices, entry.indices, strict=True))) for entry in entries}
        )
    if isinstance(letter, UnknownFunction):
        return expression.replace(type(letter), Lambda(letter.args[0], value))
    raise StatementError(f"no value can be put in for {letter}")
