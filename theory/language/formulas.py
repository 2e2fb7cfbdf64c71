"""What can be said of terms: comparisons, what a letter is, and how the outcomes of chance are spread.

A formula is meant for all values of the variables of its prefix, and of its free letters. A variable of the prefix that
is an outcome is meant for all outcomes but a set of probability 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from theory.errors import StatementError
from theory.language.sealed import Sealed, SealedEnum
from theory.language.substitution import Substitution, abstract, instantiate, substitute
from theory.language.terms import (
    INDEX,
    OUTCOME,
    REAL,
    THE_OUTCOME,
    Axis,
    Letter,
    Sort,
    Special,
    Term,
    axes,
    exactly,
    indices,
    letters,
    loose_variables,
    plain,
)


class Kind(Enum, metaclass=SealedEnum):
    """What a formula says."""

    EQUAL = "="
    AT_MOST = "<="
    LESS = "<"
    DIFFERENT = "!="
    TOP_EIGENVALUE = "is the top eigenvalue of the Hessian"
    FLOW = "is where gradient flow leads"
    NORMAL = "are independent centred normal numbers"
    INTEGRABLE = "is integrable"
    HAS_DERIVATIVE = "has the derivative"


COMPARISONS = frozenset({Kind.EQUAL, Kind.AT_MOST, Kind.LESS, Kind.DIFFERENT})


@dataclass(frozen=True, slots=True)
class Formula(metaclass=Sealed):
    """A sentence about terms, for all values of its prefix.

    Attributes:
        kind: what it says of the terms.
        prefix: sorts of the variables that it holds for all values of, the outermost first; at most one is an outcome.
        terms: left and right of a comparison; of `TOP_EIGENVALUE` the number, the loss, and each weight; of `FLOW` the
            loss, each weight at the start and each at the end; of `NORMAL` the letters by turns with their standard
            deviations; of `INTEGRABLE` the random number, in which the innermost variable is the outcome; of
            `HAS_DERIVATIVE` a function of the innermost variable, a point, and the derivative there.
        data: of `TOP_EIGENVALUE` and `FLOW` the sorts of each weight, of `NORMAL` the letters.
    """

    kind: Kind
    prefix: tuple[Sort, ...]
    terms: tuple[Term, ...]
    data: tuple[Any, ...] = ()

    def __post_init__(self) -> None:
        exactly(self.kind, Kind)
        for part in (self.prefix, self.terms, self.data):
            exactly(part, tuple)
        for sort in (*self.prefix, *(one for part in self.data if isinstance(part, tuple) for one in part)):
            exactly(sort, Axis, Special)
        for part in self.data:
            exactly(part, Letter if self.kind is Kind.NORMAL else tuple)
        for term in self.terms:
            exactly(term, Term)
        if self.kind is Kind.NORMAL and any(letter.sorts[:1] != (OUTCOME,) for letter in self.data):
            raise StatementError("only random letters are normal numbers")
        if self.kind is Kind.NORMAL and len(set(self.data)) < len(self.data):
            raise StatementError("a letter is independent of itself")
        if self.kind in (Kind.TOP_EIGENVALUE, Kind.FLOW) and not self.data:
            raise StatementError("a loss is a function of at least one weight")
        outcomes = {one for term in self.terms for one in term.free if one.head == INDEX and one.sort == OUTCOME}
        bound = self.prefix.count(OUTCOME) + (self.kind is Kind.INTEGRABLE)
        if bound + len(outcomes) > 1 or outcomes - {THE_OUTCOME}:
            raise StatementError("a formula says something of almost all outcomes of one draw")
        for term, inner in zip(self.terms, self.inner, strict=True):
            sorts = (*self.prefix, *inner)
            if term.sort != REAL:
                raise StatementError(f"an index stands where a number is needed: {plain(term)}")
            for level, sort in loose_variables(term) if term.loose else ():
                if level >= len(sorts) or sorts[-1 - level] != sort:
                    raise StatementError(f"a variable of {sort} is bound by nothing in {plain(term)}")

    @property
    def inner(self) -> list[tuple[Sort, ...]]:
        """The sorts of the variables that each term has besides those of the prefix."""
        if self.kind in COMPARISONS:
            return [(), ()]
        if self.kind is Kind.TOP_EIGENVALUE:
            return [(), (), *self.data]
        if self.kind is Kind.FLOW:
            return [(), *self.data, *self.data]
        if self.kind is Kind.NORMAL:
            return [()] * len(self.data)
        return [(OUTCOME,)] if self.kind is Kind.INTEGRABLE else [(REAL,), (), ()]

    @property
    def left(self) -> Term:
        """The left side of a comparison."""
        return self.terms[0]

    @property
    def right(self) -> Term:
        """The right side of a comparison."""
        return self.terms[1]

    def free_letters(self) -> frozenset[Letter]:
        """Letters that the formula speaks of; the weights that a loss is a function of are bound."""
        found = frozenset[Letter]().union(*(letters(term) for term in self.terms))
        spoken = {letter for letter in found if letter.kind != "weight"}
        return frozenset(spoken | (set(self.data) if self.kind is Kind.NORMAL else set()))

    def axes(self) -> frozenset[Axis]:
        """Axes that the formula speaks of."""
        found = frozenset[Axis]().union(*(axes(term) for term in self.terms))
        sorts = {sort for sort in self.prefix if isinstance(sort, Axis)}
        for part in self.data:
            sorts |= {sort for sort in (part.sorts if isinstance(part, Letter) else part) if isinstance(sort, Axis)}
        return found | sorts

    def free_indices(self) -> frozenset[Term]:
        """Free indices in it."""
        return frozenset[Term]().union(*(indices(term) for term in self.terms))

    def substitute(self, values: Substitution) -> Formula:
        """The formula with families in the place of letters.

        Raises:
            StatementError: a normal letter would become something else than a letter.
        """
        data = self.data
        if self.kind is Kind.NORMAL:
            data = tuple(renamed(letter, values) for letter in self.data)
        return Formula(self.kind, self.prefix, tuple(substitute(term, values) for term in self.terms), data)

    def __str__(self) -> str:
        sides = [plain(term) for term in self.terms]
        said = (
            f" {self.kind.value} ".join(sides) if self.kind in COMPARISONS else f"{', '.join(sides)} {self.kind.value}"
        )
        return f"for all {', '.join(map(str, self.prefix))}: {said}" if self.prefix else said


def renamed(letter: Letter, values: Substitution) -> Letter:
    """The letter that takes a letter's place."""
    value = values.get(letter)
    if value is None:
        return letter
    count = len(letter.sorts)
    head = value.body
    places = [one.data for one in head.arguments if one.head == "bound"]
    if head.head != "entry" or places != list(reversed(range(count))) or len(head.arguments) != count:
        raise StatementError(f"{letter.name} is a normal number, and can only be given another name")
    new: Letter = head.data
    return new


