"""Terms put in the place of others: bound variables get values and values become bound, families stand for letters.

Nothing is captured: bound variables have no names, and what is put in the place of a letter is closed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from theory.errors import StatementError
from theory.language.sealed import Sealed
from theory.language.terms import (
    BINDERS,
    BOUND,
    ENTRY,
    Axis,
    Letter,
    Sort,
    Special,
    Term,
    bound,
    entry,
    exactly,
    loose_variables,
    plain,
    rebuild,
)


def transform(term: Term, change: Callable[[Term, int], Term | None], depth: int = 0) -> Term:
    """The term with each part that `change` gives a value for replaced by it; outer parts first.

    Args:
        term: what is changed.
        change: gets a part and the number of binders around it; None leaves the part and looks inside it.
        depth: binders around the term itself.
    """
    changed = change(term, depth)
    if changed is not None:
        return changed
    if not term.arguments:
        return term
    arguments: list[Term] = []
    same = True
    inside = depth + 1 if term.head in BINDERS else depth
    for argument in term.arguments:
        one = transform(argument, change, inside)
        same = same and one is argument
        arguments.append(one)
        inside = depth
    return term if same else rebuild(term, tuple(arguments))


def shift(term: Term, by: int) -> Term:
    """The term as it is written inside `by` more binders (or fewer, where it does not speak of them)."""
    if not by or not term.loose:
        return term

    def change(part: Term, depth: int) -> Term | None:
        if part.loose <= depth:
            return part
        return bound(part.data + by, part.sort) if part.head == BOUND else None

    return transform(term, change)


def instantiate(body: Term, *values: Term, depth: int = 0) -> Term:
    """The body of binders with values for their variables, the outermost binder's first.

    Args:
        body: what stands inside the binders.
        values: one for each binder.
        depth: how many binders there are besides, inside of those.

    Raises:
        StatementError: a value of another sort than its variable.
    """
    count = len(values)

    def change(part: Term, inside: int) -> Term | None:
        if part.loose <= inside + depth:
            return part
        if part.head != BOUND:
            return None
        level = part.data - inside - depth
        if level >= count:
            return bound(part.data - count, part.sort)
        value = values[count - 1 - level]
        if value.sort != part.sort:
            raise StatementError(f"{plain(value)} of {value.sort} is put for a variable of {part.sort}")
        return shift(value, inside + depth)

    return transform(body, change)


def abstract(term: Term, *variables: Term, depth: int = 0) -> Term:
    """The body of binders for free indices or plain letters, the outermost binder's first: undoes `instantiate`."""
    count, wanted = len(variables), frozenset(variables)

    def change(part: Term, inside: int) -> Term | None:
        if part.loose <= inside + depth and part.free.isdisjoint(wanted):
            return part
        for position, variable in enumerate(variables):
            if part == variable:
                return bound(inside + depth + count - 1 - position, part.sort)
        if part.head == BOUND and part.data >= inside + depth:
            return bound(part.data + count, part.sort)
        return None

    return transform(term, change)


@dataclass(frozen=True, slots=True)
class Family(metaclass=Sealed):
    """A function of indices: a body in bound variables, one for each sort, the outermost binder's first."""

    sorts: tuple[Sort, ...]
    body: Term

    def __post_init__(self) -> None:
        exactly(self.body, Term)
        exactly(self.sorts, tuple)
        for sort in self.sorts:
            exactly(sort, Axis, Special)
        for level, found in loose_variables(self.body):
            if level >= len(self.sorts) or self.sorts[len(self.sorts) - 1 - level] != found:
                raise StatementError(f"{plain(self.body)} is no family over {', '.join(map(str, self.sorts))}")

    def at(self, *indices: Term) -> Term:
        """The entry at indices."""
        return instantiate(self.body, *indices)


def plain_family(letter: Letter) -> Family:
    """A letter as the function of its own indices."""
    count = len(letter.sorts)
    return Family(
        letter.sorts,
        entry(letter, *(bound(count - 1 - place, sort) for place, sort in enumerate(letter.sorts))),
    )


Substitution = Mapping[Letter, Family]


def substitute(term: Term, values: Substitution) -> Term:
    """The term with families in the place of letters, all at once. Nothing can be captured: values are closed.

    Raises:
        StatementError: a value is a family over other sorts than its letter.
    """
    for letter, value in values.items():
        if letter.sorts != value.sorts:
            raise StatementError(f"{letter.name} can only be replaced by a family over the same axes")

    def change(part: Term, depth: int) -> Term | None:
        if part.head != ENTRY or part.data not in values:
            return None
        return values[part.data].at(*part.arguments)

    return transform(term, change)
