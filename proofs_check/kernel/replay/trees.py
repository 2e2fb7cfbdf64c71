"""Terms as operators with two sides, in the very form in which statements are printed.

What Coq computes with and what a person reads are then the same for Coq by computation alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Any

from proofs_check.kernel.replay.refusal import NoReplayError
from theory.language import terms
from theory.language.terms import BOUND, END, ENTRY, FIRST, INDEX, INVERSE, NUMBER, REAL, SUM, Axis, Term


@dataclass(frozen=True, slots=True)
class Tree:
    """A constructor of `terms.v` with what it carries and its parts.

    Attributes:
        constructor: name in Coq.
        data: a number, an axis, a letter, a function's name or an exponent.
        parts: what it is made of.
        indices: of an entry or a delta: a number of binders outwards, or a free index.
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
    """The tree of a term.

    Raises:
        NoReplayError: it speaks of chance, of a derivative, of a coefficient or of the next entry of a chain.
    """
    match term.head:
        case "number":
            return number(term.data)
        case "size":
            return Tree("Size", term.data)
        case "entry" if term.data.kind != "next":
            return Tree("Entry", term.data, (), tuple(index_of(one) for one in term.arguments))
        case "delta":
            return Tree("Delta", None, (), tuple(index_of(one) for one in term.arguments))
        case "add":
            return _sum(term.arguments)
        case "multiply":
            return _product(term.arguments)
        case "power":
            return Tree("Pow", term.data, (tree_of(term.arguments[0]),))
        case "inverse":
            return Tree("Inv", None, (tree_of(term.arguments[0]),))
        case "real power" if term.arguments[1] == terms.number(Fraction(1, 2)):
            return Tree("Root", None, (tree_of(term.arguments[0]),))
        case "real power":
            return Tree("RealPower", None, tuple(map(tree_of, term.arguments)))
        case "apply":
            return Tree("Apply", term.data, (tree_of(term.arguments[0]),))
        case "sum" | "product":
            return Tree("Total" if term.head == SUM else "Product", term.data, (tree_of(term.arguments[0]),))
    kind = f"next {term.head}" if term.head == ENTRY else term.head
    raise NoReplayError(f"the replay in Coq has no word yet for a term of the kind '{kind}'")


def index_of(term: Term) -> int | Term:
    """A bound index by its number, a free one as it is."""
    if term.head == BOUND and term.sort != REAL:
        return int(term.data)
    if term.head in (INDEX, FIRST) and isinstance(term.sort, Axis):
        return term
    last = "the last index" if term.head == END else "an index"
    raise NoReplayError(f"the replay in Coq has no word yet for {last} of {term.sort}")


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
