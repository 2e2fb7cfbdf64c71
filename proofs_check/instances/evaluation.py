"""Evaluate an expression at one instance, exactly in rationals, and in balls where a root is not rational.

This is how a hypothesis is checked to hold somewhere and how a false claim is refuted: by numbers, with no rounding
that is not enclosed.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from enum import Enum
from functools import lru_cache, partial
from math import prod
from typing import Any

import numpy as np
from flint import arb, ctx, fmpq, fmpz
from sympy import (
    Derivative,
    Expr,
    Indexed,
    Integer,
    KroneckerDelta,
    Product,
    Subs,
    Sum,
    Symbol,
    cosh,
    exp,
    log,
    sinh,
    tanh,
)

from proofs_check.instances.instance import Instance
from proofs_check.instances.truncated_series import Truncated, coefficient
from theory.errors import StatementError
from theory.language.calculus import Coefficient
from theory.language.directional_derivative import worked_out
from theory.language.expectation import Mean
from theory.language.free_symbols import free_symbols
from theory.language.indexed import behind, ranges, with_bound_apart
from theory.language.numbers import square
from theory.language.relations import Relation, Sense
from theory.language.statement import GradientFlow, Hypothesis, Initialization, Orthonormal, Sharpness, Statement
from theory.language.unknown_functions import UnknownFunction

PRECISION = 192
"""Bits of the balls."""


class NoValueError(StatementError):
    """What is said has no value at an instance."""


Places = tuple[int, ...]
"""Values of indices, in the order of their names."""
_Meaning = Callable[[Instance, Places], Any]


class Truth(Enum):
    """What an evaluation says of a relation at one instance."""

    HOLDS = "holds"
    CONSISTENT = "consistent"
    """The two sides' balls overlap: nothing is decided."""
    VIOLATED = "violated"


def evaluate(expression: Expr, instance: Instance, indices: Mapping[Symbol, int] | None = None) -> Any:
    """Value of an expression at an instance: `fmpq` where every root is rational, else `arb`.

    Raises:
        StatementError: a letter without a value, or a function with no rule.

    Examples:
        >>> from sympy import sqrt, symbols
        >>> x = symbols("x", positive=True)
        >>> evaluate(sqrt(x) + 1, Instance({x: fmpq(9, 4)}))
        5/2
    """
    known = indices or {}
    return _meaning(expression, tuple(known))(instance, tuple(known.values()))


@lru_cache(maxsize=1 << 14)
def _meaning(expression: Expr, names: tuple[Symbol, ...]) -> _Meaning:
    """An expression as a function of the instance and of the indices with these names: looked through once."""
    if expression.is_Rational:
        number = fmpq(int(expression.p), int(expression.q))
        return lambda instance, places: number
    if expression in names:
        mine = _last(expression, names)
        return lambda instance, places: fmpq(places[mine])
    if expression.is_Symbol:
        return lambda instance, places: _given(expression, instance)
    if isinstance(expression, Indexed):
        return _entry(expression, names)
    if isinstance(expression, Sum | Product):
        return _over_range(expression, names)
    if isinstance(expression, Coefficient):
        polynomial, variable, order = expression.args
        return _coefficient(polynomial, variable, order, names)
    if isinstance(expression, Derivative | Subs):
        return _meaning(worked_out(expression), names)
    if isinstance(expression, Mean):
        return partial(_mean, expression, names)
    inner = tuple(_meaning(argument, names) for argument in expression.args)
    if expression.is_Add:
        return lambda instance, places: sum([part(instance, places) for part in inner], start=fmpq(0))
    if expression.is_Mul:
        return lambda instance, places: prod([part(instance, places) for part in inner], start=fmpq(1))
    if expression.is_Pow:
        return lambda instance, places: _power(inner[0](instance, places), inner[1](instance, places))
    if isinstance(expression, KroneckerDelta):
        return lambda instance, places: fmpq(int(inner[0](instance, places) == inner[1](instance, places)))
    if isinstance(expression, UnknownFunction):
        return lambda instance, places: _function(type(expression), instance)(inner[0](instance, places))
    if isinstance(expression, exp | log | sinh | cosh | tanh):
        return lambda instance, places: _applied(type(expression), inner[0](instance, places))
    raise StatementError(f"no rule to evaluate {type(expression).__name__}: {expression}")


def _last(index: Expr, names: tuple[Symbol, ...]) -> int:
    """Where an index stands among names; the innermost of that name is meant."""
    return len(names) - 1 - names[::-1].index(index)


def _mean(mean: Mean, names: tuple[Symbol, ...], instance: Instance, places: Places) -> Any:
    return _given(mean_at(mean, dict(zip(names, places, strict=True))), instance)


def mean_at(mean: Mean, places: Mapping[Symbol, int]) -> Expr:
    """An expectation at values of its free indices: what an instance gives its value by."""
    there = {index: Integer(place) for index, place in places.items() if index in free_symbols(mean)}
    return with_bound_apart(mean, set(there)).xreplace(there)


