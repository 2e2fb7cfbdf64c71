"""The value of a term in a model."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeAlias

from flint import fmpq, fmpq_mat

from proofs_check.soundness.semantics import arithmetic
from proofs_check.soundness.semantics.arithmetic import ONE, ZERO, Jet, Value
from proofs_check.soundness.semantics.geometric import Geometric
from proofs_check.soundness.semantics.model import Indices, Model
from proofs_check.soundness.semantics.truth import Undecided
from theory.errors import StatementError
from theory.language.terms import BINDERS, BOUND, ENTRY, OUTCOME, REAL, Axis, Letter, Term

Stack: TypeAlias = tuple[Any, ...]
"""Values of bound variables, the innermost last."""
Evaluation = Callable[[Model, Indices, Stack], Any]

_level = itertools.count()


def value(term: Term, model: Model, indices: Indices | None = None, stack: Stack = ()) -> Value:
    """The value of a term, exact where it is rational, else a ball.

    Args:
        term: a number.
        model: what everything in it is.
        indices: values of its free indices, counting from 0.
        stack: values of its loose bound variables, the innermost last.

    Raises:
        StatementError: something in it has no value in the model.
        Undecided: a ball does not tell whether something is 0, or a derivative is asked for where there may be none.

    Examples:
        >>> from theory.language.terms import Axis, bound, total, entry, Letter
        >>> n = Axis("n")
        >>> family = Letter("a", (n,))
        >>> model = Model({"n": 2}, {family: {(0,): 3, (1,): 4}})
        >>> value(total(n, entry(family, bound(0, n))), model)
        7
    """
    return evaluation(term)(model, indices or {}, stack)


@lru_cache(maxsize=1 << 15)
def evaluation(term: Term) -> Evaluation:
    """A function of a model that gives the term's value."""
    return _MEANING[term.head](term)


def _number(term: Term) -> Evaluation:
    constant = fmpq(term.data.numerator, term.data.denominator)
    return lambda m, e, s: constant


def _size(term: Term) -> Evaluation:
    name = term.data.size
    return lambda m, e, s: m.counts[name]


def _bound(term: Term) -> Evaluation:
    place = -1 - term.data
    return lambda m, e, s: s[place]


def _index(term: Term) -> Evaluation:
    return lambda m, e, s: e[term]


def _end(term: Term) -> Evaluation:
    assert isinstance(term.sort, Axis)
    name = term.sort.size
    return lambda m, e, s: m.sizes[name] - 1


def _entry(term: Term) -> Evaluation:
    letter: Letter = term.data
    if REAL in letter.sorts:
        raise StatementError(f"{letter.name} is a function of a real number, which no finite model has")
    if not term.arguments:
        return lambda m, e, s: m.letters[letter]
    if len(term.arguments) == 1 and letter.kind != "next":
        only = evaluation(term.arguments[0])
        return lambda m, e, s: m.letters[letter][only(m, e, s),]
    places = [evaluation(argument) for argument in term.arguments]
    if letter.kind == "next":
        base, (start, *rest) = Letter(letter.name, letter.sorts), places
        return lambda m, e, s: m.letters[base][start(m, e, s) + 1, *(place(m, e, s) for place in rest)]
    return lambda m, e, s: m.letters[letter][tuple([place(m, e, s) for place in places])]


def _add(term: Term) -> Evaluation:
    first, *rest = (evaluation(argument) for argument in term.arguments)

    def evaluate(m: Model, e: Indices, s: Stack) -> Value:
        result = first(m, e, s)
        for part in rest:
            result = result + part(m, e, s)
        return result

    return evaluate


def _multiply(term: Term) -> Evaluation:
    first, *rest = (evaluation(argument) for argument in term.arguments)

    def evaluate(m: Model, e: Indices, s: Stack) -> Value:
        result = first(m, e, s)
        for part in rest:
            result = result * part(m, e, s)
        return result

    return evaluate


def _power(term: Term) -> Evaluation:
    base, exponent = evaluation(term.arguments[0]), term.data
    return lambda m, e, s: arithmetic.whole_power(base(m, e, s), exponent)


def _inverse(term: Term) -> Evaluation:
    base = evaluation(term.arguments[0])
    return lambda m, e, s: arithmetic.inverse(base(m, e, s))


def _real_power(term: Term) -> Evaluation:
    base, exponent = (evaluation(argument) for argument in term.arguments)
    return lambda m, e, s: arithmetic.real_power(base(m, e, s), exponent(m, e, s))


def _apply(term: Term) -> Evaluation:
    name, argument = term.data, evaluation(term.arguments[0])
    if name == "exp":
        return lambda m, e, s: arithmetic.exponential(argument(m, e, s))
    if name == "log":
        return lambda m, e, s: arithmetic.logarithm(argument(m, e, s))
    return lambda m, e, s: arithmetic.polynomial(m.functions[name], argument(m, e, s))


def _delta(term: Term) -> Evaluation:
    left, right = (evaluation(argument) for argument in term.arguments)
    return lambda m, e, s: ONE if left(m, e, s) == right(m, e, s) else ZERO


