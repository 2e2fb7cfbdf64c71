"""Whether what somebody has written is a statement: what it consists of, and what it says of chance."""

from __future__ import annotations

from collections.abc import Mapping

from sympy import Expr

from theory.errors import StatementError
from theory.language.expectation import Mean
from theory.language.formulas import COMPARISONS, Kind
from theory.language.indexed import label_of
from theory.language.relations import Relation
from theory.language.statement import GradientFlow, Initialization, Orthonormal, Sharpness, Statement
from theory.language.statement_reader import ReadStatement, read
from theory.language.terms import OUTCOME, POWER, letters, parts

MOST_POWER = 1000


def checked(statement: object) -> ReadStatement:
    """Read a statement that somebody has written, and see that it is well formed and complete.

    Raises:
        StatementError: it is not; the message names the place.
    """
    if not isinstance(statement, Statement):
        raise StatementError(f"a statement is needed, not a {type(statement).__name__}")
    _see_parts(statement)
    try:
        found = read(statement)
    except StatementError:
        raise
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise StatementError(f"{statement.id} cannot be read: {type(error).__name__}: {error}") from error
    _see_sizes(found)
    see_chance(found)
    return found


def _see_parts(statement: Statement) -> None:
    """See that the parts are of the kinds that they are declared with."""
    for name in ("id", "title", "source", "remark"):
        if not isinstance(getattr(statement, name), str):
            raise StatementError(f"the {name} of a statement is a text, not {getattr(statement, name)!r}")
    if not statement.id.strip() or not statement.id.isprintable():
        raise StatementError(f"a statement needs an id of one line, not {statement.id!r}")
    kinds = (Relation, Orthonormal, Sharpness, GradientFlow, Initialization)
    for part, allowed in (("hypothesis", kinds), ("claim", (Relation,))):
        held = statement.hypotheses if part == "hypothesis" else statement.claims
        if not isinstance(held, Mapping):
            raise StatementError(f"{statement.id}: hypotheses and claims are given by name, as a mapping")
        for name, one in held.items():
            if not isinstance(name, str) or not name.isprintable():
                raise StatementError(f"{statement.id}: the name of a {part} is a text of one line, not {name!r}")
            if not isinstance(one, allowed):
                raise StatementError(f"{statement.id}, {name!r}: no {part} of a known kind, but {type(one).__name__}")
            if isinstance(one, Orthonormal):
                _see_rows(statement, name, one)
            if isinstance(one, Relation) and not (isinstance(one.left, Expr) and isinstance(one.right, Expr)):
                raise StatementError(f"{statement.id}, {name!r}: both sides must be expressions")
    if not isinstance(statement.depends, tuple | list) or not all(isinstance(one, str) for one in statement.depends):
        raise StatementError(f"{statement.id}: it depends on statements by their ids, in a tuple")
    if not isinstance(statement.variables, Mapping):
        raise StatementError(f"{statement.id}: the meaning of variables is given by name, as a mapping")


def _see_rows(statement: Statement, name: str, rows: Orthonormal) -> None:
    try:
        label_of(rows.family)
    except StatementError as error:
        raise StatementError(f"{statement.id}, {name!r}: whose rows are orthonormal? {error}") from error


def _see_sizes(found: ReadStatement) -> None:
    """See that every power can be worked out.

    Raises:
        StatementError: one cannot.
    """
    for name, formula in (*found.hypotheses.items(), *found.claims.items()):
        for part in (part for term in formula.terms for part in parts(term)):
            if part.head == POWER and part.data > MOST_POWER:
                raise StatementError(
                    f"{found.statement.id}, {name!r}: a power of {part.data} is not worked out, only up to {MOST_POWER}"
                )


def see_chance(found: ReadStatement) -> None:
    """See that there is one law where chance is spoken of, and that it is not restrained besides.

    That letters which depend on chance are declared so is seen as the statement is read.

    Raises:
        StatementError: it is not so; the message names the place.
    """
    statement = found.statement
    laws = [one for one in found.hypotheses.values() if one.kind is Kind.NORMAL]
    if len(laws) > 1:
        raise StatementError(f"{statement.id} has {len(laws)} initializations: say all of them in one")
    if not laws:
        for name, one in (*statement.hypotheses.items(), *statement.claims.items()):
            if isinstance(one, Relation) and (one.left.has(Mean) or one.right.has(Mean)):
                raise StatementError(f"{statement.id}, {name!r}: an expectation needs an Initialization")
        return
    for scale in laws[0].terms:
        if any(OUTCOME in letter.sorts for letter in letters(scale)):
            raise StatementError(f"{statement.id}: a standard deviation is fixed, but {scale} is random")
    normal = frozenset(laws[0].data)
    for formula in found.domains.values():
        signed = sorted(letter.name for letter in formula.free_letters() & normal)
        if signed:
            raise StatementError(f"{statement.id}: a normal number has no sign, but {signed[0]} is declared with one")
    for name, formula in found.hypotheses.items():
        random = {letter for letter in formula.free_letters() if OUTCOME in letter.sorts}
        if formula.kind in COMPARISONS and random and random <= normal:
            raise StatementError(
                f"{statement.id}, {name!r}: of normal letters alone nothing is assumed but that they are: claim it"
            )
