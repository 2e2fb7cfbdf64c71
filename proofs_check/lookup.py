"""The file about a statement in a room of this package, found by the statement's id: a new file needs no list."""

from __future__ import annotations

import importlib
from types import ModuleType

from theory.errors import StatementError
from theory.language.statement import file_name


def module_about(identifier: str, room: str) -> ModuleType:
    """The module of a room, such as `proofs`, that is named after a statement.

    Raises:
        StatementError: there is none.

    Examples:
        >>> module_about("thm-4.3", "proofs").__name__
        'proofs_check.proofs.thm_4_3'
    """
    name = f"proofs_check.{room}.{file_name(identifier)}"
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise StatementError(f"{identifier} needs a file {name.replace('.', '/')}.py") from error
