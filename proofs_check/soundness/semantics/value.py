"""The value of a term in a model."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from functools import lru_cache, reduce
from operator import add, mul
from typing import Any, TypeAlias

from flint import fmpq, fmpq_mat

from proofs_check.soundness.semantics import arithmetic
from proofs_check.soundness.semantics.arithmetic import ONE, ZERO, Jet, Value
from proofs_check.soundness.semantics.geometric import Geometric
from proofs_check.soundness.semantics.model import Indices, Model
from proofs_check.soundness.semantics.truth import Undecided
from theory.errors import StatementError
from theory.language.terms import BINDERS, BOUND, ENTRY, INDEX, OUTCOME, REAL, Letter, Term, parts

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
    data, inner = term.data, [evaluation(argument) for argument in term.arguments]
    match term.head:
        case "number":
            constant = fmpq(data.numerator, data.denominator)
            return lambda m, e, s: constant
        case "size":
            return lambda m, e, s: fmpq(m.sizes[data.size])
        case "bound":
            return lambda m, e, s: s[-1 - data]
        case "index":
            return lambda m, e, s: e[term]
        case "first":
            return lambda m, e, s: 0
        case "end":
            return lambda m, e, s: m.values_of(term.sort)[-1]
        case "entry":
            return _entry(data, inner)
        case "add":
            return lambda m, e, s: reduce(add, [part(m, e, s) for part in inner])
        case "multiply":
            return lambda m, e, s: reduce(mul, [part(m, e, s) for part in inner])
        case "power":
            return lambda m, e, s: arithmetic.whole_power(inner[0](m, e, s), data)
        case "inverse":
            return lambda m, e, s: arithmetic.inverse(inner[0](m, e, s))
        case "real power":
            return lambda m, e, s: arithmetic.real_power(inner[0](m, e, s), inner[1](m, e, s))
        case "apply" if data == "exp":
            return lambda m, e, s: arithmetic.exponential(inner[0](m, e, s))
        case "apply" if data == "log":
            return lambda m, e, s: arithmetic.logarithm(inner[0](m, e, s))
        case "apply":
            return lambda m, e, s: arithmetic.polynomial(m.functions[data], inner[0](m, e, s))
        case "delta":
            return lambda m, e, s: ONE if inner[0](m, e, s) == inner[1](m, e, s) else ZERO
        case "sum":
            (body,) = inner
            return lambda m, e, s: reduce(add, [body(m, e, (*s, k)) for k in range(m.sizes[data.size])])
        case "product":
            (body,) = inner
            return lambda m, e, s: reduce(mul, [body(m, e, (*s, k)) for k in range(m.sizes[data.size])])
        case "coefficient":
            return _coefficient(term.arguments[0], data)
        case "derivative":
            return _derivative(*inner)
        case "mean":
            return _mean(term.arguments[0])
    raise StatementError(f"there is no meaning of {term.head}")


def _entry(letter: Letter, places: list[Evaluation]) -> Evaluation:
    if REAL in letter.sorts:
        raise StatementError(f"{letter.name} is a function of a real number, which no finite model has")
    if not places:
        return lambda m, e, s: m.letters[letter]
    if len(places) == 1 and letter.kind != "next":
        (only,) = places
        return lambda m, e, s: m.letters[letter][only(m, e, s),]
    if letter.kind == "next":
        base, (start, *rest) = Letter(letter.name, letter.sorts), places
        return lambda m, e, s: m.letters[base][start(m, e, s) + 1, *(place(m, e, s) for place in rest)]
    return lambda m, e, s: m.letters[letter][tuple([place(m, e, s) for place in places])]


def _coefficient(inside: Term, order: int) -> Evaluation:
    """Of the polynomial that goes through as many points as its degree needs."""
    body = evaluation(inside)

    def evaluate(m: Model, e: Indices, s: Stack) -> Value:
        most = degree(inside, m, lambda part, depth: part.head == BOUND and part.data == depth)
        if order > most:
            return ZERO
        return sum((weight * body(m, e, (*s, node)) for node, weight in _weights(int(most), order)), ZERO)

    return evaluate


@lru_cache(maxsize=1 << 10)
def _weights(most: int, order: int) -> list[tuple[fmpq, fmpq]]:
    """Points, and what the values there are multiplied by to give one coefficient of a polynomial."""
    nodes = [fmpq((k + 1) // 2 * (-1) ** k) for k in range(most + 1)]
    powers = fmpq_mat([[node**k for k in range(most + 1)] for node in nodes])
    undone = powers.inv()
    return [(node, undone[order, place]) for place, node in enumerate(nodes)]


def _derivative(body: Evaluation, point: Evaluation) -> Evaluation:
    def evaluate(m: Model, e: Indices, s: Stack) -> Value:
        where, level = point(m, e, s), next(_level)
        return arithmetic.slope(body(m, e, (*s, Jet(where, ONE, level))), level)

    return evaluate


def _mean(inside: Term) -> Evaluation:
    body = evaluation(inside)

    def evaluate(m: Model, e: Indices, s: Stack) -> Value:
        if m.degrees and degree(inside, m, random_leaf(m, bound_outcome)) > m.degree:
            raise Undecided("the expectation of no polynomial, or one of too high a degree, in normal numbers")
        result = sum((weight * body(m, e, (*s, outcome)) for outcome, weight in enumerate(m.law)), ZERO)
        if not m.tail:
            return result
        far = body(m, e, (*s, len(m.law)))
        if not isinstance(far, Geometric):
            return result + m.tail * far
        return result + m.tail * far.mean() if far.integrable() else ZERO

    return evaluate


def free_indices(*terms: Term) -> list[Term]:
    """The free indices of terms, each once, in the order in which they stand there."""
    return list(dict.fromkeys(part for term in terms for part in parts(term) if part.head == INDEX))


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
