"""The value of a term in a finite model, with every partial function undefined outside its domain.

Entries may be rational numbers, balls, numbers with derivatives, or polynomials in unknowns.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import prod
from typing import Any

import numpy as np
from flint import arb, fmpq

from proofs_check.instances.evaluation import _power
from proofs_check.instances.truncated_series import Truncated, coefficient
from proofs_check.models.quotient import Undefined, inverse, is_polynomial
from proofs_check.rules.calculus import slope_of
from proofs_check.rules.theorem import RuleError
from theory.errors import StatementError
from theory.language import terms
from theory.language.formulas import Formula
from theory.language.substitution import abstract, instantiate
from theory.language.terms import OUTCOME, Axis, Letter, Sort, Term

Array = np.ndarray[Any, Any]


@dataclass
class Model:
    """Values for the letters of a statement; chance has one outcome here, and its index is left out.

    Attributes:
        sizes: of each axis.
        letters: entries of each letter, an array of as many dimensions as it has axes; None where one is not known yet.
        chains: letters with one entry more along their first axis.
        functions: what stands for each function that is known by its name alone.
        mean: gives expectations.
    """

    sizes: dict[str, int]
    letters: dict[Letter, Array] = field(default_factory=dict)
    functions: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    mean: Callable[[Term, Model, Stack], Any] | None = None
    chains: frozenset[Letter] = frozenset()

    def range(self, sort: Sort) -> range:
        """Positions of an axis, counted from 0; there is one outcome."""
        return range(1 if sort == OUTCOME else self.sizes[sort.size] if isinstance(sort, Axis) else 0)

    def shape(self, letter: Letter) -> tuple[int, ...]:
        """How many entries a letter has along each axis."""
        sizes = [self.sizes[sort.size] for sort in letter.sorts if isinstance(sort, Axis)]
        return (sizes[0] + 1, *sizes[1:]) if letter in self.chains else tuple(sizes)


_ZERO, _ONE = fmpq(0), fmpq(1)
Stack = tuple[Any, ...]
_Meaning = Callable[[Model, Stack], Any]
_KNOWN: dict[int, tuple[Term, _Meaning]] = {}
"""What terms mean, by which object each is, for to compare two terms takes longer than to evaluate one."""


def value(term: Term, model: Model, stack: Stack = ()) -> Any:
    """Value of a term.

    Args:
        term: what is evaluated.
        model: gives the letters.
        stack: positions, or numbers, that the variables stand for which are bound around the term.

    Raises:
        Undefined: something in it has no value there.
        StatementError: no rule for it.
    """
    return _meant(term)(model, stack)


def place_of(entry: Term, model: Model, stack: Stack = ()) -> tuple[int, ...]:
    """Where an entry of a family stands in its array."""
    place = [value(one, model, stack) for one in entry.arguments if one.sort != OUTCOME]
    if entry.data.kind == "next":
        place[0] += 1
    return tuple(place)


def entries(side: Term, other: Term, prefix: tuple[Sort, ...], model: Model) -> Array:
    """The entries of the family that one side of an equation is, by its other side."""
    array = np.empty(model.shape(side.data), dtype=object)
    for stack in cases(prefix, model):
        array[place_of(side, model, stack)] = value(other, model, stack)
    return array


def cases(prefix: tuple[Sort, ...], model: Model) -> Iterator[Stack]:
    """Every assignment of the variables of a prefix."""
    return itertools.product(*(model.range(sort) for sort in prefix))


def places(shape: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Every place of an array."""
    return itertools.product(*map(range, shape))


def sides(formula: Formula, model: Model) -> Iterator[tuple[Any, Any]]:
    """Both sides of a comparison, for every assignment of its prefix."""
    left, right = _meant(formula.left), _meant(formula.right)
    for stack in cases(formula.prefix, model):
        yield left(model, stack), right(model, stack)


def _meant(term: Term) -> _Meaning:
    known = _KNOWN.get(id(term))
    if known is None:
        if len(_KNOWN) >= 1 << 16:
            _KNOWN.clear()
        known = _KNOWN[id(term)] = term, _meaning(term)
    return known[1]


