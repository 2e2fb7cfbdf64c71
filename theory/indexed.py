"""Arrays whose size is a symbol: the same formula that computes on NumPy arrays builds a general statement on these.

`X @ u` on NumPy arrays is a vector of numbers. On `IndexedArray` it is the expression
`Sum(X[n, k]*u[k], (k, 1, d))` with free index `n`, for every `N` and `d` at once.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sympy
from sympy import Expr, Indexed, IndexedBase, Sum, Symbol

from theory.errors import ShapeError


@dataclass(frozen=True)
class Axis:
    """A range of indices 1..size, with the letters that its indices are written with."""

    size: Symbol
    letters: str

    def index(self, taken: set[str]) -> Symbol:
        """Return the first index symbol of this axis that is not taken."""
        names = (letter + suffix for suffix in ["", *"123456789"] for letter in self.letters)
        return Symbol(next(name for name in names if name not in taken), integer=True, positive=True)


def _names(expression: Expr) -> set[str]:
    """Return the names of all symbols in an expression, bound ones too, so that no renaming captures an index."""
    return {symbol.name for symbol in expression.atoms(Symbol)}


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
        taken: set[str] = set()
        indices: list[Symbol] = []
        for axis in axes:
            indices.append(axis.index(taken))
            taken.add(indices[-1].name)
        base = IndexedBase(Symbol(name, **(assumptions or {"real": True})))
        return cls(Indexed(base, *indices), axes, tuple(indices))

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
        renamed = self._avoiding({str(index) for index in indices})
        return renamed.expression.xreplace(dict(zip(renamed.indices, map(sympy.sympify, indices), strict=True)))

    def __getitem__(self, position: int) -> Expr:
        """Return the entry at a 0-based position, as Python counts."""
        return self.at(position + 1)

    def row(self, position: Any) -> IndexedArray:
        """Return the row at a 1-based position, an array over the remaining axes."""
        mine = self._avoiding({str(position)})
        expression = mine.expression.xreplace({mine.indices[0]: sympy.sympify(position)})
        return IndexedArray(expression, self.axes[1:], mine.indices[1:])

    def total(self) -> Expr:
        """Return the sum of all entries."""
        limits = [(index, 1, axis.size) for index, axis in zip(self.indices, self.axes, strict=True)]
        return Sum(self.expression, *limits)

    def scaled_rows(self, scales: IndexedArray) -> IndexedArray:
        """Return the matrix with row `i` multiplied by `scales[i]`."""
        if scales.axes != self.axes[:1]:
            raise ShapeError("the scales must run over the rows of the matrix")
        return IndexedArray(scales.at(self.indices[0]) * self.expression, self.axes, self.indices)

    def row_totals(self, term: Callable[[Expr], Expr]) -> IndexedArray:
        """Return the array of sums of `term(entry)` over the last axis."""
        limits = (self.indices[-1], 1, self.axes[-1].size)
        return IndexedArray(Sum(term(self.expression), limits), self.axes[:-1], self.indices[:-1])

    def _avoiding(self, taken: set[str]) -> IndexedArray:
        """Return the same array, with bound and free indices renamed away from the taken names."""
        bound = {limits[0] for summation in self.expression.atoms(Sum) for limits in summation.limits}
        used = _names(self.expression) | taken
        fresh: dict[Symbol, Symbol] = {}
        for symbol in sorted(bound | set(self.indices), key=lambda index: index.name):
            if symbol.name in taken:
                number = next(number for number in itertools.count(1) if f"{symbol.name}{number}" not in used)
                fresh[symbol] = Symbol(f"{symbol.name}{number}", integer=True, positive=True)
                used.add(fresh[symbol].name)
        if not fresh:
            return self
        indices = tuple(fresh.get(index, index) for index in self.indices)
        return IndexedArray(self.expression.xreplace(fresh), self.axes, indices)

    def _elementwise(self, other: Any, combine: Callable[[Expr, Expr], Expr]) -> IndexedArray:
        if isinstance(other, IndexedArray):
            if self.axes != other.axes:
                raise ShapeError("two indexed arrays of different axes cannot be combined entry by entry")
            return IndexedArray(combine(self.expression, other.at(*self.indices)), self.axes, self.indices)
        mine = self._avoiding({symbol.name for symbol in sympy.sympify(other).free_symbols})
        return IndexedArray(combine(mine.expression, sympy.sympify(other)), mine.axes, mine.indices)

    def __add__(self, other: Any) -> IndexedArray:
        return self._elementwise(other, lambda a, b: a + b)

    def __sub__(self, other: Any) -> IndexedArray:
        return self._elementwise(other, lambda a, b: a - b)

    def __mul__(self, other: Any) -> IndexedArray:
        return self._elementwise(other, lambda a, b: a * b)

    def __truediv__(self, other: Any) -> IndexedArray:
        return self._elementwise(other, lambda a, b: a / b)

    def __radd__(self, other: Any) -> IndexedArray:
        return self._elementwise(other, lambda a, b: b + a)

    def __rmul__(self, other: Any) -> IndexedArray:
        return self._elementwise(other, lambda a, b: b * a)

    def __rsub__(self, other: Any) -> IndexedArray:
        return self._elementwise(other, lambda a, b: b - a)

    def __neg__(self) -> IndexedArray:
        return self._elementwise(-1, lambda a, b: a * b)

    def __pow__(self, exponent: int) -> IndexedArray:
        return IndexedArray(self.expression**exponent, self.axes, self.indices)

    def __matmul__(self, other: IndexedArray) -> Any:
        if self.axes[-1] != other.axes[0]:
            raise ShapeError("the last axis on the left of @ must be the first axis on the right")
        right = other._avoiding(_names(self.expression))
        # Expressed in the left's contracted index, which is bound by the sum that follows.
        contracted = self.indices[-1]
        product = self.expression * right.expression.xreplace({right.indices[0]: contracted})
        summed = Sum(product, (contracted, 1, self.axes[-1].size))
        axes, indices = self.axes[:-1] + other.axes[1:], self.indices[:-1] + right.indices[1:]
        return IndexedArray(summed, axes, indices) if axes else summed
