"""What a statement is: hypotheses and claims that can be proved, evaluated and printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, cast

from sympy import Expr, Symbol

from theory.errors import StatementError
from theory.language.free_symbols import free_symbols
from theory.language.indexed import IndexedArray
from theory.language.notebook import typesetter
from theory.language.numbers import Number
from theory.language.relations import Relation, Sense


@dataclass(frozen=True)
class Orthonormal:
    """The rows of a family are orthonormal: `sum_k w[i, k] w[j, k] = delta_ij`."""

    family: IndexedArray


@dataclass(frozen=True)
class Sharpness:
    """A symbol stands for the top eigenvalue of the Hessian of a loss at a point.

    Attributes:
        symbol: the number that the claims speak of.
        loss: function of the parameters, in the order of `point`.
        point: the weights: families of symbolic size and scalars.
    """

    symbol: Symbol
    loss: Callable[..., Number]
    point: tuple[IndexedArray | Symbol, ...]


@dataclass(frozen=True)
class Initialization:
    """Some letters are independent centred normal numbers, others are functions of them, and all the rest are fixed.

    Every relation among the hypotheses holds for each outcome, or for all but a set of probability 0.

    Attributes:
        scales: each random letter with its standard deviation, a positive symbol; the entries of a family are
            independent of each other and of all other random letters.
        functions: letters whose value depends on the outcome.
    """

    scales: tuple[tuple[IndexedArray | Symbol, Symbol], ...]
    functions: tuple[IndexedArray | Symbol, ...] = ()


@dataclass(frozen=True)
class GradientFlow:
    """A trajectory of gradient flow `theta' = -grad L` runs from one point to another, or converges to it.

    Attributes:
        loss: function of the parameters, in the order of the points.
        start: the weights at time 0: families of symbolic size and scalars.
        end: the weights at some later time, or their limit.
    """

    loss: Callable[..., Number]
    start: tuple[IndexedArray | Symbol, ...]
    end: tuple[IndexedArray | Symbol, ...]


Hypothesis = Relation | Orthonormal | Sharpness | GradientFlow | Initialization


def letters_of(hypothesis: Hypothesis) -> tuple[Any, ...]:
    """The letters, families and scales that a hypothesis is written with; none of a relation."""
    match hypothesis:
        case Orthonormal(family):
            return (family,)
        case Sharpness(symbol, _, point):
            return (symbol, *point)
        case GradientFlow(_, start, end):
            return (*start, *end)
        case Initialization(scales, functions):
            return (*chain.from_iterable(scales), *functions)
    return ()


def sign_of(letter: Symbol) -> str:
    """What a letter is declared to be besides real; empty where that is nothing."""
    if letter.is_positive:
        return "whole and positive" if letter.is_integer else "positive"
    return "nonnegative" if letter.is_nonnegative else ""


@dataclass(frozen=True, repr=False)
class Statement:
    """What is claimed, and under which hypotheses.

    Attributes:
        id: label such as `thm-4.3`; unique.
        title: a few words.
        source: where it is stated.
        hypotheses: what is assumed, by name.
        claims: what is said to follow, by name; each relation carries its sense.
        depends: ids of statements whose claims the proof may use.
        variables: meaning of each letter that is not one of the common ones.
        remark: the precise reading, where the source leaves one open.
    """

    id: str
    title: str
    source: str
    hypotheses: Mapping[str, Hypothesis]
    claims: Mapping[str, Relation]
    depends: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    remark: str = ""

    def __post_init__(self) -> None:
        see_parts(self)
        if not self.claims:
            raise StatementError(f"{self.id} claims nothing")
        both = set(self.hypotheses) & set(self.claims)
        if both:
            raise StatementError(f"{self.id} has hypotheses and claims of one name: {', '.join(sorted(both))}")
        for letter in self.letters:
            if not letter.is_real:  # the signs of squares are read on this ground
                raise StatementError(f"{self.id}: declare {letter} with real=True, or with its sign")

    def __repr__(self) -> str:
        return f"<Statement {self.id}: {self.title}>"

    def _repr_html_(self) -> str:
        return cast(str, typesetter("card").card(self))

    def _repr_latex_(self) -> str:
        return cast(str, typesetter("card").claims_in_latex(self))

    @cached_property
    def letters(self) -> list[Symbol]:
        """Every symbol, and the label of every family, that a relation speaks of, by name."""
        found = {
            symbol
            for relation in self._relations()
            for symbol in free_symbols(relation.left) | free_symbols(relation.right)
            if isinstance(symbol, Symbol)
        }
        return sorted(found, key=lambda symbol: (symbol.name, str(symbol.assumptions0)))

    def _relations(self) -> list[Relation]:
        return [*(h for h in self.hypotheses.values() if isinstance(h, Relation)), *self.claims.values()]

    @cached_property
    def domains(self) -> dict[Symbol, str]:
        """Letters that are declared with a sign, which every check takes for granted; the rest are real.

        Indices count from 1 and are left out.
        """
        indices = {index for relation in self._relations() for index in relation.free_indices}
        return {letter: sign for letter in self.letters if letter not in indices and (sign := sign_of(letter))}

    @property
    def sense(self) -> str:
        """What kind of claims these are: identity, upper and lower bounds, or a mixture."""
        senses = {claim.sense for claim in self.claims.values()}
        return "identity" if senses == {Sense.EQUAL} else "bound" if Sense.EQUAL not in senses else "identity and bound"


def see_parts(statement: Statement) -> None:
    """See that the parts are of the kinds that they are declared with.

    Raises:
        StatementError: one is not; the message names the place.
    """
    for name in ("id", "title", "source", "remark"):
        if type(getattr(statement, name)) is not str:
            raise StatementError(f"the {name} of a statement is a text, not {getattr(statement, name)!r}")
    if not statement.id.strip() or not statement.id.isprintable():
        raise StatementError(f"a statement needs an id of one line, not {statement.id!r}")
    kinds = (Relation, Orthonormal, Sharpness, GradientFlow, Initialization)
    for part, allowed in (("hypothesis", kinds), ("claim", (Relation,))):
        held = statement.hypotheses if part == "hypothesis" else statement.claims
        if not isinstance(held, Mapping):
            raise StatementError(f"{statement.id}: hypotheses and claims are given by name, as a mapping")
        for name, one in held.items():
            if type(name) is not str or not name.isprintable():
                raise StatementError(f"{statement.id}: the name of a {part} is a text of one line, not {name!r}")
            if not any(type(one) is kind for kind in allowed):
                raise StatementError(f"{statement.id}, {name!r}: no {part} of a known kind, but {type(one).__name__}")
            if isinstance(one, Relation) and not (isinstance(one.left, Expr) and isinstance(one.right, Expr)):
                raise StatementError(f"{statement.id}, {name!r}: both sides must be expressions")
    if not isinstance(statement.depends, tuple | list) or not all(type(one) is str for one in statement.depends):
        raise StatementError(f"{statement.id}: it depends on statements by their ids, in a tuple")
    if not isinstance(statement.variables, Mapping):
        raise StatementError(f"{statement.id}: the meaning of variables is given by name, as a mapping")


@contextmanager
def at_place(statement: Statement, name: str) -> Iterator[None]:
    """Name the hypothesis or the claim in what is said of it."""
    try:
        yield
    except StatementError as error:
        raise StatementError(f"{statement.id}, {name!r}: {error}") from error


def file_name(identifier: str) -> str:
    """Name of the files about a statement.

    Examples:
        >>> file_name("thm-4.3")
        'thm_4_3'
    """
    return identifier.replace("-", "_").replace(".", "_")
