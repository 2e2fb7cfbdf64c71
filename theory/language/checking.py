"""Whether what somebody has written is a statement: what it consists of, and what it says of chance."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from sympy import Pow, log

from theory.errors import StatementError
from theory.language.expectation import Mean
from theory.language.expression_reader import Reader
from theory.language.formulas import COMPARISONS, Kind
from theory.language.indexed import FamilySymbol, IndexedArray, label_of
from theory.language.known_expressions import see_array
from theory.language.notebook import typesetter
from theory.language.relations import Relation, Sense, SpecialCase
from theory.language.statement import Hypothesis, Initialization, Statement, at_place, letters_of, see_parts
from theory.language.statement_reader import Readings, ReadStatement, read
from theory.language.terms import OUTCOME, POWER, letters, parts

MOST_POWER = 1000


def checked(statement: object, readings: Readings | None = None) -> ReadStatement:
    """Read a statement that somebody has written, and see that it is well formed and complete.

    Args:
        statement: what is read.
        readings: has read what the statement has in common with others.

    Raises:
        StatementError: it is not; the message names the place.
    """
    if type(statement) is not Statement:
        raise StatementError(f"a statement is needed, not a {type(statement).__name__}")
    see_parts(statement)
    try:
        _see_expressions(statement, readings or Readings())
        found = read(statement, readings)
        _see_cases(found)
    except StatementError:
        raise
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise StatementError(f"{statement.id} cannot be read: {type(error).__name__}: {error}") from error
    _see_names(found)
    _see_sizes(found)
    see_chance(found)
    return found


def _see_expressions(statement: Statement, readings: Readings) -> None:
    """See that all that is written in a statement is of known kinds; what a loss gives is seen as it is read.

    Raises:
        StatementError: something is not; the message names the place.
    """
    for name, one in (*statement.hypotheses.items(), *statement.claims.items()):
        with at_place(statement, name):
            readings.once(see_written, one)


def see_written(one: Hypothesis) -> None:
    """See that all that a hypothesis or a claim is written with is of known kinds.

    Raises:
        StatementError: something is not.
    """
    for letter in letters_of(one):
        see_array(letter)
        if not isinstance(one, Initialization):
            label_of(letter)  # of a letter or a family alone is said which weight it is, or whose rows are orthonormal
    for part in _formulas(one) if isinstance(one, Relation) else ():
        see_array(part)


def _formulas(one: Relation) -> Iterator[object]:
    """The formulas that a relation is written with."""
    if not any(one.sense is sense for sense in Sense):
        raise StatementError("a relation has one of the senses =, <= and <")
    yield from (one.left, one.right)
    if one.case is not None:
        if type(one.case) is not SpecialCase or any(type(value) is not Relation for value in one.case.values):
            raise StatementError("a special case consists of a formula and of equations")
        if any(value.sense is not Sense.EQUAL or value.case is not None for value in one.case.values):
            raise StatementError("in a special case letters are equal to values")
        yield one.case.general
        yield from (side for value in one.case.values for side in (value.left, value.right))


def _see_cases(found: ReadStatement) -> None:
    """See that a formula in a special case, which is what is printed, is what is claimed or assumed.

    Raises:
        StatementError: it is something else; the message names the place.
    """
    for name, one in (*found.statement.hypotheses.items(), *found.statement.claims.items()):
        if isinstance(one, Relation) and one.case is not None:
            with at_place(found.statement, name):
                _see_case(one, one.case, found.reader)


def _see_case(one: Relation, case: SpecialCase, reader: Reader) -> None:
    for part in case.expression.atoms(Pow, log):  # 1 / log(x) would be worked out at x = 0
        see_array(SpecialCase(part, case.values).value())
    value = case.value()
    shown = value.expression if isinstance(value, IndexedArray) else value
    scope = reader.indices((one.left, shown))
    if reader.expression(one.left, scope=scope) != reader.expression(shown, scope=scope):
        raise StatementError("it is printed as a case of something else")


def _see_names(found: ReadStatement) -> None:
    """See that no two letters are printed alike, and none as an entry of a family or as a function.

    Raises:
        StatementError: two are; the message names them.
    """
    printed, reader, said = typesetter("labels"), found.reader, found.statement
    families = {name for name, label in reader.seen.items() if isinstance(label, FamilySymbol)}
    numbers = {*reader.sizes, *reader.seen, *reader.functions} - families
    plain = {*numbers, *reader.named, *reader.bound}
    if "pi" in numbers:
        raise StatementError(f"{said.id}: a number called pi is printed as the one that everybody knows: rename it")
    seen, bases = _told_apart(said, plain, printed.letter), _told_apart(said, families, printed.family_letter)
    for base, family in bases.items():
        for index in ("1", "2", *map(printed.letter, sorted(plain))):
            other = seen.get(f"{base}_{{{index}}}", "")
            if other in numbers:
                raise StatementError(f"{said.id}: {other} is printed as an entry of {family}: rename one")
    relations = [one for one in (*said.hypotheses.values(), *said.claims.values()) if isinstance(one, Relation)]
    for name in typesetter("notation").ambiguous_letters(side for one in relations for side in (one.left, one.right)):
        raise StatementError(f"{said.id}: {name} is printed for something else too: give the letter another name")
    for name in sorted(reader.functions.keys() & {*reader.sizes, *reader.seen, *reader.named, *reader.bound}):
        raise StatementError(f"{said.id}: {name} is a letter and a function: give each a name of its own")


def _told_apart(said: Statement, names: Collection[str], written: Callable[[str], str]) -> dict[str, str]:
    """Names by how they are written, which is in no way that is another's."""
    seen: dict[str, str] = {}
    for name in sorted(names):
        other = seen.setdefault(written(name), name)
        if other != name:
            raise StatementError(f"{said.id}: {other} and {name} are printed alike: name one otherwise")
    return seen


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
