"""Other expressions than a given one: with another range, an axis for another, a binder's scope moved, a number off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from sympy import Add, Expr, Indexed, IndexedBase, Integer, Mul, Pow, Product, Rational, Sum, Symbol

from theory.language.expectation import Mean
from theory.language.free_symbols import free_symbols
from theory.language.indexed import FamilySymbol
from theory.language.relations import Relation

Variants = Iterator[tuple[str, Callable[[], Expr]]]
"""What is changed, in a few words, and the changed expression, which is built where it is wanted."""


@dataclass(frozen=True)
class Vocabulary:
    """What a statement speaks of: sizes, plain letters and families."""

    sizes: tuple[Symbol, ...]
    letters: tuple[Symbol, ...]
    families: tuple[FamilySymbol, ...]

    @classmethod
    def of(cls, relations: Iterable[Relation]) -> Vocabulary:
        """The letters of relations, by name."""
        sides = [side for one in relations for side in (one.left, one.right)]
        symbols = {symbol for side in sides for symbol in free_symbols(side) if isinstance(symbol, Symbol)}
        indices = {index for one in relations for index in one.free_indices}
        families = {symbol for symbol in symbols if isinstance(symbol, FamilySymbol)}
        sizes = {axis.size for family in families for axis in family.axes}
        letters = {symbol for symbol in symbols - families - indices - sizes if not symbol.is_integer}
        return cls(*(tuple(sorted(found, key=str)) for found in (sizes, letters, families)))


def places(expression: Expr, rebuild: Callable[[Expr], Expr] = lambda part: part) -> Iterator[tuple[Expr, Callable]]:  # type: ignore[type-arg]
    """Every part of an expression, each with the function that puts another in its place; ranges count as one part."""
    yield expression, rebuild
    if isinstance(expression, Indexed):
        return
    for position, part in enumerate(expression.args):
        if not isinstance(part, Expr):
            continue

        def put(other: Expr, position: int = position) -> Expr:
            arguments = (*expression.args[:position], other, *expression.args[position + 1 :])
            return rebuild(expression.func(*arguments))

        yield from places(part, put)


def other_ranges(expression: Expr, vocabulary: Vocabulary) -> Variants:
    """A part of an axis in the place of the whole."""
    for part, put in places(expression):
        if isinstance(part, Sum | Product):
            (index, low, high), *rest = part.limits
            for what, limits in (("without the last", (index, low, high - 1)), ("without the first", (index, 2, high))):
                yield f"{index} {what}", partial(_put, put, part.func, part.function, limits, *rest)


def other_axes(expression: Expr, vocabulary: Vocabulary) -> Variants:
    """Another axis' size in the place of one, as the end of a sum or as a number."""
    for part, put in places(expression):
        for size in vocabulary.sizes:
            if isinstance(part, Sum | Product):
                for place, (index, low, high) in enumerate(part.limits):
                    if high != size:
                        limits = (*part.limits[:place], (index, low, size), *part.limits[place + 1 :])
                        yield f"{index} up to {size}", partial(_put, put, part.func, part.function, *limits)
            elif part in vocabulary.sizes and part != size:
                yield f"{size} for {part}", partial(put, size)


def moved_scopes(expression: Expr, vocabulary: Vocabulary) -> Variants:
    """A function of a sum, a product or an expectation as that of the function, and the other way round."""
    for part, put in places(expression):
        if isinstance(part, Pow) and isinstance(part.base, Sum | Product | Mean):
            inside, *rest = part.base.args
            yield "a power inside a binder", partial(_put, put, part.base.func, Pow(inside, part.exp), *rest)
        if isinstance(part, Sum | Product | Mean):
            inside, *rest = part.args
            if isinstance(inside, Pow):
                yield "a power outside of a binder", partial(_put, put, Pow, part.func(inside.base, *rest), inside.exp)
            if isinstance(inside, Mul) and isinstance(part, Sum | Mean):
                first, others = inside.args[0], Mul(*inside.args[1:])
                apart = (part.func(first, *rest), part.func(others, *rest))
                yield "a product of binders", partial(_put, put, Mul, *apart)
            if isinstance(inside, Add) and isinstance(part, Product):
                yield "a sum of products", partial(_put, put, Add, *(part.func(one, *rest) for one in inside.args))


def other_numbers(expression: Expr, vocabulary: Vocabulary) -> Variants:
    """A number that is off by one or has another sign, an exponent too; a term or a factor that is lost."""
    for part, put in places(expression):
        if isinstance(part, Rational):
            yield f"{part + 1} for {part}", partial(put, part + Integer(1))
            if part not in (0, -1):
                yield f"{-part} for {part}", partial(put, -part)
        elif isinstance(part, Add | Mul):
            what = "term" if isinstance(part, Add) else "factor"
            yield f"the first of {len(part.args)} {what}s lost", partial(_put, put, part.func, *part.args[1:])


def other_letters(expression: Expr, vocabulary: Vocabulary) -> Variants:
    """A letter for another, a family for another over the same axes, a chain for a chain."""
    for part, put in places(expression):
        if isinstance(part, Indexed):
            mine = part.base.label
            for other in vocabulary.families:
                if other != mine and _alike(other, mine):
                    yield f"{other} for {mine}", partial(put, Indexed(IndexedBase(other), *part.indices))
        elif part in vocabulary.letters:
            for other in vocabulary.letters:
                if other != part:
                    yield f"{other} for {part}", partial(put, other)


def _alike(first: FamilySymbol, second: Symbol) -> bool:
    return isinstance(second, FamilySymbol) and (
        (first.chain, [axis.size for axis in first.axes]) == (second.chain, [axis.size for axis in second.axes])
    )


def _put(put: Callable[[Expr], Expr], make: Callable[..., Expr], *arguments: Any) -> Expr:
    return put(make(*arguments))


CHANGES: dict[str, Callable[[Expr, Vocabulary], Variants]] = {
    "range": other_ranges,
    "axis": other_axes,
    "scope": moved_scopes,
    "number": other_numbers,
    "letter": other_letters,
}
"""What is changed in an expression, by kind."""