def _given(letter: Expr, instance: Instance) -> Any:
    if letter not in instance.scalars:
        raise StatementError(f"the instance gives no value for {letter}")
    value = instance.scalars[letter]
    return fmpq(value) if isinstance(value, int) else value


def _applied(function: type, value: Any) -> Any:
    if isinstance(value, fmpq) and value == int(function is log):
        return fmpq(int(function in (exp, cosh)))
    return getattr(arb(value), function.__name__)()


def _function(kind: type, instance: Instance) -> Callable[[Any], Any]:
    if kind not in instance.functions:
        raise StatementError(f"the instance gives no function for {kind.__name__}")
    return instance.functions[kind]


def truth(relation: Relation, instance: Instance) -> Truth:
    """Compare both sides for every value of the free indices; one violated case is enough."""
    sense, difference = relation.sense, relation.difference
    return _worst(
        compared(sense, evaluate(difference, instance, indices)) for indices in free_values(relation, instance)
    )


def _worst(cases: Iterator[Truth]) -> Truth:
    result = Truth.HOLDS
    for case in cases:
        if case is Truth.VIOLATED:
            return case
        if case is Truth.CONSISTENT:
            result = case
    return result


def violated_case(relation: Relation, instance: Instance) -> tuple[Mapping[Symbol, int], Any, Any] | None:
    """Return indices and both sides of the first case that violates the relation, or None."""
    for indices in free_values(relation, instance):
        if compared(relation.sense, evaluate(relation.difference, instance, indices)) is Truth.VIOLATED:
            left, right = evaluate(relation.left, instance, indices), evaluate(relation.right, instance, indices)
            return indices, left, right
    return None


def truth_of_hypothesis(hypothesis: Hypothesis, instance: Instance) -> Truth:
    """Whether a hypothesis holds at an instance. What a sharpness or a trajectory is, is a definition and holds."""
    if isinstance(hypothesis, Relation):
        return truth(hypothesis, instance)
    if isinstance(hypothesis, Sharpness | GradientFlow | Initialization):
        return Truth.HOLDS  # whoever makes an instance sees to these
    if isinstance(hypothesis, Orthonormal):
        rows = instance.families[hypothesis.family.expression.base.label]
        pairs = itertools.combinations_with_replacement(range(len(rows)), 2)
        return _worst(compared(Sense.EQUAL, rows[i] @ rows[j] - int(i == j)) for i, j in pairs)
    raise StatementError(f"no rule to evaluate the hypothesis {hypothesis}")


def meets_domains(statement: Statement, instance: Instance) -> bool:
    """Whether every letter surely has the sign that it is declared with, and is whole, at an instance that gives it."""
    for letter, domain in statement.domains.items():
        values = [instance.scalars[letter]] if letter in instance.scalars else []
        values += list(np.ravel(instance.families[letter])) if letter in instance.families else []
        for value in values:
            if not (value >= 0 if domain == "nonnegative" else value > 0):
                return False
            if letter.is_integer and not (isinstance(value, int) or (isinstance(value, fmpq) and value.q == 1)):
                return False
    return True


def compared(sense: Sense, difference: Any) -> Truth:
    """Read the sign of `right - left`. A ball decides only what holds for all its points, and NaN decides nothing."""
    if isinstance(difference, arb):
        if not difference.is_finite():
            return Truth.CONSISTENT
        if sense is Sense.EQUAL:
            return Truth.CONSISTENT if difference.contains(0) else Truth.VIOLATED
        holds = difference >= 0 if sense is Sense.AT_MOST else difference > 0
        fails = difference < 0 if sense is Sense.AT_MOST else difference <= 0
        return Truth.HOLDS if holds else Truth.VIOLATED if fails else Truth.CONSISTENT
    holds = difference == 0 if sense is Sense.EQUAL else difference >= 0 if sense is Sense.AT_MOST else difference > 0
    return Truth.HOLDS if holds else Truth.VIOLATED


def index_sizes(relation: Relation, instance: Instance) -> list[int]:
    """Number of values of each free index of a relation, in alphabetical order of the indices."""
    sizes = []
    for index in relation.free_indices:
        # An index that stands in a delta alone runs as far as the one that it is compared with.
        deltas = relation.left.atoms(KroneckerDelta) | relation.right.atoms(KroneckerDelta)
        alike = {index}.union(*(delta.args[:2] for delta in deltas if index in delta.args))
        entries = sorted(_entries_at(index, relation.left) | _entries_at(index, relation.right), key=str)
        places = [(entry, position) for entry in entries for position in range(len(entry.indices))]
        for entry, position in (
            *(place for place in places if index in (place[0].indices[place[1]], behind(place[0].indices[place[1]]))),
            *(place for place in places if place[0].indices[place[1]] in alike),
        ):
            label = entry.base.label
            further = position == 0 and getattr(label, "chain", False)
            sizes.append(_array(label, instance).shape[position] - further)
            break
        else:
            raise StatementError(f"no family tells how far the index {index} runs")
    return sizes


