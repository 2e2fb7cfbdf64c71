"""From a statement as people write it to formulas: hypotheses, claims, losses, and what declarations say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field, fields
from itertools import chain
from typing import Any, TypeVar

import sympy
from sympy import Indexed, Product, Sum, Symbol

from theory.errors import StatementError
from theory.language import terms
from theory.language.expression_reader import Reader
from theory.language.formulas import Formula, Kind, closed
from theory.language.indexed import IndexedArray, label_of
from theory.language.known_expressions import see_known
from theory.language.losses import WorkedOut
from theory.language.relations import Relation
from theory.language.statement import (
    Hypothesis,
    Initialization,
    Orthonormal,
    Sharpness,
    Statement,
    at_place,
    letters_of,
    sign_of,
)
from theory.language.substitution import abstract
from theory.language.terms import OUTCOME, REAL, THE_OUTCOME, Axis, Letter, Term
from theory.language.unknown_functions import UnknownFunction


@dataclass(frozen=True)
class ReadStatement:
    """A statement as formulas.

    Attributes:
        statement: what was read.
        reader: reads more in the same letters.
        hypotheses: what is assumed, by name.
        domains: what the declarations of letters and functions assume, by name.
        claims: what is claimed, by name.
    """

    statement: Statement
    reader: Reader
    hypotheses: Mapping[str, Formula]
    domains: Mapping[str, Formula]
    claims: Mapping[str, Formula]

    @property
    def declared(self) -> dict[str, str]:
        """What is taken for granted of letters and functions, besides that they are real, by their names."""
        said = {letter.name: domain for letter, domain in self.statement.domains.items()}
        for name, label in sorted(self.reader.seen.items()):
            if f"domain of {name}" in self.domains:
                said[name] = sign_of(label)
        for name in sorted(self.reader.functions):
            nowhere = ["zero nowhere"] if f"{name} is zero nowhere" in self.domains else []
            slope = self.domains.get(f"derivative of {name}")
            told = [f"its derivative at t is {terms.plain(slope.terms[2]).replace('#0', 't')}"] if slope else []
            if nowhere or told:
                said[name] = "; ".join(nowhere + told)
        return said

    def anew(self) -> ReadStatement:
        """The same as if it were read once more: nothing that can change is shared."""
        reader = copy(self.reader)
        for one in fields(Reader):
            setattr(reader, one.name, copy(getattr(reader, one.name)))
        return ReadStatement(self.statement, reader, dict(self.hypotheses), dict(self.domains), dict(self.claims))


Told = TypeVar("Told")


@dataclass
class Readings:
    """Reads statements that have parts in common, each of these once as long as sizes and chance are the same."""

    kept: dict[tuple[object, ...], tuple[Hypothesis, Formula, Reader]] = field(default_factory=dict)
    told: dict[tuple[object, int], tuple[Hypothesis, Any]] = field(default_factory=dict)

    def once(self, look: Callable[[Hypothesis], Told], part: Hypothesis) -> Told:
        """What a look at a hypothesis or a claim alone tells."""
        key = look, id(part)
        if key not in self.told:
            self.told[key] = part, look(part)
        told: Told = self.told[key][1]
        return told

    def __call__(self, part: Hypothesis, reader: Reader) -> Formula:
        """The formula of a hypothesis or a claim, as `read_hypothesis` gives it."""
        key = (
            id(part),
            reader.random,
            frozenset(reader.sizes.items()),
        )  # which it is decides, not what it says it is equal to
        if key not in self.kept:
            own = Reader(dict(reader.sizes), random=reader.random)
            self.kept[key] = part, read_hypothesis(part, own), own
        _, formula, own = self.kept[key]
        return formula if reader.takes(own) else read_hypothesis(part, reader)  # which says what clashes


def read(statement: Statement, readings: Readings | None = None) -> ReadStatement:
    """Read a statement.

    Args:
        statement: what is read.
        readings: has read what the statement has in common with others.

    Raises:
        StatementError: something in it is ill formed; the message names the hypothesis or claim.
    """
    laws = [one for one in statement.hypotheses.values() if isinstance(one, Initialization)]
    random = frozenset(
        label_of(letter).name for law in laws for letter in (*(letter for letter, _ in law.scales), *law.functions)
    )
    reader = Reader(random=random)
    parts = (*statement.hypotheses.values(), *statement.claims.values())
    sizes = [_sizes(one) if readings is None else readings.once(_sizes, one) for one in parts]
    for size in dict.fromkeys(chain.from_iterable(sizes)):  # a symbol is a size wherever it is one somewhere
        reader.axis(size)

    def named(name: str, hypothesis: Hypothesis) -> Formula:
        with at_place(statement, name):
            return (readings or read_hypothesis)(hypothesis, reader)

    hypotheses = {name: named(name, one) for name, one in statement.hypotheses.items()}
    for name, formula in hypotheses.items():
        undeclared = undeclared_chance(formula, hypotheses.values())
        if undeclared:
            raise StatementError(
                f"{statement.id}, {name!r}: {undeclared} depends on chance: list it as one of the law's functions"
            )
    claims = {name: named(name, one) for name, one in statement.claims.items()}
    return ReadStatement(statement, reader, hypotheses, domains(reader), claims)


def undeclared_chance(formula: Formula, hypotheses: Iterable[Formula]) -> str:
    """The letter, or letters, that a hypothesis makes depend on the outcome, and that are not declared to do so.

    An equality between normal letters and fixed ones would hold for almost no outcome. The sharpness at random weights
    is random, where gradient flow leads from them is, and so is a letter that an equality defines by random ones.
    """
    normal = {letter for one in hypotheses if one.kind is Kind.NORMAL for letter in one.data}

    def random(*parts: Term) -> set[Letter]:
        return {letter for part in parts for letter in terms.letters(part) if OUTCOME in letter.sorts}

    def named(*parts: Term) -> str:
        return ", ".join(sorted(letter.name for part in parts for letter in terms.letters(part) - random(part)))

    if formula.kind is Kind.EQUAL:
        defined = formula.left.head == terms.ENTRY and not random(formula.left) and random(formula.right)
        alone = random(*formula.terms) and random(*formula.terms) <= normal
        return named(formula.left) if defined else named(*formula.terms) if alone else ""
    if formula.kind is Kind.TOP_EIGENVALUE:
        value, *rest = formula.terms
        return named(value) if random(*rest) and not random(value) else ""
    if formula.kind is Kind.FLOW:
        count = len(formula.data)
        start, end = formula.terms[: count + 1], formula.terms[count + 1 :]
        return named(*(one for one in end if not random(one))) if random(*start) else ""
    return ""


def _sizes(part: Hypothesis) -> list[Symbol]:
    """Symbols that are the size of an axis somewhere in a hypothesis or a claim, each once."""
    found: list[Symbol] = [axis.size for one in letters_of(part) if isinstance(one, IndexedArray) for axis in one.axes]
    for side in (part.left, part.right) if isinstance(part, Relation) else ():
        for one in sympy.sympify(side).atoms(Indexed, Sum, Product):
            if isinstance(one, Indexed):
                found += [axis.size for axis in getattr(one.base.label, "axes", ())]
            else:
                found += [high for _, _, high in one.limits if high.is_Symbol and high.is_integer]
    return list(dict.fromkeys(found))


def read_hypothesis(hypothesis: Hypothesis, reader: Reader) -> Formula:
    """The formula of a hypothesis or a claim."""
    if isinstance(hypothesis, Relation):
        return reader.relation(hypothesis)
    if isinstance(hypothesis, Initialization):
        letters = tuple(reader.letter(label_of(letter)) for letter, _ in hypothesis.scales)
        scales = tuple(reader.expression(scale) for _, scale in hypothesis.scales)
        return Formula(Kind.NORMAL, (), scales, letters)
    arrays = (part for part in letters_of(hypothesis) if isinstance(part, IndexedArray))
    for label in (entry.base.label for part in arrays for entry in part.expression.atoms(Indexed)):
        if getattr(label, "chain", False):
            raise StatementError(f"the chain {label} stands in relations alone: what of its end is meant?")
    if isinstance(hypothesis, Orthonormal):
        family = reader.array(hypothesis.family)
        if len(family.sorts) != 2:
            raise StatementError(f"{hypothesis.family.expression} has no rows that could be orthonormal")
        rows, columns = (sort for sort in family.sorts if isinstance(sort, Axis))
        i, j, k = terms.fresh(rows), terms.fresh(rows), terms.fresh(columns)
        inside = terms.multiply(family.at(i, k), family.at(j, k))
        left = terms.total(columns, abstract(inside, k))
        bare = Formula(Kind.EQUAL, (), (left, terms.delta(i, j)))
        return closed(bare, i, j, *([THE_OUTCOME] if THE_OUTCOME in bare.free_indices() else []))
    point = hypothesis.point if isinstance(hypothesis, Sharpness) else hypothesis.start
    families = [reader.array(part) for part in point]
    loss = read_loss(hypothesis.loss, point, reader)
    sorts = tuple(family.sorts for family in families)
    bodies = [family.body for family in families]
    shared = terms.letters(loss) & frozenset[Letter]().union(*map(terms.letters, bodies))
    if shared:  # as fixed numbers, which would be printed as the weights
        named = ", ".join(sorted(letter.name for letter in shared))
        raise StatementError(f"the loss speaks of {named} besides its weights: give what is fixed another name")
    if isinstance(hypothesis, Sharpness):
        value = reader.expression(hypothesis.symbol)
        bare = Formula(Kind.TOP_EIGENVALUE, (), (value, loss, *bodies), sorts)
    else:
        ends = [reader.array(part) for part in hypothesis.end]
        if [family.sorts for family in ends] != list(sorts):
            raise StatementError("the flow ends in weights of another shape than it starts from")
        bare = Formula(Kind.FLOW, (), (loss, *bodies, *(family.body for family in ends)), sorts)
    return closed(bare, THE_OUTCOME) if THE_OUTCOME in bare.free_indices() else bare


def read_loss(loss: Callable[..., Any], point: tuple[Any, ...], reader: Reader) -> Term:
    """A function of weights as a term in the letters of the weights.

    Raises:
        StatementError: it raises something, or gives no number.
    """
    found = WorkedOut.of(loss, point)
    for place, weight in enumerate(found.weights):
        sorts = tuple(reader.axis(axis.size) for axis in weight.axes) if isinstance(weight, IndexedArray) else ()
        reader.weights[label_of(weight)] = Letter(str(place), sorts, "weight")
    try:
        return reader.expression(found.value)
    finally:
        reader.weights.clear()


def _see_that_one_exists(name: str, functions: Mapping[str, type[UnknownFunction]]) -> None:
    """See that a derivative is one of a function: it is continuous, and speaks of no function that depends on this one.

    Raises:
        StatementError: there need not be such a function.
    """
    if functions[name].zero_nowhere:
        raise StatementError(f"{name} has a derivative and no zero: whether there is such a function is not known here")
    waiting, seen = [functions[name]], set[type[UnknownFunction]]()
    while waiting:
        kind = waiting.pop()
        if kind.fdiff is UnknownFunction.fdiff:
            continue
        told = {type(one) for one in kind(Symbol("#", real=True)).fdiff().atoms(UnknownFunction)}
        if functions[name] in told:
            raise StatementError(f"the derivative of {name} speaks of {name}: there need not be such a function")
        waiting += told - seen
        seen |= told


_LEAST = {
    "whole and positive": (Kind.AT_MOST, terms.ONE),
    "positive": (Kind.LESS, terms.ZERO),
    "nonnegative": (Kind.AT_MOST, terms.ZERO),
}


def domains(reader: Reader) -> dict[str, Formula]:
    """What declarations say: signs of letters, whole numbers, and the functions that are known by name."""
    found: dict[str, Formula] = {}
    for name, label in sorted(reader.seen.items()):
        letter = reader.letter(label)
        variables = [terms.fresh(sort) for sort in letter.sorts]
        value = terms.entry(letter, *variables)
        if getattr(label, "chain", False) and (label.is_nonnegative or label.is_integer):
            raise StatementError(f"the chain {name} is declared with a sign: say it in hypotheses")
        if sign := sign_of(label):
            kind, least = _LEAST[sign]
            found[f"domain of {name}"] = closed(Formula(kind, (), (least, value)), *variables)
    argument = Symbol("#", real=True)
    for name, function in sorted(reader.functions.items()):
        inside = terms.fresh(REAL)
        value = terms.apply(name, inside)
        if function.zero_nowhere:
            nowhere = Formula(Kind.DIFFERENT, (), (value, terms.ZERO))
            found[f"{name} is zero nowhere"] = closed(nowhere, inside)
        if function.fdiff is not UnknownFunction.fdiff:
            _see_that_one_exists(name, reader.functions)
            told = sympy.sympify(function(argument).fdiff())
            see_known(told, (argument,))
            slope = reader.expression(told, scope={argument: inside})
            body = terms.apply(name, terms.bound(0, REAL))
            found[f"derivative of {name}"] = closed(Formula(Kind.HAS_DERIVATIVE, (), (body, inside, slope)), inside)
    return found
