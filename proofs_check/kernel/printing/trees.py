"""Terms as operators with two sides, in the very form in which statements are printed.

What Coq computes with in a replay and what a person reads are then the same for Coq by computation alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Any

from theory.language import terms
from theory.language.terms import BOUND, INVERSE, NUMBER, Term


@dataclass(frozen=True, slots=True)
class Tree:
    """An operator with what it carries and its parts.

    Attributes:
        constructor: its name in `terms.v`, or the kind of a term that has no word there.
        data: a number, an axis, a letter, a function's name, an exponent or an order.
        parts: what it is made of.
        indices: of an entry or a delta: a number of binders outwards, or an index that is not bound.
    """

    constructor: str
    data: Any = None
    parts: tuple[Tree, ...] = ()
    indices: tuple[int | Term, ...] = ()


def number(value: Fraction | int) -> Tree:
    """A rational number; a negative one is the opposite of a positive one."""
    value = Fraction(value)
    return Tree("Opp", None, (number(-value),)) if value < 0 else Tree("Num", value)


def tree_of(term: Term) -> Tree:
    """The tree of a term."""
    match term.head:
        case "number":
            return number(term.data)
        case "entry" | "delta":
            following = term.head == "entry" and term.data.kind == "next"
            indices = tuple(int(one.data) if one.head == BOUND else one for one in term.arguments)
            return Tree("next entry" if following else term.head.capitalize(), term.data, (), indices)
        case "add":
            return _sum(term.arguments)
        case "multiply":
            return _product(term.arguments)
    root = term.head == "real power" and term.arguments[1] == terms.number(Fraction(1, 2))
    parts = tuple(map(tree_of, term.arguments[:1] if root else term.arguments))
    return Tree("Root" if root else _WORDS.get(term.head, term.head), term.data, parts)


_WORDS = {
    "size": "Size",
    "power": "Pow",
    "inverse": "Inv",
    "real power": "RealPower",
    "apply": "Apply",
    "sum": "Total",
    "product": "Product",
}


def _sum(arguments: tuple[Term, ...]) -> Tree:
    """Positive parts first, then what is subtracted."""

    def joined(left: Tree, right: Tree) -> Tree:
        minus = right.constructor == "Opp"
        return Tree("Sub", None, (left, right.parts[0])) if minus else Tree("Add", None, (left, right))

    return reduce(joined, sorted(map(tree_of, arguments), key=lambda one: one.constructor == "Opp"))


def _product(arguments: tuple[Term, ...]) -> Tree:
    """The sign in front, then a product, divided by one thing after the other."""
    factor = next((one.data for one in arguments if one.head == NUMBER), Fraction(1))
    above = [tree_of(one) for one in arguments if one.head not in (NUMBER, INVERSE)]
    below = [tree_of(one.arguments[0]) for one in arguments if one.head == INVERSE]
    if abs(factor.numerator) != 1 or not above:
        above.insert(0, number(abs(factor.numerator)))
    if factor.denominator != 1:
        below.append(number(factor.denominator))
    whole = reduce(lambda a, b: Tree("Mul", None, (a, b)), above)
    whole = reduce(lambda a, b: Tree("Div", None, (a, b)), below, whole)
    return Tree("Opp", None, (whole,)) if factor < 0 else whole
