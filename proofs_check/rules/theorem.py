"""Theorems are values that only the rules of this room can make.

A theorem says that its conclusion holds in every model in which its hypotheses hold, for all values of its free indices
and letters. It knows the axioms that it rests on, the rule that made it, and what the rule was given.

Where the line is: `Theorem(...)` refuses, once the room is loaded no function becomes a rule, and no name in it or in
the language that it speaks gets another value. Who changes Python itself (`object.__new__`, `vars(module)`, names with
an underscore, the standard library) can forge anything; a proof that does so is seen by reading it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any, NoReturn, ParamSpec, Protocol

from theory.errors import StatementError
from theory.language.formulas import Formula, Kind
from theory.language.sealed import Sealed, closed
from theory.language.substitution import Family
from theory.language.terms import Axis, Letter, Special, Term, exactly


class RuleError(StatementError):
    """A rule that does not apply; the message says why."""


_KINDS = (Term, Formula, Kind, Letter, Family, Axis, Special, int, bool)


def checked(argument: object) -> object:
    """What a rule is given, in containers of its own.

    Raises:
        TypeError: something that only looks like a theorem, a term or what those are made of.
    """
    if type(argument) is tuple or type(argument) is list:
        return tuple(checked(one) for one in argument)
    if type(argument) is dict:
        return {checked(key): checked(value) for key, value in argument.items()}
    exactly(argument, Theorem, *_KINDS)
    return argument


class Theorem(metaclass=Sealed):
    """`hypotheses |- conclusion`.

    Attributes:
        hypotheses: what is assumed, closed formulas.
        conclusion: what follows.
        axioms: keys of the axioms it rests on.
        rule: name of the rule that made it.
        arguments: what the rule was given, theorems among it.
    """

    __slots__ = ("arguments", "axioms", "conclusion", "hypotheses", "rule")

    hypotheses: frozenset[Formula]
    conclusion: Formula
    axioms: frozenset[str]
    rule: str
    arguments: tuple[Any, ...]

    def __init__(self, *_: object) -> None:
        raise TypeError("a theorem is made by a rule")

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a theorem does not change")

    def __reduce__(self) -> NoReturn:
        raise TypeError("a theorem is not read back: its steps are repeated")

    def __repr__(self) -> str:
        assumed = "; ".join(sorted(map(str, self.hypotheses)))
        return f"{assumed} |- {self.conclusion}" if assumed else f"|- {self.conclusion}"


_Arguments = ParamSpec("_Arguments")
Result = Formula | tuple[Formula, frozenset[Formula]]
"""What a rule's function gives: the conclusion, and the hypotheses where they are not those of the premises."""


def theorems_in(arguments: object) -> Iterator[Theorem]:
    """Theorems among arguments, in tuples and mappings too."""
    if type(arguments) is Theorem:
        yield arguments
    elif isinstance(arguments, tuple | list):
        for argument in arguments:
            yield from theorems_in(argument)
    elif isinstance(arguments, dict):
        yield from theorems_in(list(arguments.values()))


Rule = Callable[..., Theorem]


class _Decorator(Protocol):
    def __call__(self, function: Callable[_Arguments, Result], /) -> Callable[_Arguments, Theorem]: ...


_TABLE: dict[str, Rule] = {}


def rule(*axioms: str) -> _Decorator:
    """Make a function a rule, which rests on axioms; refused once the room is closed."""

    def register(function: Callable[_Arguments, Result]) -> Callable[_Arguments, Theorem]:
        name = function.__name__
        needs(not closed(__name__) and name not in _TABLE, f"{name} does not become a rule: the kernel is closed")

        @functools.wraps(function)
        def apply(*arguments: _Arguments.args, **named: _Arguments.kwargs) -> Theorem:
            arguments = checked(arguments)  # type: ignore[assignment]
            named = {name: checked(value) for name, value in named.items()}  # type: ignore[assignment]
            premises = list(theorems_in([*arguments, *named.values()]))
            result = function(*arguments, **named)
            inherited = frozenset[Formula]().union(*(one.hypotheses for one in premises))
            conclusion, hypotheses = result if isinstance(result, tuple) else (result, inherited)
            made = object.__new__(Theorem)
            for field, value in (
                ("hypotheses", hypotheses),
                ("conclusion", conclusion),
                ("axioms", frozenset(axioms).union(*(one.axioms for one in premises))),
                ("rule", name),
                ("arguments", (*arguments, *named.items())),
            ):
                object.__setattr__(made, field, value)
            return made

        _TABLE[name] = apply
        return apply

    return register


def rules() -> dict[str, Rule]:
    """Every rule by its name."""
    return dict(_TABLE)


def proves(found: object, claim: Formula, assumed: frozenset[Formula]) -> bool:
    """Whether something is a theorem that says the claim and assumes no more than it may."""
    return type(found) is Theorem and found.conclusion == claim and found.hypotheses <= assumed


def comparison(theorem: Theorem, *kinds: Kind) -> Formula:
    """The conclusion of a theorem, which must be a comparison of one of the kinds, without a prefix."""
    said = theorem.conclusion
    if said.kind not in kinds or said.prefix:
        names = " or ".join(f"'{kind.value}'" for kind in kinds)
        raise RuleError(f"{names} is needed between two terms, without a prefix, not: {said}")
    return said


def needs(condition: bool, message: str, *shown: object) -> None:
    """Refuse to apply a rule; what is shown after the message is written out only then."""
    if not condition:
        raise RuleError(message + "".join(map(str, shown)))