def compare(left: Term, kind: Kind, right: Term) -> Formula:
    """A comparison without a prefix."""
    return Formula(kind, (), (left, right))


def closed(formula: Formula, *variables: Term) -> Formula:
    """The formula for all values of free indices or plain letters, the first of which is the outermost variable."""
    terms = (
        abstract(term, *variables, depth=len(formula.prefix) + len(inner))
        for term, inner in zip(formula.terms, formula.inner, strict=True)
    )
    return Formula(formula.kind, (*(one.sort for one in variables), *formula.prefix), tuple(terms), formula.data)


def opened(formula: Formula, *values: Term) -> Formula:
    """The formula at values of the outermost variables of its prefix.

    Raises:
        StatementError: more values than variables, or one of another sort.
    """
    if len(values) > len(formula.prefix):
        raise StatementError(f"{len(values)} values are given for the {len(formula.prefix)} variables of: {formula}")
    for value, sort in zip(values, formula.prefix, strict=False):
        if value.sort != sort:
            raise StatementError(f"{plain(value)} of {value.sort} is put for a variable of {sort}")
    rest = formula.prefix[len(values) :]
    terms = (
        instantiate(term, *values, depth=len(rest) + len(inner))
        for term, inner in zip(formula.terms, formula.inner, strict=True)
    )
    return Formula(formula.kind, rest, tuple(terms), formula.data)