@lru_cache(maxsize=1 << 16)
def _meaning(term: Term) -> _Meaning:
    """A term as a function of the model: looked through once."""
    head, data, inner = term.head, term.data, tuple(_meaning(argument) for argument in term.arguments)
    match head:
        case terms.NUMBER:
            number = fmpq(data.numerator, data.denominator)
            return lambda model, stack: number
        case terms.SIZE:
            return lambda model, stack: fmpq(model.sizes[data.size])
        case terms.BOUND:
            return lambda model, stack: stack[-1 - data]
        case terms.FIRST:
            return lambda model, stack: 0
        case terms.END:
            return lambda model, stack: model.range(term.sort)[-1]
        case terms.INDEX if term.sort == OUTCOME:
            return lambda model, stack: 0
        case terms.ENTRY:
            return _entry(data, inner[int(data.sorts[:1] == (OUTCOME,)) :])
        case terms.ADD:
            return lambda model, stack: _total([part(model, stack) for part in inner])
        case terms.MULTIPLY:
            return lambda model, stack: _product([part(model, stack) for part in inner])
        case terms.POWER:
            return lambda model, stack: _whole_power(inner[0](model, stack), data)
        case terms.INVERSE:
            return lambda model, stack: inverse(inner[0](model, stack))
        case terms.REAL_POWER:
            return lambda model, stack: _real_power(inner[0](model, stack), inner[1](model, stack))
        case terms.APPLY:
            return lambda model, stack: _applied(data, inner[0](model, stack), model)
        case terms.DELTA:
            return lambda model, stack: fmpq(int(inner[0](model, stack) == inner[1](model, stack)))
        case terms.SUM | terms.PRODUCT:
            combined, (body,), size = _total if head == terms.SUM else _product, inner, data.size
            return lambda model, stack: combined([body(model, (*stack, k)) for k in range(model.sizes[size])])
        case terms.MEAN:
            return lambda model, stack: _mean(term, model, stack)
        case terms.COEFFICIENT:
            return lambda model, stack: coefficient(inner[0](model, (*stack, Truncated.variable(data))), data)
        case terms.DERIVATIVE:
            return _slope(term)
    raise StatementError(f"no rule to evaluate {terms.plain(term)}")


def _entry(letter: Letter, indices: tuple[_Meaning, ...]) -> _Meaning:
    family = terms.family(letter)

    def known(model: Model, place: int | tuple[int, ...]) -> Any:
        array = model.letters.get(family)
        found = None if array is None else array[place]
        if found is None:
            raise Undefined(f"no value for {letter.name}")
        return found

    if not indices:
        return lambda model, stack: known(model, ())
    if letter.kind == "next":
        first, *rest = indices
        return lambda model, stack: known(model, (first(model, stack) + 1, *[one(model, stack) for one in rest]))
    if len(indices) == 1:
        (only,) = indices
        return lambda model, stack: known(model, only(model, stack))
    return lambda model, stack: known(model, tuple([index(model, stack) for index in indices]))


def _total(values: list[Any]) -> Any:
    try:
        return sum(values, start=_ZERO)
    except TypeError as error:
        raise Undefined("a sum of a ball and an unknown") from error


def _product(values: list[Any]) -> Any:
    try:
        return prod(values, start=_ONE)
    except TypeError as error:
        raise Undefined("a product of a ball and an unknown") from error


def _whole_power(base: Any, exponent: int) -> Any:
    if isinstance(base, fmpq | arb):
        return _power(base, fmpq(exponent))
    return base**exponent


def _real_power(base: Any, exponent: Any) -> Any:
    if not isinstance(exponent, fmpq):
        raise Undefined("an exponent that is not known exactly")
    if is_polynomial(base):
        if exponent.q != 1:
            raise Undefined("a root of an unknown")
        return base ** int(exponent.p) if exponent >= 0 else inverse(base ** int(-exponent.p))
    if not base >= 0:
        raise Undefined("a real power of what is not known to be at least 0")
    if exponent <= 0 and not base > 0:
        raise Undefined("a power of 0 that is not positive")
    return _power(base, exponent)


def _applied(function: str, argument: Any, model: Model) -> Any:
    if function in model.functions:
        try:
            return model.functions[function](argument)
        except (TypeError, ValueError) as error:
            raise Undefined(f"no value of {function}") from error
    if function not in ("exp", "log") or is_polynomial(argument):
        raise Undefined(f"no value of {function}")
    if argument == 0 and function == "exp":
        return fmpq(1)
    if function == "log" and not argument > 0:
        raise Undefined("a logarithm of what is not known to be positive")
    return getattr(arb(argument), function)()


def _slope(term: Term) -> _Meaning:
    """A derivative, worked out by the rules of calculus."""
    body, at = term.arguments
    variable = terms.fresh(terms.REAL)
    try:
        slope = slope_of(instantiate(body, variable), variable, ())
    except RuleError:
        return lambda model, stack: _unknown_slope()
    return _meaning(instantiate(abstract(slope, variable), at))


def _unknown_slope() -> Any:
    raise Undefined("a derivative of a function that is known by name alone")


def _mean(term: Term, model: Model, stack: Stack) -> Any:
    if model.mean is None:
        raise Undefined("no value for an expectation")
    return model.mean(term, model, stack)