def _entries_at(index: Symbol, expression: Expr) -> set[Indexed]:
    """The entries of families in an expression, but where a sum or product runs over an index of that name itself."""
    if isinstance(expression, Sum | Product) and any(index == bound for bound, _, _ in expression.limits):
        return set()
    found = {expression} if isinstance(expression, Indexed) else set()
    return found.union(*(_entries_at(index, one) for one in expression.args))


def free_values(relation: Relation, instance: Instance) -> Iterator[dict[Symbol, int]]:
    """Every assignment of the relation's free indices at an instance."""
    free = relation.free_indices
    for values in itertools.product(*(range(1, size + 1) for size in index_sizes(relation, instance))):
        yield dict(zip(free, values, strict=True))


def _array(label: Symbol, instance: Instance) -> np.ndarray[Any, Any]:
    array = instance.families.get(label)
    if array is None or not array.size:
        missing = "" if array is None else ": the family is empty"
        raise StatementError(f"the instance gives no values for {label}{missing}")
    return array


def _entry(expression: Indexed, names: tuple[Symbol, ...]) -> _Meaning:
    label = expression.base.label
    fixed, moving, last = [0] * len(expression.indices), [], []
    for axis, one in enumerate(expression.indices):
        before = one if one.is_Symbol else behind(one)
        if one.is_Integer:
            fixed[axis] = int(one) - 1
        elif before in names:
            fixed[axis] = int(one - before) - 1
            moving.append((axis, _last(before, names)))
        elif before in {known.size for known in getattr(label, "axes", ())}:
            fixed[axis] = int(one - before) - 1
            last.append((axis, before))
        else:
            raise StatementError(f"no value is given for the index {one} of {expression}")

    def meaning(instance: Instance, places: Places) -> Any:
        at = fixed.copy()
        for axis, mine in moving:
            at[axis] += places[mine]
        for axis, size in last:
            at[axis] += int(_given(size, instance).p)
        value = _array(label, instance)[tuple(at)]
        return fmpq(value) if isinstance(value, int) else value

    return meaning


def _over_range(expression: Sum | Product, names: tuple[Symbol, ...]) -> _Meaning:
    """A sum or a product; its value is kept in the instance, for one inside another is asked for again and again."""
    free = free_symbols(expression)
    mine = [_last(name, names) for name in dict.fromkeys(names) if name in free]  # indices of the sums around it
    limits = ranges(expression)
    body = _meaning(expression.function, (*names, *(index for index, _, _ in limits)))
    ends = [(int(low), _meaning(high, names)) for _, low, high in limits]
    combined = prod if isinstance(expression, Product) else sum
    itself = object()

    def meaning(instance: Instance, places: Places) -> Any:
        key = (itself, ctx.prec, *[places[one] for one in mine])
        found = instance.sums.get(key)
        if found is None:
            places_in_ranges = itertools.product(*(range(low, int(high(instance, places).p) + 1) for low, high in ends))
            values = [body(instance, (*places, *chosen)) for chosen in places_in_ranges]
            found = instance.sums[key] = combined(values, start=fmpq(int(combined is prod)))
        return found

    return meaning


def _coefficient(polynomial: Expr, variable: Symbol, order: Expr, names: tuple[Symbol, ...]) -> _Meaning:
    body = _meaning(polynomial, names)

    def meaning(instance: Instance, places: Places) -> Any:
        scalars = {**instance.scalars, variable: Truncated.variable(int(order))}
        return coefficient(body(Instance(scalars, instance.families), places), int(order))

    return meaning


def _power(base: Any, exponent: Any) -> Any:
    if isinstance(exponent, arb):
        raise StatementError("an exponent must be rational")
    if exponent.q == 1:
        if exponent >= 0:
            return _whole_power(base, int(exponent.p))
        if base == 0:
            raise NoValueError("a division by zero at this instance")
        return 1 / _whole_power(base, int(-exponent.p))
    order, numerator = int(exponent.q), int(exponent.p)
    if isinstance(base, fmpq):
        if base < 0:
            raise StatementError("a root of a negative number at this instance")
        exact = _rational_root(base, order)
        if exact is not None:
            return _power(exact, fmpq(numerator))
        base = arb(base)
    return _power(base.root(order), fmpq(numerator))


def _whole_power(base: Any, exponent: int) -> Any:
    """By squares, which are never negative: a ball's own power is NaN where its centre is 0."""
    if exponent == 0:
        return fmpq(1)
    if exponent % 2:
        return base if exponent == 1 else base * _whole_power(base, exponent - 1)
    return square(_whole_power(base, exponent // 2))


def _rational_root(value: fmpq, order: int) -> fmpq | None:
    roots = []
    for part in (value.p, value.q):
        root = fmpz(part).root(order)
        if root**order != part:
            return None
        roots.append(root)
    return fmpq(*roots)


def at_precision(bits: int = PRECISION) -> AbstractContextManager[None]:
    """Context in which balls carry `PRECISION` bits; the precision before is put back."""
    context: AbstractContextManager[None] = ctx.workprec(bits)
    return context
