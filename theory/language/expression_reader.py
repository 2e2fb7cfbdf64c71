"""From expressions and relations as people write them, in SymPy, to terms and formulas that mean one thing.

What is refused here is ill formed: an index without an axis or with two, a sum over something that is no whole axis, a
place other than the first, a letter that nothing is known of, one name for two things.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Any

import sympy
from sympy import Derivative, Expr, Indexed, KroneckerDelta, Product, Subs, Sum, Symbol

from theory.errors import StatementError
from theory.language import terms
from theory.language.calculus import Coefficient
from theory.language.expectation import Mean
from theory.language.formulas import Formula, Kind, closed
from theory.language.indexed import FamilySymbol, IndexedArray, behind, ranges
from theory.language.relations import Relation, Sense
from theory.language.substitution import Family, abstract
from theory.language.terms import OUTCOME, REAL, THE_OUTCOME, Axis, Letter, Sort, Term
from theory.language.unknown_functions import UnknownFunction

_KINDS = {Sense.EQUAL: Kind.EQUAL, Sense.AT_MOST: Kind.AT_MOST, Sense.LESS: Kind.LESS}
Marker = Callable[[Expr, Mapping[Symbol, Term]], Term | None]
"""Gives the term that an expression stands for, where it stands for one."""


@dataclass
class Reader:
    """Reads expressions in the letters of one statement.

    Attributes:
        sizes: symbols that are the size of an axis, by their names.
        bound: names of the symbols that a sum, a product, a coefficient or a derivative binds somewhere.
        random: labels of the letters that depend on the outcome.
        seen: each letter by its name, with the label that it was written with.
        named: each free index by its name.
        functions: functions that are known by name.
        weights: labels that stand for the weights of a loss while that is read.
    """

    sizes: dict[str, Symbol] = field(default_factory=dict)
    bound: set[str] = field(default_factory=set)
    random: frozenset[str] = frozenset()
    seen: dict[str, Symbol] = field(default_factory=dict)
    named: dict[str, Symbol] = field(default_factory=dict)
    functions: dict[str, type[UnknownFunction]] = field(default_factory=dict)
    weights: dict[Symbol, Letter] = field(default_factory=dict)

    def axis(self, size: Expr) -> Axis:
        """The axis of a size.

        Raises:
            StatementError: it is no symbol for a positive whole number, or another one has its name.
        """
        if not (size.is_Symbol and size.is_integer and size.is_positive):
            raise StatementError(f"{size} is no size of an axis: declare it with integer=True, positive=True")
        if self.sizes.setdefault(size.name, size) != size:
            raise StatementError(f"two sizes are called {size}: give each a name of its own")
        self._not_both(size)
        _plainly_declared(size)
        return axis_of(size)

    def binds(self, symbol: Expr, where: Expr, scope: Mapping[Symbol, Term]) -> Symbol:
        """A symbol that something binds inside of a scope.

        Raises:
            StatementError: no plain symbol, the size of an axis, or another symbol of the scope has its name.
        """
        if not isinstance(symbol, Symbol) or isinstance(symbol, FamilySymbol):
            raise StatementError(f"{symbol} is no plain letter, and cannot be bound in {where}")
        _see_no_other(symbol, scope)
        self.bound.add(symbol.name)
        self._not_both(symbol)
        return symbol

    def _not_both(self, symbol: Symbol) -> None:
        if symbol.name in self.bound and symbol.name in self.sizes:
            raise StatementError(f"{symbol} is bound and the size of an axis: give each a name of its own")

    def letter(self, label: Symbol) -> Letter:
        """The letter that a symbol or a family's label is.

        Raises:
            StatementError: another letter of that name, or a family without axes.
        """
        if label in self.weights:
            return self.weights[label]
        known = self.seen.setdefault(label.name, label)
        if known != label:
            raise StatementError(f"two letters are called {label.name}: give each a name of its own")
        if self.named.get(label.name) == label:
            raise StatementError(f"{label} is an index and a number: give each a name of its own")
        if not label.is_real:
            raise StatementError(f"declare {label.name} with real=True, or with its sign")
        _plainly_declared(label)
        axes = tuple(self.axis(axis.size) for axis in label.axes) if isinstance(label, FamilySymbol) else ()
        if label.name in self.random and getattr(label, "chain", False):
            raise StatementError(f"the chain {label.name} depends on chance: only what is fixed goes on along an axis")
        return Letter(label.name, ((OUTCOME, *axes) if label.name in self.random else axes))

    def expression(
        self, expression: Any, marker: Marker | None = None, scope: Mapping[Symbol, Term] | None = None
    ) -> Term:
        """The term of an expression; its free indices keep their names."""
        expression = sympy.sympify(expression)
        known = dict(scope or {})
        known |= self._free(self._axes_of_indices(expression, known, marker))
        return self._term(expression, known, marker)

    def indices(self, expressions: Iterable[Any]) -> dict[Symbol, Term]:
        """The free indices of expressions that belong together, each with its axis, which another of them may tell."""
        together = [sympy.sympify(expression) for expression in expressions]
        found: dict[Symbol, Term] = {}
        while True:
            more: dict[Symbol, Axis] = {}
            for expression in together:
                for symbol, axis in self._axes_of_indices(expression, found, None).items():
                    if more.setdefault(symbol, axis) != axis:
                        raise StatementError(f"the index {symbol} runs over {more[symbol]} and over {axis}")
            found |= self._free(more)
            if not more or not any(one.has(KroneckerDelta) for one in together):
                return found

    def _free(self, indices: Mapping[Symbol, Axis]) -> dict[Symbol, Term]:
        """Free indices, which are seen to be taken for nothing else."""
        for index in indices:
            if self.named.setdefault(index.name, index) != index:
                raise StatementError(f"two indices are called {index}: give each a name of its own")
            if not (index.is_integer and index.is_positive):
                raise StatementError(f"declare the index {index} with integer=True, positive=True")
            if _is_number(index, self.sizes, self.seen):
                raise StatementError(f"{index} is an index and a number: give each a name of its own")
        return {index: terms.index(index.name, axis) for index, axis in indices.items()}

    def array(self, array: IndexedArray | Expr) -> Family:
        """A family of numbers from an array; a number is a family without indices."""
        if not isinstance(array, IndexedArray):
            return Family((), self.expression(array))
        if len(set(array.indices)) < len(array.indices):
            raise StatementError(f"two axes of {array.expression} have one index")
        sorts = tuple(self.axis(axis.size) for axis in array.axes)
        variables = [terms.fresh(axis) for axis in sorts]
        scope = dict(zip(array.indices, variables, strict=True))
        return Family(sorts, abstract(self.expression(array.expression, scope=scope), *variables))

    def relation(self, relation: Relation) -> Formula:
        """The formula of a relation, for all values of its free indices, in alphabetical order, and all outcomes."""
        scope = self.indices((relation.left, relation.right))
        left, right = (self._term(sympy.sympify(side), scope, None) for side in (relation.left, relation.right))
        variables = [scope[symbol] for symbol in sorted(scope, key=lambda one: one.name)]
        bare = Formula(_KINDS[relation.sense], (), (left, right))
        if THE_OUTCOME in bare.free_indices():
            variables.append(THE_OUTCOME)
        return closed(bare, *variables)

    def takes(self, other: Reader) -> bool:
        """Take over what another reader has seen, unless one name would be two things; whether it was taken over."""
        sizes, seen, named = {**self.sizes, **other.sizes}, {**self.seen, **other.seen}, {**self.named, **other.named}
        functions, bound = {**self.functions, **other.functions}, self.bound | other.bound
        before = ((self.sizes, sizes), (self.seen, seen), (self.named, named), (self.functions, functions))
        clash = any(both[name] != one for mine, both in before for name, one in mine.items())
        if clash or bound & sizes.keys() or any(_is_number(index, sizes, seen) for index in named.values()):
            return False
        self.sizes, self.seen, self.named, self.functions, self.bound = sizes, seen, named, functions, bound
        return True

    def _axes_of_indices(
        self, expression: Expr, scope: Mapping[Symbol, Term], marker: Marker | None
    ) -> dict[Symbol, Axis]:
        """The axis of each free index symbol, read off the families and deltas that it is an index of."""
        found: dict[Symbol, Axis] = {}
        pairs: list[tuple[tuple[Expr, Expr], dict[Symbol, Axis]]] = []

        def note(symbol: Expr, axis: Axis, where: Expr, bound: Mapping[Symbol, Axis]) -> None:
            free = isinstance(symbol, Symbol) and symbol not in bound and symbol not in scope
            if free and symbol != self.sizes.get(axis.size) and found.setdefault(symbol, axis) != axis:
                raise StatementError(f"the index {symbol} runs over {found[symbol]} and over {axis}, in {where}")

        for part, bound in _with_indices(expression, {}):
            if isinstance(part, KroneckerDelta):
                pairs.append(((part.args[0], part.args[1]), bound))
                continue
            for index, axis in zip(part.indices, self._axes(part, marker), strict=False):
                note(behind(index) or index, axis, part, bound)
        fixed = {symbol: term.sort for symbol, term in scope.items() if isinstance(term.sort, Axis)}
        for _ in pairs:  # a delta compares indices of one axis
            for (left, right), bound in pairs:
                known = {**fixed, **found, **bound}
                for one, other in ((left, right), (right, left)):
                    if one in known:
                        note(other, known[one], expression, bound)
        return found

    def _axes(self, entry: Indexed, marker: Marker | None) -> tuple[Axis, ...]:
        label = entry.base.label
        if isinstance(label, FamilySymbol):
            return tuple(self.axis(axis.size) for axis in label.axes)
        if marker is not None:
            sorts = getattr(marker, "sorts", lambda _: None)(entry)
            if sorts is not None:
                return tuple(sorts)
        raise StatementError(f"the family {label} has no axes: declare it with IndexedArray.named")

    def _term(self, part: Expr, scope: Mapping[Symbol, Term], marker: Marker | None) -> Term:
        if marker is not None:
            meant = marker(part, scope)
            if meant is not None:
                return meant
        if part.is_Rational:
            return terms.number(Fraction(int(part.p), int(part.q)))
        if part.is_Add:
            return terms.add(*(self._term(argument, scope, marker) for argument in part.args))
        if part.is_Mul:
            factors = [self._term(argument, scope, marker) for argument in part.args]
            product = terms.multiply(*factors)
            if product is terms.ZERO and any(one.head != terms.NUMBER for one in factors):
                raise StatementError(f"0 times something else is written out in {part}: say 0")
            return product
        if isinstance(part, Sum | Product):
            return self._over_axis(part, scope, marker)
        if isinstance(part, Indexed):
            letter = self.letter(part.base.label)
            sorts = [sort for sort in letter.sorts if sort != OUTCOME]
            if len(part.indices) != len(sorts):
                raise StatementError(f"{letter.name} has {len(sorts)} indices, but {part} gives {len(part.indices)}")
            indices = list(part.indices)
            if getattr(part.base.label, "chain", False) and behind(indices[0]) is not None:
                letter, indices[0] = terms.following(letter), behind(indices[0])
            places = [self.place(i, sort, scope, part) for i, sort in zip(indices, sorts, strict=True)]
            return terms.entry(letter, *([THE_OUTCOME] if OUTCOME in letter.sorts else []), *places)
        if isinstance(part, KroneckerDelta):
            return self._delta(part, scope)
        if part.is_Pow:
            return self._power(part, scope, marker)
        if part.is_Symbol:
            return self._symbol(part, scope)
        return self._function(part, scope, marker)

    def _symbol(self, symbol: Symbol, scope: Mapping[Symbol, Term]) -> Term:
        if symbol in scope:
            if scope[symbol].sort != REAL:
                raise StatementError(f"the index {symbol} stands where a number is needed")
            return scope[symbol]
        if symbol.name in self.sizes:
            return terms.size(self.axis(symbol))
        _see_no_other(symbol, scope)
        letter = self.letter(symbol)
        if any(sort != OUTCOME for sort in letter.sorts):
            raise StatementError(f"the family {symbol} stands without its indices")
        return terms.entry(letter, *([THE_OUTCOME] if letter.sorts else []))

    def place(self, index: Expr, sort: Sort, scope: Mapping[Symbol, Term], where: Expr) -> Term:
        """The index of an axis that an expression stands for."""
        if index == 1 and isinstance(sort, Axis):
            return terms.first(sort)
        if isinstance(sort, Axis) and index == self.sizes.get(sort.size):
            return terms.end(sort)
        if index not in scope:
            raise StatementError(f"{index} in {where} is no index: an axis need not have more than a first one")
        if scope[index].sort != sort:
            raise StatementError(f"{index} runs over {scope[index].sort}, but stands for {sort} in {where}")
        return scope[index]

    def _delta(self, part: KroneckerDelta, scope: Mapping[Symbol, Term]) -> Term:
        left, right = part.args[:2]
        sort = next((scope[one].sort for one in (left, right) if one in scope), None)
        if sort is None:
            raise StatementError(f"the axis of the indices in {part} is not clear")
        return terms.delta(self.place(left, sort, scope, part), self.place(right, sort, scope, part))

    def _over_axis(self, part: Sum | Product, scope: Mapping[Symbol, Term], marker: Marker | None) -> Term:
        inner, variables = dict(scope), list[tuple[Axis, Term]]()
        for index, low, high in ranges(part):
            if low != 1 or not (high.is_Symbol and high.is_integer and high.is_positive):
                raise StatementError(f"{index} runs from {low} to {high}: sums and products run over a whole axis")
            axis = self.axis(high)
            inner[self.binds(index, part, inner)] = terms.fresh(axis)
            variables.append((axis, inner[index]))
        body = self._term(part.function, inner, marker)
        make = terms.total if isinstance(part, Sum) else terms.product
        for axis, variable in variables:
            body = make(axis, abstract(body, variable))
        return body

    def _power(self, part: Expr, scope: Mapping[Symbol, Term], marker: Marker | None) -> Term:
        base = self._term(part.base, scope, marker)
        if part.exp.is_Integer and part.exp != 0:
            return _whole(base, int(part.exp))
        exponent = sympy.expand(part.exp)
        constant, rest = exponent.as_coeff_Add()
        counts = [one.as_coeff_Mul() for one in sympy.Add.make_args(rest) if one != 0]
        if not counts and constant == 0:
            raise StatementError(f"a power with the exponent 0 is written out in {part}: say 1")
        whole = not part.exp.has(sympy.Pow, sympy.Function) and constant.is_Integer  # of what may have no value none is
        whole = whole and all(factor.is_Integer and one.is_Symbol and one.name in self.sizes for factor, one in counts)
        if not whole:
            return terms.real_power(base, self._term(part.exp, scope, marker))
        factors = [_whole(base, int(constant))]
        factors += [_whole(terms.product(self.axis(one), base), int(factor)) for factor, one in counts]
        return terms.multiply(*factors)

    def _function(self, part: Expr, scope: Mapping[Symbol, Term], marker: Marker | None) -> Term:
        if isinstance(part, sympy.exp | sympy.log):
            return terms.apply(type(part).__name__, self._term(part.args[0], scope, marker))
        if isinstance(part, sympy.sinh | sympy.cosh | sympy.tanh):
            return self._term(part.rewrite(sympy.exp), scope, marker)
        if isinstance(part, UnknownFunction):
            name = str(part.func(Symbol("#"))).removesuffix("(#)")
            if name in ("exp", "log") or self.functions.setdefault(name, type(part)) is not type(part):
                raise StatementError(f"two functions are called {name}: give each a name of its own")
            return terms.apply(name, self._term(part.args[0], scope, marker))
        if isinstance(part, Mean):
            return terms.mean(abstract(self._term(part.args[0], scope, marker), THE_OUTCOME))
        if isinstance(part, Coefficient):
            body, variable, order = part.args
            if not order.is_Integer:
                raise StatementError(f"the order {order} of a coefficient is no whole number, in {part}")
            inside = terms.fresh(REAL)
            read = self._term(body, {**scope, self.binds(variable, part, scope): inside}, marker)
            return terms.coefficient(abstract(read, inside), int(order))
        if isinstance(part, Subs) and isinstance(part.expr, Derivative) and part.variables == part.expr.variables[:1]:
            return self._derivative(part.expr, part.point[0], scope, marker)
        if isinstance(part, Derivative):
            return self._derivative(part, part.variable_count[0][0], scope, marker)
        raise StatementError(f"{type(part).__name__} has no meaning here: {part}")

    def _derivative(self, part: Derivative, point: Expr, scope: Mapping[Symbol, Term], marker: Marker | None) -> Term:
        (variable, count), *more = part.variable_count
        if more or not count.is_Integer:
            raise StatementError(f"a derivative is one in one letter, so many times, not {part}")
        inside = terms.fresh(REAL)
        body = self._term(part.expr, {**scope, self.binds(variable, part, scope): inside}, marker)
        for _ in range(int(count) - 1):
            outer = terms.fresh(REAL)
            body, inside = terms.derivative(abstract(body, inside), outer), outer
        return terms.derivative(abstract(body, inside), self._term(point, scope, marker))


def _with_indices(part: Expr, bound: dict[Symbol, Axis]) -> Iterator[tuple[Expr, dict[Symbol, Axis]]]:
    """Entries of families and deltas, each with the indices that sums and products around it bind."""
    if isinstance(part, Sum | Product):
        within = bound | {index: axis_of(high) for index, _, high in ranges(part)}
        yield from _with_indices(part.function, within)
    elif isinstance(part, Indexed | KroneckerDelta):
        yield part, bound
    else:
        for argument in part.args:
            yield from _with_indices(argument, bound)


_DECLARED = {
    next(iter(one)): Symbol("x", **one).assumptions0
    for one in ({"real": True}, {"positive": True}, {"nonnegative": True}, {"integer": True, "positive": True})
}
"""All that SymPy knows of a letter that is declared with these alone."""


@lru_cache(maxsize=1 << 10)
def axis_of(size: Expr) -> Axis:
    """The axis of a size.

    Raises:
        StatementError: it is no symbol.
    """
    if not size.is_Symbol:
        raise StatementError(f"sums and products run over a whole axis, and not up to {size}")
    return Axis(size.name)


@lru_cache(maxsize=1 << 12)
def _plainly_declared(letter: Symbol) -> None:
    """See that nothing is declared of a letter but its sign, and that it is whole and positive."""
    said = letter.assumptions0
    if letter.is_integer and not letter.is_positive:
        raise StatementError(f"{letter} is a whole number that may be below 1: declare it positive, or real")
    if said not in _DECLARED.values():
        sign = "integer" if letter.is_integer else "positive" if letter.is_positive else "nonnegative"
        least = _DECLARED[sign if getattr(letter, f"is_{sign}") else "real"]
        more = (name for name, one in said.items() if one and name not in least and not name.startswith("extended_"))
        flags = ", ".join(sorted(more))
        raise StatementError(
            f"{letter} is declared {flags or 'not real'}: declare a letter real, positive, nonnegative, or integer and "
            "positive, and say what else it is in a hypothesis"
        )


def _is_number(index: Symbol, sizes: Mapping[str, Symbol], seen: Mapping[str, Symbol]) -> bool:
    """Whether an index has the name of a size, or is a letter besides."""
    return index.name in sizes or index == seen.get(index.name)


def _see_no_other(symbol: Symbol, scope: Iterable[Symbol]) -> None:
    """See that no other symbol of a scope has the name of this one: both would be printed alike."""
    if any(one.name == symbol.name and one != symbol for one in scope):
        raise StatementError(f"two letters are called {symbol}: give each a name of its own")


def _whole(base: Term, exponent: int) -> Term:
    if exponent < 0 and base == terms.ZERO:
        raise StatementError("something is divided by 0")
    return terms.power(base, exponent) if exponent >= 0 else terms.inverse(terms.power(base, -exponent))
