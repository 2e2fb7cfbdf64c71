"""Arrays whose size is a symbol: the same formula that computes on NumPy arrays builds a general statement on these.

`X @ u` on NumPy arrays is a vector of numbers. On `IndexedArray` it is the expression
`Sum(X[n, k]*u[k], (k, 1, d))` with free index `n`, for every `N` and `d` at once.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from typing import Any, NoReturn

import sympy
from sympy import Dummy, Expr, Indexed, IndexedBase, Product, Sum, Symbol

from theory.errors import ShapeError, StatementError
from theory.language.free_symbols import free_symbols


@dataclass(frozen=True)
class Axis:
    """A range of indices 1..size, with the letters that its indices are written with."""

    size: Symbol
    letters: str

    def __post_init__(self) -> None:
        if not isinstance(self.size, Symbol) or not isinstance(self.letters, str) or not self.letters:
            raise StatementError("an axis has a symbol as its size and letters for its indices, such as Axis(N, 'nm')")

    def index(self, taken: set[str]) -> Symbol:
        """Return the first index symbol of this axis that is not taken."""
        names = (letter + suffix for suffix in ["", *"123456789"] for letter in self.letters)
        return Symbol(next(name for name in names if name not in taken), integer=True, positive=True)


def indices_of(*axes: Axis) -> tuple[Symbol, ...]:
    """Return an index symbol for each axis, no two of one name."""
    found: list[Symbol] = []
    for axis in axes:
        found.append(axis.index({one.name for one in found}))
    return tuple(found)


class FamilySymbol(Symbol):  # type: ignore[misc]
    """The label of a family, which knows the axes that its indices run over.

    Attributes:
        axes: one for each index.
        chain: whether there is one entry more along the first axis, at `size + 1`.
    """

    axes: tuple[Axis, ...]
    chain: bool

    def __new__(cls, name: str, axes: tuple[Axis, ...], chain: bool = False, **assumptions: bool) -> FamilySymbol:
        """Make a label; two are one if name, sizes, being a chain and assumptions agree.

        Raises:
            StatementError: the name is no text, or the axes are no tuple of axes.
        """
        if not isinstance(name, str):
            raise StatementError(f"a family is called by a text, not {type(name).__name__}")
        if not isinstance(axes, tuple) or not all(isinstance(axis, Axis) for axis in axes):
            raise StatementError(f"the axes of the family {name} are given in a tuple, not as {type(axes).__name__}")
        label: FamilySymbol = Symbol.__xnew__(cls, name, **assumptions)
        label.axes = axes
        label.chain = chain
        return label

    def _hashable_content(self) -> tuple[Any, ...]:
        return (*super()._hashable_content(), tuple(axis.size for axis in self.axes), self.chain)

    def __getnewargs_ex__(self) -> tuple[Any, ...]:
        return (self.name, self.axes, self.chain), self._assumptions_orig

    @classmethod
    def class_key(cls) -> tuple[Any, ...]:
        """Place in an order of expressions: that of any symbol."""
        return tuple(Symbol.class_key())


def expression_of(value: object) -> Expr:
    """Return a number or a formula as an expression; a text is none.

    Raises:
        StatementError: it is none.

    Examples:
        >>> expression_of(2) + 1
        3
    """
    try:
        found = sympy.sympify(value, strict=True)
    except (sympy.SympifyError, TypeError) as error:
        raise StatementError(f"a number or a formula is needed, not {type(value).__name__}") from error
    if not isinstance(found, Expr):
        raise StatementError(f"a number or a formula is needed, not {type(value).__name__}")
    return found


def _names(expression: Expr) -> frozenset[str]:
    """Return the names of all symbols in an expression, bound ones too, so that no renaming captures an index."""
    return frozenset(symbol.name for symbol in expression.atoms(Symbol))


def _bound(expression: Expr) -> frozenset[Symbol]:
    """Return what sums and products in an expression bind."""
    return frozenset(limits[0] for ranged in expression.atoms(Sum, Product) for limits in ranged.limits)


def ranges(part: Sum | Product) -> tuple[tuple[Expr, Expr, Expr], ...]:
    """The index, start and end of each range of a sum or a product, the innermost first.

    Raises:
        StatementError: two of them bind one index, as SymPy writes a sum over an index of a sum over the same.
    """
    found = tuple(tuple(limits) for limits in part.limits)
    bound = [index for index, *_ in found]
    if len(set(bound)) < len(bound):
        twice = next(index for index in bound if bound.count(index) > 1)
        raise StatementError(f"{twice} is bound twice in {part}: give each range an index of its own")
    return found


def _apart(expression: Expr, symbols: Iterable[Symbol], taken: Set[str]) -> dict[Symbol, Symbol]:
    """Return new symbols for those of an expression whose names are taken."""
    meeting = sorted((one for one in symbols if one.name in taken), key=lambda index: index.name)
    used = {*_names(expression), *taken} if meeting else set()
    fresh: dict[Symbol, Symbol] = {}
    for symbol in meeting:
        number = next(number for number in itertools.count(1) if f"{symbol.name}{number}" not in used)
        fresh[symbol] = Symbol(f"{symbol.name}{number}", integer=True, positive=True)
        used.add(fresh[symbol].name)
    return fresh


def with_bound_apart(expression: Expr, free: set[Symbol]) -> Expr:
    """Return the expression with bound indices renamed where they are free elsewhere.

    Examples:
        >>> i, n = Symbol("i", integer=True, positive=True), Symbol("n", integer=True, positive=True)
        >>> with_bound_apart(Sum(i, (i, 1, n)), {i})
        Sum(i1, (i1, 1, n))
    """
    fresh = _apart(expression, _bound(expression) & free, {symbol.name for symbol in free})
    return _rename_bound(expression, fresh) if fresh else expression


def _rename_bound(expression: Expr, fresh: dict[Symbol, Symbol]) -> Expr:
    if isinstance(expression, Sum | Product):
        mine = {limits[0]: fresh[limits[0]] for limits in expression.limits if limits[0] in fresh}
        body = _rename_bound(expression.function, fresh).xreplace(mine)
        limits: list[tuple[Expr, Expr, Expr]] = []
        for index, low, high in reversed(expression.limits):  # an outer index may stand in the ranges of inner ones
            outer = {one: new for one, new in mine.items() if new in (known for known, _, _ in limits)}
            limits.append((mine.get(index, index), low.xreplace(outer), high.xreplace(outer)))
        return expression.func(body, *reversed(limits))
    if not expression.args or isinstance(expression, Indexed):
        return expression
    return expression.func(*(_rename_bound(argument, fresh) for argument in expression.args))


@dataclass(frozen=True)
class IndexedArray:
    """An array of symbolic shape: an expression in one free index for each axis.

    Supports elementwise `+ - * / **`, scalars, `.T`, `@`, a constant index such as `s[0]`, and `total()`.

    Examples:
        >>> from sympy import symbols
        >>> N, d = symbols("N d", integer=True, positive=True)
        >>> samples, features = Axis(N, "nm"), Axis(d, "kl")
        >>> X, u = IndexedArray.named("X", samples, features), IndexedArray.named("u", features)
        >>> (X @ u).total()
        Sum(X[n, k]*u[k], (k, 1, d), (n, 1, N))
        >>> u[0]
        u[1]
    """

    expression: Expr
    axes: tuple[Axis, ...]
    indices: tuple[Symbol, ...]

    __array_ufunc__ = None  # a NumPy scalar on the left leaves the operation to this class

    @classmethod
    def named(cls, name: str, *axes: Axis, **assumptions: bool) -> IndexedArray:
        """Return the array of free entries `name[i, j, ...]`."""
        return cls._of_entries(FamilySymbol(name, axes, **(assumptions or {"real": True})))

    @classmethod
    def chain(cls, name: str, *axes: Axis) -> IndexedArray:
        """Return the array of free entries that go one further along the first axis: `name[1]` to `name[size + 1]`.

        `next` has what comes after each, and `end` the one at `size + 1`.

        Examples:
            >>> from sympy import symbols
            >>> L, H = symbols("L H", integer=True, positive=True)
            >>> A = IndexedArray.chain("A", Axis(L, "jg"), Axis(H, "bc"))
            >>> A.next.at(*A.indices), A.end.expression, (A.next - A).row(1).expression
            (A[j + 1, b], A[L + 1, b], -A[1, b] + A[2, b])
        """
        return cls._of_entries(FamilySymbol(name, axes, chain=True, real=True))

    @classmethod
    def _of_entries(cls, label: FamilySymbol) -> IndexedArray:
        if not label.axes:
            raise ShapeError(f"the family {label} needs an axis: a number is a Symbol")
        indices = indices_of(*label.axes)
        return cls(Indexed(IndexedBase(label), *indices), label.axes, indices)

    @property
    def next(self) -> IndexedArray:
        """Each entry's next one along the first axis, of an array whose entries are made of chains there.

        Raises:
            StatementError: one of them is no chain.
        """
        return self.each(lambda entry: moved_on(entry, self.indices[0]))

    def __iter__(self) -> NoReturn:
        raise ShapeError(f"an array of symbolic size has no last entry to stop at: {self.expression} is no sequence")

    @property
    def end(self) -> IndexedArray:
        """What comes after the last entry along the first axis."""
        return self.next.row(self.axes[0].size)

    @property
    def ndim(self) -> int:
        """Number of axes."""
        return len(self.axes)

    @property
    def T(self) -> IndexedArray:  # noqa: N802 - NumPy's name
        """The transpose."""
        return IndexedArray(self.expression, self.axes[::-1], self.indices[::-1])

    def at(self, *indices: Any) -> Expr:
        """Return the entry at 1-based indices, symbols or whole numbers."""
        if len(indices) != self.ndim:
            raise ShapeError(f"an array with {self.ndim} axes needs {self.ndim} indices, not {len(indices)}")
        places = [expression_of(index) for index in indices]
        apart = _apart(self.expression, _bound(self.expression), set[str]().union(*map(_names, places)))
        if not apart and tuple(places) == self.indices:
            return self.expression
        return self.expression.xreplace({**apart, **dict(zip(self.indices, places, strict=True))})

    def __getitem__(self, position: int) -> Expr:
        """Return the entry at a 0-based position, as Python counts."""
        return self.at(expression_of(position) + 1)

    def row(self, position: Any) -> IndexedArray:
        """Return the row at a 1-based position, an array over the remaining axes."""
        place = expression_of(position)
        mine = self._avoiding(_names(place))
        expression = mine.expression.xreplace({mine.indices[0]: place})
        return IndexedArray(expression, self.axes[1:], mine.indices[1:])

    def total(self) -> Expr:
        """Return the sum of all entries."""
        limits = [(index, 1, axis.size) for index, axis in zip(self.indices, self.axes, strict=True)]
        return Sum(self.expression, *limits)

    def product(self) -> Expr:
        """Return the product of all entries."""
        limits = [(index, 1, axis.size) for index, axis in zip(self.indices, self.axes, strict=True)]
        return Product(self.expression, *limits)

    def outer(self, other: IndexedArray) -> IndexedArray:
        """Return the array of products of an entry of this and an entry of the other."""
        if not isinstance(other, IndexedArray):
            raise ShapeError(f"an outer product is one of two arrays, not with {type(other).__name__}")
        right = other._avoiding(_names(self.expression) | {index.name for index in self.indices})
        return IndexedArray(self.expression * right.expression, self.axes + right.axes, self.indices + right.indices)

    def scaled_rows(self, scales: IndexedArray) -> IndexedArray:
        """Return the matrix with row `i` multiplied by `scales[i]`."""
        if not isinstance(scales, IndexedArray) or scales.axes != self.axes[:1]:
            raise ShapeError("the scales must run over the rows of the matrix")
        return self.each(lambda entry: scales.at(self.indices[0]) * entry)

    def row_totals(self) -> IndexedArray:
        """Return the array of sums over the last axis."""
        limits = (self.indices[-1], 1, self.axes[-1].size)
        return IndexedArray(Sum(self.expression, limits), self.axes[:-1], self.indices[:-1])

    def each(self, function: Callable[[Expr], Any]) -> IndexedArray:
        """Return the array of what a function gives for each entry."""
        return IndexedArray(function(self.expression), self.axes, self.indices)

    def _avoiding(self, taken: Set[str]) -> IndexedArray:
        """Return the same array, with bound and free indices renamed away from the taken names."""
        fresh = _apart(self.expression, _bound(self.expression).union(self.indices), taken)
        if not fresh:
            return self
        indices = tuple(fresh.get(index, index) for index in self.indices)
        return IndexedArray(self.expression.xreplace(fresh), self.axes, indices)

    def _elementwise(self, other: Any, combine: Callable[[Expr, Expr], Expr]) -> IndexedArray:
        if isinstance(other, IndexedArray):
            if self.axes != other.axes:
                raise ShapeError("two indexed arrays of different axes cannot be combined entry by entry")
            return self.each(lambda entry: combine(entry, other.at(*self.indices)))
        number = expression_of(other)
        mine = self._avoiding({symbol.name for symbol in free_symbols(number)})
        apart = with_bound_apart(number, set(mine.indices))
        return mine.each(lambda entry: combine(entry, apart))

    def __add__(self, other: Any) -> IndexedArray:
        return self._elementwise(other, lambda a, b: a + b)

    def __sub__(self, other: Any) -> IndexedArray:
        return self._elementwise(other, lambda a, b: a - b)

    def __mul__(self, other: Any) -> IndexedArray:
        return self._elementwise(other, lambda a, b: a * b)

    def __truediv__(self, other: Any) -> IndexedArray:
        return self._elementwise(other, lambda a, b: a / b)

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(self, other: Any) -> IndexedArray:
        return self._elementwise(other, lambda a, b: b - a)

    def __neg__(self) -> IndexedArray:
        return self._elementwise(-1, lambda a, b: a * b)

    def __pow__(self, exponent: Any) -> IndexedArray:
        return self._elementwise(exponent, lambda a, b: a**b)

    def __matmul__(self, other: IndexedArray) -> Any:
        if not isinstance(other, IndexedArray) or self.axes[-1] != other.axes[0]:
            raise ShapeError("the last axis on the left of @ must be the first axis on the right")
        right = other._avoiding(_names(self.expression) | {index.name for index in self.indices})
        # Expressed in the left's contracted index, which is bound by the sum that follows.
        contracted = self.indices[-1]
        product = self.expression * right.expression.xreplace({right.indices[0]: contracted})
        summed = Sum(product, (contracted, 1, self.axes[-1].size))
        axes, indices = self.axes[:-1] + other.axes[1:], self.indices[:-1] + right.indices[1:]
        return IndexedArray(summed, axes, indices) if axes else summed


def behind(index: Expr) -> Expr | None:
    """Return the index, the size, or the 1, that a place in a chain comes next to: `j` of `j + 1`.

    Examples:
        >>> j = Symbol("j", integer=True, positive=True)
        >>> behind(j + 1), behind(sympy.Integer(2)), behind(j), behind(Symbol("k") + j)
        (j, 1, None, None)
    """
    before = index - 1
    return before if before.is_Symbol or before == 1 else None


def moved_on(expression: Expr, index: Symbol) -> Expr:
    """Return the expression with the next entry of each chain in the place of the one at an index.

    Raises:
        StatementError: the index stands in another place too.

    Examples:
        >>> L = Symbol("L", integer=True, positive=True)
        >>> A = IndexedArray.chain("A", Axis(L, "j"))
        >>> moved_on(A.expression**2, A.indices[0])
        A[j + 1]**2
    """
    stand_in = Dummy(integer=True, positive=True)
    entries = {one for one in expression.atoms(Indexed) if one.indices[0] == index}
    chains = {one for one in entries if getattr(one.base.label, "chain", False)}
    moved = expression.xreplace({one: Indexed(one.base, stand_in, *one.indices[1:]) for one in chains})
    if index in moved.atoms(Symbol):
        raise StatementError(f"{index} is an index of what has no next entry, in {expression}")
    return moved.xreplace({stand_in: index + 1})


def label_of(letter: IndexedArray | Symbol) -> Symbol:
    """The symbol of a letter: of a plain family its label.

    Raises:
        StatementError: it is no plain letter, such as an entry of a family, and no plain family.
    """
    if not isinstance(letter, IndexedArray):
        if type(letter) is not Symbol:
            raise StatementError(f"a letter or a family is needed, not {letter}")
        return letter
    entry = letter.expression
    label = entry.base.label if entry.is_Indexed else None
    own = isinstance(label, FamilySymbol) and label.axes == letter.axes and entry.indices == letter.indices
    if not own or len(set(letter.indices)) < len(letter.indices):
        raise StatementError(f"a plain family is needed, not {entry}")
    return label
