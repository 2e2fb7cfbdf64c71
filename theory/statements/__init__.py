"""The paper's numbered items, one file each, found by their file names.

Adding a statement is adding a file with a name `STATEMENT`; there is no list to keep.
"""

from __future__ import annotations

import importlib
import itertools
import pkgutil
from functools import cache

from theory.did_you_mean import did_you_mean
from theory.errors import StatementError
from theory.language.statement import Statement, file_name


@cache
def all_statements() -> dict[str, Statement]:
    """Every statement by its id, in the order of the paper.

    Raises:
        StatementError: a file that is not named after the id that it gives.

    Examples:
        >>> all_statements()["thm-4.3"].title
        'Sharpness at a minimizer, two layers'
    """
    found = map(_read, _files())
    return {one.id: one for one in sorted(found, key=lambda one: _place(one.id))}


def statement(identifier: str) -> Statement:
    """The statement with an id; no other is read.

    Raises:
        StatementError: no statement has it; the message lists those that exist.
    """
    if file_name(identifier) in _files():
        found = _read(file_name(identifier))
        if found.id == identifier:
            return found
    known = f": there are {', '.join(all_statements())}"
    near = did_you_mean(identifier, all_statements())
    raise StatementError(f"no statement {identifier!r}{near or known}")


def is_stated(given: Statement) -> bool:
    """Whether it is the very statement that a file of this folder gives for its id."""
    return file_name(given.id) in _files() and _read(file_name(given.id)) is given


@cache
def _files() -> frozenset[str]:
    return frozenset(module.name for module in pkgutil.iter_modules(__path__))


def _read(file: str) -> Statement:
    found: Statement = importlib.import_module(f"{__name__}.{file}").STATEMENT
    if file_name(found.id) != file:
        raise StatementError(f"{found.id} stands in {file}.py: name the file after its id")
    return found


def _place(identifier: str) -> tuple[str, int, str]:
    """Numbered sections first, then the appendices; within a section by number."""
    kind, _, number = identifier.partition("-")
    if kind == "eq":  # those that are statements of their own stand in Appendix B
        number = f"b.{number}"
    section, _, item = number.partition(".")
    leading = "".join(itertools.takewhile(str.isdigit, item))
    return (section.upper(), int(leading or 0), identifier)
