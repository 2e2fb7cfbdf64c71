"""The paper's numbered items, one file each, found by their file names.

Adding a statement is adding a file with a name `STATEMENT`; there is no list to keep.
"""

from __future__ import annotations

import importlib
import itertools
import pkgutil
from functools import cache

from theory.errors import StatementError
from theory.language.statement import Statement, file_name


@cache
def all_statements() -> dict[str, Statement]:
    """Every statement by its id, in the order of the paper.

    Raises:
        StatementError: two files give the same id.

    Examples:
        >>> all_statements()["thm-4.3"].title
        'Sharpness at a minimizer, two layers'
    """
    found: dict[str, Statement] = {}
    for module in pkgutil.iter_modules(__path__):
        statement = importlib.import_module(f"{__name__}.{module.name}").STATEMENT
        if statement.id in found:
            raise StatementError(f"two files state {statement.id}: give one of them another id")
        if file_name(statement.id) != module.name:
            raise StatementError(f"{statement.id} stands in {module.name}.py: name the file after its id")
        found[statement.id] = statement
    return dict(sorted(found.items(), key=lambda item: _place(item[0])))


def statement(identifier: str) -> Statement:
    """The statement with an id.

    Raises:
        StatementError: no statement has it; the message lists those that exist.
    """
    statements = all_statements()
    if identifier not in statements:
        raise StatementError(f"no statement {identifier!r}: there are {', '.join(statements)}")
    return statements[identifier]


def _place(identifier: str) -> tuple[str, int, str]:
    """Numbered sections first, then the appendices; within a section by number."""
    kind, _, number = identifier.partition("-")
    if kind == "eq":  # those that are statements of their own stand in Appendix B
        number = f"b.{number}"
    section, _, item = number.partition(".")
    leading = "".join(itertools.takewhile(str.isdigit, item))
    return (section.upper(), int(leading or 0), identifier)