def _sum(term: Term) -> Evaluation:
    name, body = term.data.size, evaluation(term.arguments[0])

    def evaluate(m: Model, e: Indices, s: Stack) -> Value:
        result: Value = ZERO
        for place in range(m.sizes[name]):
            result = result + body(m, e, (*s, place))
        return result

    return evaluate


def _product(term: Term) -> Evaluation:
    name, body = term.data.size, evaluation(term.arguments[0])

    def evaluate(m: Model, e: Indices, s: Stack) -> Value:
        result: Value = ONE
        for place in range(m.sizes[name]):
            result = result * body(m, e, (*s, place))
        return result

    return evaluate


def _coefficient(term: Term) -> Evaluation:
    """Of the polynomial that goes through as many points as its degree needs."""
    order, inside = term.data, term.arguments[0]
    body = evaluation(inside)

    def evaluate(m: Model, e: Indices, s: Stack) -> Value:
        most = degree(inside, m, lambda part, depth: part.head == BOUND and part.data == depth)
        if order > most:
            return ZERO
        result: Value = ZERO
        for node, weight in _weights(int(most), order):
            result = result + weight * body(m, e, (*s, node))
        return result

    return evaluate


@lru_cache(maxsize=1 << 10)
def _weights(most: int, order: int) -> list[tuple[fmpq, fmpq]]:
    """Points, and what the values there are multiplied by to give one coefficient of a polynomial."""
    nodes = [fmpq((k + 1) // 2 * (-1) ** k) for k in range(most + 1)]
    powers = fmpq_mat([[node**k for k in range(most + 1)] for node in nodes])
    undone = powers.inv()
    return [(node, undone[order, place]) for place, node in enumerate(nodes)]


def _derivative(term: Term) -> Evaluation:
    body, point = (evaluation(argument) for argument in term.arguments)

    def evaluate(m: Model, e: Indices, s: Stack) -> Value:
        where, level = point(m, e, s), next(_level)
        found = body(m, e, (*s, Jet(where, ONE, level)))
        return found.slope if isinstance(found, Jet) and found.level == level else ZERO

    return evaluate


def _mean(term: Term) -> Evaluation:
    inside = term.arguments[0]
    body = evaluation(inside)

    def evaluate(m: Model, e: Indices, s: Stack) -> Value:
        if m.degrees and degree(inside, m, random_leaf(m, bound_outcome)) > m.degree:
            raise Undecided("the expectation of no polynomial, or one of too high a degree, in normal numbers")
        result: Value = ZERO
        for outcome, weight in enumerate(m.law):
            result = result + weight * body(m, e, (*s, outcome))
        if not m.tail:
            return result
        far = body(m, e, (*s, len(m.law)))
        if not isinstance(far, Geometric):
            return result + m.tail * far
        return result + m.tail * far.mean() if far.integrable() else ZERO

    return evaluate


_MEANING: dict[str, Callable[[Term], Evaluation]] = {
    "number": _number,
    "size": _size,
    "bound": _bound,
    "index": _index,
    "first": lambda term: lambda m, e, s: 0,
    "end": _end,
    "entry": _entry,
    "add": _add,
    "multiply": _multiply,
    "power": _power,
    "inverse": _inverse,
    "real power": _real_power,
    "apply": _apply,
    "delta": _delta,
    "sum": _sum,
    "product": _product,
    "coefficient": _coefficient,
    "derivative": _derivative,
    "mean": _mean,
}

Leaf = Callable[[Term, int], float]
"""Whether a part, inside so many binders, is a variable: its degree, 1 or 0, or infinity for a function of it."""


def degree(term: Term, model: Model, leaf: Leaf, depth: int = 0) -> float:
    """At most this is the degree of a term as a polynomial in variables; infinite where it may be none."""
    own = leaf(term, depth)
    if own or not term.arguments:
        return own
    inner = [
        degree(argument, model, leaf, depth + (term.head in BINDERS and place == 0))
        for place, argument in enumerate(term.arguments)
    ]
    if not any(inner):
        return 0
    match term.head:
        case "add" | "sum" | "coefficient" | "mean":
            return max(inner)
        case "multiply":
            return sum(inner)
        case "power":
            return float(term.data * inner[0])
        case "product":
            return model.sizes[term.data.size] * inner[0]
        case "apply" if term.data in model.functions:
            return max(1, len(model.functions[term.data]) - 1) * inner[0]
    return math.inf


def bound_outcome(part: Term, depth: int) -> bool:
    """Whether a part is the variable of an expectation, seen from its body."""
    return part.head == BOUND and part.data == depth and part.sort == OUTCOME


def random_leaf(model: Model, outcome: Callable[[Term, int], bool]) -> Leaf:
    """The degree of a random number at the outcome in normal numbers; infinite where it may be no polynomial."""

    def leaf(part: Term, depth: int) -> float:
        if part.head != ENTRY or not any(outcome(argument, depth) for argument in part.arguments):
            return 0
        return model.degrees.get(part.data, math.inf)

    return leaf
